"""A night without news: it writes nothing, and how long it takes beside listing and hashing the same files.

    python tests/benchmarks/bench_nightly.py [--sources 1000] [--rounds 5]

The first night adds the sources, each a few lines that hold nothing to record, which is timed but no result. The nights
after it are run in this process, and by the command as a whole, with its start; both against ``os.walk`` and
``hashlib`` over the same files, medians of the same rounds. It ends with 1 where a night wrote anything.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from extractor.embedding import load_embedder
from extractor.index import PassageIndex, RecordIndex
from extractor.linking.by_features import FeatureJudge
from extractor.log.store import Log
from extractor.mirroring import Mirror
from extractor.nightly.run import Nightly, Orders, Result
from extractor.plan import DigestPlan, FolderSource, NightlyPlan, Retention
from extractor.settings import load_settings
from extractor.spreading import extractor_for

REPO = Path(__file__).resolve().parents[2]
A_FOLDER = 100
PLAN = """\
home = "data"
[nightly]
[[nightly.sources]]
type = "folder"
name = "minutes"
paths = ["minutes"]
[digest]
file = "digest.md"
"""


def main() -> int:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="decisions-bench-") as made:
        folder = Path(made)
        _write_sources(folder / "minutes", arguments.sources)
        (folder / "decisions.toml").write_text(PLAN)
        began = time.perf_counter()
        first = _night(folder)
        print(
            f"{arguments.sources:,} sources, first night: {time.perf_counter() - began:.1f} s, exit {first.exit_code}"
        )
        if first.exit_code or len(first.added) != arguments.sources:
            print("The first night did not add them all.")
            return 1
        before = hashed(folder)
        times = _measured(folder, arguments.rounds)
        changed = {name for name, digest in (before.items() ^ hashed(folder).items()) if digest}
        print("Written by the nights after it:", ", ".join(sorted(changed)) or "nothing")
        _report(times)
        return int(bool(changed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A night without news.")
    parser.add_argument("--sources", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _write_sources(folder: Path, number: int) -> None:
    for one in range(number):
        path = folder / f"{one // A_FOLDER:03}" / f"note-{one:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Ada Quist: Good morning, this is note {one}.\nBo Tarn: Good morning to you.\n")


def hashed(folder: Path) -> dict[str, str]:
    """The files below a folder with the hashes of their bytes, as plainly as it can be done."""
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            path = f"{where}/{name}"
            with open(path, "rb") as file:  # noqa: PTH123 (what is measured against is the plain call)
                found[path] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _night(folder: Path) -> Result:
    """A run in this process, all of its parts opened anew as the command does."""
    settings = load_settings(folder)
    plan = NightlyPlan(sources=(FolderSource(type="folder", name="minutes", paths=("minutes",)),))
    orders = Orders(plan, DigestPlan(file="digest.md"), Retention(), folder)
    embedder = load_embedder()
    index = folder / "data" / "index"
    records = RecordIndex(index / "records", embedder.name, embedder.dimension)
    with Log.open(folder / "data") as log:
        mirror = Mirror(log, records, PassageIndex(index / "passages", embedder), embedder)
        return Nightly(log, extractor_for(None, "local", settings, None), FeatureJudge(), mirror, orders).run()


def _command(folder: Path) -> None:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DECISIONS_")}
    command = [sys.executable, "-m", "extractor.cli.main", "nightly", "--quiet"]
    subprocess.run(
        command, cwd=folder, env={**inherited, "PYTHONPATH": str(REPO)}, check=True, stdout=subprocess.DEVNULL
    )


def _measured(folder: Path, rounds: int) -> dict[str, list[float]]:
    """Seconds of each way, in turns, after one round that warms the caches."""
    ways: dict[str, Callable[[], object]] = {
        "listing and hashing": lambda: hashed(folder / "minutes"),
        "a night in process": lambda: _night(folder),
        "the whole command": lambda: _command(folder),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if number:
                times[name].append(time.perf_counter() - began)
    return times


def _report(times: dict[str, list[float]]) -> None:
    base = statistics.median(times["listing and hashing"])
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        print(f"{name:<20} {middle:8.3f} s  {middle / base:6.1f} times")


if __name__ == "__main__":
    sys.exit(main())
