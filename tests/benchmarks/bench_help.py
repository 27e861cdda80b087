"""How long ``decisions --help`` takes beside the help of a typer app with one command, run in turn.

Prints the medians and their ratio. ``python tests/benchmarks/bench_help.py [RUNS]``
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

YARDSTICK = '''
import typer

app = typer.Typer()


@app.command()
def hello(name: str) -> None:
    """Say hello."""
    print(f"Hello {name}")


app()
'''
OURS = "from extractor.cli.main import main; main()"


def seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "hello.py"
        script.write_text(YARDSTICK)
        ours, theirs = [sys.executable, "-c", OURS, "--help"], [sys.executable, str(script), "--help"]
        pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs + 1)][1:]
    one, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"decisions --help {one:.3f} s, one-command app {other:.3f} s, ratio {one / other:.2f} (median of {runs})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
