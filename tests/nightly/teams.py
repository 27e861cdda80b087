"""A team's folder for tests of whole nights: a plan, sources, a data folder, and the command run over them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.log.store import Log

REPO = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Night:
    """How a run ended. ``status`` is the line that it left for monitoring, None where it left none."""

    code: int
    out: str
    said: str
    status: dict[str, Any] | None


@dataclass
class Team:
    """A folder with ``decisions.toml``. The log and the index lie in ``data``, what monitoring reads in ``told``."""

    folder: Path
    data: Path
    told: Path
    variables: dict[str, str] = field(default_factory=dict)

    @classmethod
    def in_folder(cls, folder: Path, plan: str, data: str = "data", told: str = ".", settings: str = "") -> Team:
        """A team with this ``decisions.toml``: see ``plan``."""
        folder.mkdir(parents=True, exist_ok=True)
        team = cls(folder, folder / data, folder / told)
        team.plan(plan, settings)
        return team

    def plan(self, plan: str, settings: str = "") -> None:
        """Writes ``decisions.toml`` anew: ``settings``, then ``[nightly]`` with its files for monitoring, ``plan``."""
        files = {"status_file": self.told / "status.jsonl", "metrics_file": self.told / "decisions.prom"}
        named = "".join(f'{name} = "{path}"\n' for name, path in files.items())
        home = f'home = "{self.data}"\n'
        (self.folder / "decisions.toml").write_text(f"{home}{settings}[nightly]\n{named}{plan}", encoding="utf-8")

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def night(self, *flags: str) -> Night:
        """Runs the command in a process of its own, to the end."""
        before = len(self._statuses())
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("DECISIONS_")}
        done = subprocess.run(
            [sys.executable, "-m", "extractor.cli.main", "nightly", *flags],
            cwd=self.folder,
            env={**inherited, "PYTHONPATH": str(REPO), **self.variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        new = self._statuses()[before:]
        assert len(new) <= 1
        return Night(done.returncode, done.stdout, done.stderr, json.loads(new[0]) if new else None)

    def log(self) -> Log:
        return Log.open(self.data, create=False)

    def _statuses(self) -> list[str]:
        path = self.told / "status.jsonl"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def minutes(thing: str, week: int, day: str = "2026-03-05") -> str:
    """Minutes with a decision, an action item and an open question about a thing."""
    return (
        f"Ada Quist: Welcome on {day}. First {thing}.\n"
        f"Bo Tarn: I propose we repair {thing} before week {week}.\n"
        f"Ada Quist: We decided to repair {thing} before week {week}. Agreed?\n"
        f"Cy Dorn: Agreed.\n"
        f"Bo Tarn: I will write to the office about {thing} by Friday.\n"
        f"Cy Dorn: Do we know who pays for {thing}?\n"
    )


def hashes(folder: Path) -> Mapping[str, str]:
    """Every file and folder below a folder by its path, files with the hash of their bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in sorted(folder.rglob("*"))
    }
