"""Reads large files under a limit of memory, and says how long it took: a helper of ``test_every_format.py``.

Takes one question a line, ``{"small": PATH, "large": PATH, "size": BYTES, "worst": RATIO}``, where one file is a
quarter of the other, and answers each with a line. Every question is dealt with in a fork of a process that has read
nothing large. Both files are read under the limit that ``fuzzing.MEMORY`` sets for ``size`` bytes. ``ratio`` is how
much longer the large file took than the small one, the best of three where the first is more than ``worst``; ``memory``
how many bytes the process grew by for each of ``size``.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

from fuzzing import limit_memory, warm_up

from extractor.sources import read_source

TIMES = 3


def main() -> None:
    os.environ["DECISIONS_DEBUG"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "a.eml"
        first.write_text("From: Ana <a@example.org>\nSubject: x\nDate: Wed, 25 Mar 2026 09:00:00 +0000\n\nYes.\n")
        warm_up([first])
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            with os.fdopen(writing, "w") as pipe:
                pipe.write(json.dumps(answer(**json.loads(line))))
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            found = pipe.read()
        os.waitpid(child, 0)
        sys.stdout.write(f"{found or json.dumps({'failure': 'the process ended'})}\n")
        sys.stdout.flush()


def answer(small: str, large: str, size: int, worst: float) -> dict[str, Any]:
    before = in_use()
    limit_memory(size)
    try:
        ratios: list[float] = []
        while not ratios or (ratios[-1] > worst and len(ratios) < TIMES):
            little, much = time_of(small), time_of(large)
            ratios.append(much[0] / max(little[0], 0.001))
    except BaseException:  # whatever it is, it is the finding
        return {"failure": traceback.format_exc()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {
        "format": much[1],
        "ratio": min(ratios),
        "seconds": much[0],
        "bytes": size,
        "memory": (peak - before) / size,
    }


def time_of(path: str) -> tuple[float, str | None]:
    begin = time.process_time()
    reading = read_source(path)
    return time.process_time() - begin, reading.format


def in_use() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main()
