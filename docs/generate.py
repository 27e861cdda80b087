"""Writes what is generated: ``docs/cli.md`` from the commands themselves, the README's table of formats from the
registry, the README's picture from a real run.

``python -m docs.generate`` writes them; ``--check`` fails (exit code 4) when the first two are not what the code says.
The picture is not checked: its figures may differ in the last digit from one processor to another.
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
README = REPO / "README.md"
TABLE_BEGINS, TABLE_ENDS = "<!-- formats: written by `make docs` -->", "<!-- end of formats -->"
VERIFIED, DOCUMENTED = "verified on real exports", "made after the documented shape"
WIDTH = 104


def cli_reference() -> str:
    """The Markdown that typer makes of the commands and their help."""
    command = [sys.executable, "-m", "typer", "extractor.cli.main", "utils", "docs", "--name", "decisions"]
    made = subprocess.run(
        command, cwd=REPO, capture_output=True, text=True, check=True, env={**os.environ, "TERM": "dumb"}
    )
    return made.stdout.strip() + "\n"


def readme() -> str:
    """The README with its table of formats as the registry has it."""
    from extractor.sources.registry import EVERY

    rows = [f"| {known.label} | `{known.name}` | {VERIFIED if known.verified else DOCUMENTED} |" for known in EVERY]
    before, _, rest = README.read_text(encoding="utf-8").partition(TABLE_BEGINS)
    _, _, after = rest.partition(TABLE_ENDS)
    table = "\n".join(["| format | name | |", "|---|---|---|", *rows])
    return f"{before}{TABLE_BEGINS}\n{table}\n{TABLE_ENDS}{after}"


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
    written = {REFERENCE: cli_reference(), README: readme()}
    if "--check" in sys.argv:
        stale = [path for path, text in written.items() if not path.is_file() or path.read_text("utf-8") != text]
        for path in stale:
            sys.stderr.write(f"{path.relative_to(REPO)} is not what the code says; write it again with `make docs`.\n")
        sys.exit(4 if stale else 0)
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
