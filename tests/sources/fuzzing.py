"""Reads mutants of files, each under a limit of time and of memory, and reports every outcome that must not be.

``python tests/sources/fuzzing.py --mutants 200 FILE...`` prints one JSON object: how many were read, how many became
conversations and how many an error that says what is wrong, the slowest, and the failures, each with the file and the
seed that make it again. What must not be: an exception other than SourceError, a reading with neither conversation nor
error, an account that does not add up, more than ``SECONDS`` or more memory than ``MEMORY`` allows. Each file is read
in a process of its own, so that one that crashes it costs no other.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

from checks import assert_accounted
from mutants import mutant

from extractor.sources import read_sources

SECONDS = 10
MEMORY = (64, 192 * 1024 * 1024)
"""A mutant of n bytes may take 64 n + 192 MB of address space on top of what the process has before it is read."""


def main() -> None:
    os.environ["DECISIONS_DEBUG"] = "1"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--mutants", type=int, default=8, help="how many of each file")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    warm_up(options.files)
    total: dict[str, Any] = {"mutants": 0, "conversations": 0, "errors": 0, "slowest": 0.0, "failures": []}
    for index, path in enumerate(options.files):
        other = options.files[index - 1].read_bytes()
        found = in_a_process_of_its_own(path, other, range(options.first, options.first + options.mutants))
        for name in ("mutants", "conversations", "errors", "failures"):
            total[name] += found[name]
        total["slowest"] = max(total["slowest"], found["slowest"])
    json.dump(total, sys.stdout, indent=2)
    sys.exit(1 if total["failures"] else 0)


def warm_up(files: list[Path]) -> None:
    """Import what readers import when first used, before any limit."""
    list(read_sources([str(path) for path in files if path.stat().st_size < 100_000]))
    from charset_normalizer import from_bytes

    from_bytes("Größe".encode("cp1251", "replace") * 20).best()


def in_a_process_of_its_own(path: Path, other: bytes, seeds: range) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as pipe:
            for seed in seeds:
                pipe.write(json.dumps(outcome(path, other, seed)) + "\n")
                pipe.flush()
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        outcomes = [json.loads(line) for line in pipe]
    _, status = os.waitpid(child, 0)
    failures = [each for each in outcomes if each["failure"]]
    if status:
        seed = seeds[len(outcomes)]
        failures.append({"file": path.name, "seed": seed, "failure": f"the process ended with status {status}"})
    return {
        "mutants": len(outcomes),
        "conversations": sum(each["kind"] == "conversation" for each in outcomes),
        "errors": sum(each["kind"] == "error" for each in outcomes),
        "slowest": max((each["seconds"] for each in outcomes), default=0.0),
        "failures": failures,
    }


def outcome(path: Path, other: bytes, seed: int) -> dict[str, Any]:
    content = mutant(path.read_bytes(), other, seed)
    kind, failure = "failure", None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / path.name
        file.write_bytes(content)
        limit_memory(len(content))
        signal.signal(signal.SIGALRM, too_long)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        started = time.perf_counter()
        try:
            kind = kind_of(file)
        except MemoryError:
            failure = f"more memory than {MEMORY[0]} x {len(content)} + {MEMORY[1]} bytes"
        except BaseException:  # whatever it is, it is the finding
            failure = "".join(traceback.format_exc().splitlines(keepends=True)[-8:])
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        seconds = time.perf_counter() - started
    return {"file": path.name, "seed": seed, "kind": kind, "seconds": round(seconds, 3), "failure": failure}


def kind_of(file: Path) -> str:
    found = "error"
    for reading in read_sources([str(file)]):
        assert reading.conversations or reading.error, "neither a conversation nor an error"
        if reading.conversations:
            found = "conversation"
            assert_accounted(reading)
        elif reading.error:
            assert reading.error.endswith("."), reading.error
            assert "for the memory of this machine" not in reading.error, reading.error
    return found


def limit_memory(size: int) -> None:
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY[0] * size + MEMORY[1], hard))


def too_long(*_: object) -> None:
    raise TimeoutError(f"longer than {SECONDS} seconds")


if __name__ == "__main__":
    main()
