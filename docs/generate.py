"""Writes what is generated: ``docs/cli.md`` from the commands themselves, the README's picture from a real run.

``python -m docs.generate`` writes both; ``--check`` fails (exit code 4) when the CLI reference is not what the code
says. The picture is not checked: its figures may differ in the last digit from one processor to another.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
REPO = HERE.parent
REFERENCE = HERE / "cli.md"
PICTURE = HERE / "images" / "extract.svg"
EXAMPLE = REPO / "examples" / "pricing-review.vtt"
WIDTH = 104


def cli_reference() -> str:
    """The Markdown that typer makes of the commands and their help."""
    command = [sys.executable, "-m", "typer", "extractor.cli.main", "utils", "docs", "--name", "decisions"]
    made = subprocess.run(
        command, cwd=REPO, capture_output=True, text=True, check=True, env={**os.environ, "TERM": "dumb"}
    )
    return made.stdout.strip() + "\n"


def picture() -> str:
    """The terminal output of the example, as SVG."""
    from rich.console import Console

    from extractor.engines.local.engine import LocalEngine
    from extractor.extraction import extract
    from extractor.reports.terminal import show
    from extractor.sources import read_source

    document = extract([read_source(str(EXAMPLE))], LocalEngine())
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, highlight=False, force_terminal=True)
        show(document, console)
        return console.export_svg(title=f"decisions extract {EXAMPLE.name}", unique_id="decisions")


def main() -> None:
    reference = cli_reference()
    if "--check" in sys.argv:
        if not REFERENCE.is_file() or REFERENCE.read_text(encoding="utf-8") != reference:
            sys.stderr.write("docs/cli.md is not what the commands say; write it again with `make docs`.\n")
            sys.exit(4)
        return
    REFERENCE.write_text(reference, encoding="utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
