"""Whether a store can be trusted, tried out in a child process, for a damaged vector file may crash its reader.

``python -m extractor.index.probe STORE`` prints one JSON object: a ``Finding``.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from extractor.index.collection import Passages

TIMEOUT_S = 600.0
SAMPLE = 50
"""Passages that are looked up by their own vector."""
FOUND_SHARE = 0.8
"""Share of the sample that must come back: the index is approximate, yet of a sound one nearly all do."""
NEIGHBOURS = 10
SAME = 1e-3
"""Cosine distance below which a neighbour is the passage itself, or another with the same words."""


@dataclass(frozen=True)
class Finding:
    """What a probe saw. ``problem`` is a sentence, None where everything was read and found."""

    collection: str | None = None
    passages: int = 0
    conversations: int = 0
    problem: str | None = None


def probed(store: Path) -> Finding:
    """Probe a store, under the index's lock; a crash and a hang of the reader are problems like others."""
    package = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(part for part in (package, os.environ.get("PYTHONPATH")) if part)
    try:
        done = subprocess.run(
            command(store), env={**os.environ, "PYTHONPATH": path}, capture_output=True, timeout=TIMEOUT_S, check=False
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


def command(store: Path) -> list[str]:
    """What is run to probe a store; ``-P`` keeps modules of the working directory out."""
    return [sys.executable, "-P", "-m", "extractor.index.probe", str(store.resolve())]


def probe(store: Path) -> Finding:
    """Read every passage with its vector, and look a sample up by their vectors."""
    import numpy as np

    from extractor.index.collection import collections, existing, opened

    with opened(store) as client:
        names = collections(client)
        if len(names) != 1:
            return Finding(problem=f"The index holds {len(names)} collections of passages, not one.")
        passages = existing(client, names[0])
        ids = passages.ids()
        rows = list(passages.rows(ids))
        conversations = len({row.metadata["conversation"] for row in rows})
        vectors = passages.vectors(ids)
        seen = Finding(names[0], len(ids), conversations)
        if not len(ids) == passages.count() == len(rows) == len(vectors):
            return _with(seen, f"Of {passages.count()} passages, {len(rows)} have a text and {len(vectors)} a vector.")
        if not all(np.isfinite(vector).all() for vector in vectors.values()):
            return _with(seen, "Vectors hold values that are no numbers.")
        sample = sorted(ids)[:: max(1, len(ids) // SAMPLE)]
        found = sum(_finds_itself(passages, vectors[key]) for key in sample)
        if found < FOUND_SHARE * len(sample):
            return _with(seen, f"Of {len(sample)} passages looked up by their vectors, {found} were found.")
        return seen


def _finds_itself(passages: Passages, vector: NDArray[np.float32]) -> bool:
    return any(1 - hit.similarity < SAME for hit in passages.nearest(vector, NEIGHBOURS))


def _with(seen: Finding, problem: str) -> Finding:
    return Finding(seen.collection, seen.passages, seen.conversations, problem)


def main(arguments: Sequence[str]) -> int:
    """Print the finding on the store that is named."""
    from chromadb.errors import ChromaError

    try:
        finding = probe(Path(arguments[0]))
    except ChromaError as error:
        finding = Finding(problem=f"The index cannot be read ({(str(error) or repr(error)).splitlines()[0]}).")
    sys.stdout.write(json.dumps(asdict(finding)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
