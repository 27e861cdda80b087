"""Whether a store can be trusted, tried out in a child process, for a damaged vector file may crash its reader.

``python -m extractor.index.probe STORE PREFIX`` prints one JSON object: a ``Finding``.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.index.collection import Collection, Kind

TIMEOUT_S = 600.0
SAMPLE = 50
"""Rows that are looked up by their own vector."""
FOUND_SHARE = 0.8
"""Share of the sample that must come back: the index is approximate, yet of a sound one nearly all do."""
NEIGHBOURS = 10
SAME = 1e-3
"""Cosine distance below which a neighbour is the row itself, or another with the same words."""


@dataclass(frozen=True)
class Finding:
    """What a probe saw. ``problem`` is a sentence, None where everything was read and found."""

    collection: str | None = None
    rows: int = 0
    conversations: int = 0
    problem: str | None = None


def probed(store: Path, kind: Kind[Any]) -> Finding:
    """Probe a store, under the index's lock; a crash and a hang of the reader are problems like others."""
    package = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(part for part in (package, os.environ.get("PYTHONPATH")) if part)
    try:
        done = subprocess.run(
            command(store, kind.prefix),
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Finding(problem=f"Reading the index did not end within {TIMEOUT_S:g} s.")
    if done.returncode < 0:
        return Finding(problem=f"Reading the index crashes ({signal.Signals(-done.returncode).name}).")
    try:
        return Finding(**json.loads(done.stdout))
    except (ValueError, TypeError):
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return Finding(problem=f"Reading the index fails ({last[0] if last else f'exit code {done.returncode}'}).")


def command(store: Path, prefix: str) -> list[str]:
    """What is run to probe a store; ``-P`` keeps modules of the working directory out."""
    return [sys.executable, "-P", "-m", "extractor.index.probe", str(store.resolve()), prefix]


def probe(store: Path, prefix: str) -> Finding:
    """Read every row with its vector, and look a sample up by their vectors."""
    from extractor.index.client import opened
    from extractor.index.collection import KINDS

    (kind,) = (kind for kind in KINDS if kind.prefix == prefix)
    with opened(store) as client:
        names = kind.names(client)
        if len(names) != 1:
            return Finding(problem=f"The index holds {len(names)} collections of {kind.holds}, not one.")
        found = kind.existing(client, names[0])
        seen = Finding(names[0], found.count(), found.conversations())
        return replace(seen, problem=_problem(found, kind.holds))


def _problem(found: Collection, holds: str) -> str | None:
    import numpy as np

    ids = found.ids()
    vectors = found.vectors(ids)
    if not len(ids) == found.count() == len(vectors):
        return f"Of {found.count()} {holds}, {len(ids)} are listed and {len(vectors)} have a vector."
    if holes := found.holes():
        return holes
    if not all(np.isfinite(vector).all() for vector in vectors.values()):
        return "Vectors hold values that are no numbers."
    sample = sorted(ids)[:: max(1, len(ids) // SAMPLE)]
    seen = sum(min(found.distances(vectors[key], NEIGHBOURS)) < SAME for key in sample)
    if seen < FOUND_SHARE * len(sample):
        return f"Of {len(sample)} {holds} looked up by their vectors, {seen} were found."
    return None


def main(arguments: Sequence[str]) -> int:
    """Print the finding on the store that is named."""
    from chromadb.errors import ChromaError

    try:
        finding = probe(Path(arguments[0]), arguments[1])
    except ChromaError as error:
        finding = Finding(problem=f"The index cannot be read ({(str(error) or repr(error)).splitlines()[0]}).")
    sys.stdout.write(json.dumps(asdict(finding)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
