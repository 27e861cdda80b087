"""200 conversations with the local engine: in this process, and on one and two Ray workers on this machine.

    python tests/benchmarks/bench_spreading.py [CONVERSATIONS [ROUNDS]]        200 and 1 when not given

Prints seconds, taken in turn, and speed-ups as ratios; what it takes to start and end Ray, apart; then the same with a
worker killed (SIGKILL) in the middle. Whatever runs, the records must be those of this process. Processor seconds are
of the processes that extract, and say what the speed-up would be on a machine that nobody else works on. In this
process the engine embeds on every processor, in a Ray worker on one, so one worker is expected to be slower. Ray gives
its workers a low priority (nice 15), which on a busy machine would measure the others; here they have an ordinary one.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["RAY_worker_niceness"] = "0"  # noqa: SIM112

from spreading.copies import at_work, copies, processor_seconds, workers_of

from extractor.conversation import Conversation
from extractor.settings import Settings
from extractor.spreading import Extracted, Extractor, extractor_for

PLACES = {"this process": (None, None), "Ray, 1 worker": ("ray", 1), "Ray, 2 workers": ("ray", 2)}


def main(number: int, rounds: int) -> None:
    """Measure every place in turn, ``rounds`` times over."""
    talks = copies(number)
    turns = sum(len(talk.turns) for talk in talks)
    print(f"{number} conversations of {turns / number:.0f} turns on average, {os.cpu_count()} processors")
    expected = list[str]()
    for number_of_round in range(rounds):
        print(f"round {number_of_round + 1}")
        seconds, used = dict[str, float](), dict[str, list[float]]()
        for name, (on, workers) in PLACES.items():
            with extractor_for(on, "local", Settings(), workers) as extractor:
                pids = list(workers_of(os.getpid())) if on else [os.getpid()]
                before = [processor_seconds(pid) for pid in pids]
                began = time.perf_counter()
                found = records(extractor.each(talks))
                seconds[name] = time.perf_counter() - began
                used[name] = [processor_seconds(pid) - was for pid, was in zip(pids, before, strict=True)]
            expected = expected or found
            check(found, expected)
        base, one = seconds["this process"], seconds["Ray, 1 worker"]
        for name, took in seconds.items():
            shares = " + ".join(f"{share:.1f}" for share in used[name])
            print(
                f"  {name:16} {took:6.1f} s   {base / took:.2f} x this process   {one / took:.2f} x Ray, 1 worker"
                f"   processor seconds {shares}"
            )
        possible = sum(used["Ray, 1 worker"]) / max(used["Ray, 2 workers"])
        print(f"  by processor seconds, two workers with a processor each: {possible:.2f} x Ray, 1 worker")
        start_and_end()
        killed(talks, expected, seconds["Ray, 2 workers"])


def start_and_end() -> None:
    """Print how long Ray takes to be there, with an engine built on a worker, and to be gone."""
    extractor = extractor_for("ray", "local", Settings(), 2)
    began = time.perf_counter()
    extractor.__enter__()
    there = time.perf_counter()
    extractor.__exit__()
    print(f"  Ray starts in {there - began:.1f} s and ends in {time.perf_counter() - there:.1f} s")


def killed(talks: Sequence[Conversation], expected: Sequence[str], undisturbed: float) -> None:
    """Print what it costs when a worker that is at work is killed once half of the results are there."""
    with extractor_for("ray", "local", Settings(), 2) as extractor:
        began = time.perf_counter()
        found = records(interrupted(extractor, talks))
        took = time.perf_counter() - began
    check(found, expected)
    print(f"  a worker of two killed: all {len(found)} records equal; {took:.1f} s, {took / undisturbed:.2f} x without")


def interrupted(extractor: Extractor, talks: Sequence[Conversation]) -> Iterator[Extracted]:
    for number, one in enumerate(extractor.each(talks)):
        if number == len(talks) // 2:
            os.kill(at_work(os.getpid())[0], signal.SIGKILL)
        yield one


def records(results: Iterator[Extracted]) -> list[str]:
    """The records as JSON, so that equal means equal to the last digit."""
    return [one.records.model_dump_json() if one.records is not None else str(one.error) for one in results]


def check(found: Sequence[str], expected: Sequence[str]) -> None:
    """Stop where two runs differ."""
    different = sum(one != other for one, other in zip(found, expected, strict=True))
    if different:
        raise SystemExit(f"{different} of {len(expected)} conversations have other records")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
