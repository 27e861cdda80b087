"""What ``make check`` runs, run by the tests as well, so that one command tells all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS = {
    "lint": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "types": [BIN / "mypy"],
    "import contract": [BIN / "lint-imports"],
    "CLI reference": [sys.executable, "-m", "docs.generate", "--check"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_check_passes(name: str):
    done = subprocess.run(CHECKS[name], cwd=REPO, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{name}:\n{done.stdout}\n{done.stderr}"


def test_no_module_and_no_function_outgrows_what_can_be_read():
    import ast

    for path in sorted((REPO / "extractor").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 600, f"{path} is longer than 600 lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or 0) - node.lineno + 1
                assert size <= 80, f"{path}: {node.name} is longer than 80 lines"
