"""The ready-made units in examples/nightly: each command is run as it stands there, with ``decisions`` on PATH."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.settings import Settings

REPO = Path(__file__).resolve().parents[2]
UNITS = REPO / "examples" / "nightly"
SERVICE = UNITS / "decisions-nightly.service"
TIMER = UNITS / "decisions-nightly.timer"
CRON = UNITS / "decisions-nightly.cron"
WORKFLOW = UNITS / "github-workflow.yml"
CRONJOB = UNITS / "kubernetes-cronjob.yaml"
SYSTEM = "/usr/local/bin:/usr/bin:/bin"

CONFIG = """\
[nightly]
status_file = "STATE/runs.jsonl"

[[nightly.sources]]
type = "folder"
name = "minutes"
paths = ["minutes/*.vtt"]
"""
MINUTES = """\
WEBVTT

00:00:01.000 --> 00:00:06.000
<v Ines Koval>We decided to move the pottery class to Thursday evenings.</v>

00:00:07.000 --> 00:00:10.000
<v Tomas Brand>Good, I will tell the students by Friday.</v>
"""


@dataclass(frozen=True)
class Command:
    """What a unit runs. ``environment`` is what the unit itself sets."""

    words: list[str]
    environment: dict[str, str] = field(default_factory=dict)


def values_of(unit: Path, name: str) -> list[str]:
    """Every value of a setting in a systemd unit or a crontab."""
    return re.findall(rf"^{name}=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)


def systemd() -> Command:
    (line,) = values_of(SERVICE, "ExecStart")
    pairs = [value.partition("=") for value in values_of(SERVICE, "Environment")]
    return Command(shlex.split(line), {name: value for name, _, value in pairs})


def cron_line() -> str:
    lines = CRON.read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line and not line.startswith("#") and not re.match(r"\w+=", line)]
    return line


def cron() -> Command:
    """Cron runs what follows the five fields with /bin/sh, in the home folder."""
    return Command(["/bin/sh", "-c", cron_line().split(maxsplit=5)[5]], {"PATH": values_of(CRON, "PATH")[0]})


def workflow() -> dict[Any, Any]:
    return dict(yaml.safe_load(WORKFLOW.read_text(encoding="utf-8")))


def github() -> Command:
    """Actions runs a step's script with ``bash -e``."""
    (step,) = [step for step in workflow()["jobs"]["nightly"]["steps"] if step.get("name") == "Nightly"]
    return Command(["bash", "-e", "-c", step["run"]])


def cronjob() -> dict[Any, Any]:
    documents = list(yaml.safe_load_all(CRONJOB.read_text(encoding="utf-8")))
    (found,) = [document for document in documents if document["kind"] == "CronJob"]
    return dict(found)


def pod() -> dict[str, Any]:
    return dict(cronjob()["spec"]["jobTemplate"]["spec"]["template"]["spec"])


def kubernetes() -> Command:
    (container,) = pod()["containers"]
    return Command([*container["command"], *container["args"]], {one["name"]: one["value"] for one in container["env"]})


COMMANDS: dict[str, Callable[[], Command]] = {
    "systemd": systemd,
    "cron": cron,
    "github": github,
    "kubernetes": kubernetes,
}
EVERY = pytest.mark.parametrize("unit", COMMANDS)


@dataclass(frozen=True)
class Place:
    """A home with ~/decisions in it, which stands for /etc/decisions and for the checkout, and a state folder."""

    home: Path

    @property
    def folder(self) -> Path:
        return self.home / "decisions"

    def run(self, unit: str, programs: Path) -> subprocess.CompletedProcess[str]:
        """Runs the unit's command as it stands, its folders moved into this place and ``programs`` first on PATH."""
        command = COMMANDS[unit]()
        moved = {"/etc/decisions": str(self.folder), "/var/lib/decisions": str(self.home / "state")}
        own = {name: self._moved(value, moved) for name, value in command.environment.items()}
        path = f"{programs}:{own.pop('PATH', SYSTEM)}"
        base = {"HOME": str(self.home), "DECISIONS_HOME": str(self.home / "state"), "PATH": path, "LANG": "C.UTF-8"}
        return subprocess.run(
            command.words,
            cwd=self.home if unit == "cron" else self.folder,
            env={**base, **own},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    @staticmethod
    def _moved(value: str, moved: dict[str, str]) -> str:
        for old, new in moved.items():
            value = value.replace(old, new)
        return value


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path)
    (made.folder / "minutes").mkdir(parents=True)
    (tmp_path / "state").mkdir()
    (made.folder / "decisions.toml").write_text(CONFIG.replace("STATE", str(tmp_path / "state")), encoding="utf-8")
    (made.folder / "nightly.env").write_text("SMTP_PASSWORD=not-used\n", encoding="utf-8")
    (made.folder / "minutes" / "pottery.vtt").write_text(MINUTES, encoding="utf-8")
    return made


@pytest.fixture
def stand_in(tmp_path: Path) -> Callable[[int], Path]:
    """A folder with a ``decisions`` that notes how it was called and ends with a code: for what a unit makes of it."""

    def make(code: int) -> Path:
        folder = tmp_path / f"programs-{code}"
        folder.mkdir()
        program = folder / "decisions"
        program.write_text(f'#!/bin/sh\necho "$@" > "{folder}/called"\nexit {code}\n')
        program.chmod(0o755)
        return folder

    return make


@EVERY
def test_the_command_of_the_unit_does_a_nights_work(unit: str, place: Place):
    done = place.run(unit, Path(sys.executable).parent)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    (line,) = (place.home / "state" / "runs.jsonl").read_text(encoding="utf-8").splitlines()
    run = json.loads(line)
    assert run["exit_code"] == 0
    assert run["sources"]["new"] == 1
    assert run["conversations"] == 1


@EVERY
def test_the_unit_calls_the_nightly_command_once(unit: str, place: Place, stand_in: Callable[[int], Path]):
    programs = stand_in(0)
    assert place.run(unit, programs).returncode == 0
    assert (programs / "called").read_text().split()[0] == "nightly"


@pytest.mark.parametrize("unit", ["github", "kubernetes"])
@pytest.mark.parametrize("code", [0, 1, 2, 3, 70])
def test_done_in_part_is_no_failure_and_every_other_code_is_kept(
    unit: str, code: int, place: Place, stand_in: Callable[[int], Path]
):
    done = place.run(unit, stand_in(code))
    assert done.returncode == (0 if code == 1 else code)
    if unit == "github":
        assert ("::warning" in done.stdout) is (code == 1)


def test_systemd_takes_done_in_part_as_success_and_tries_again_only_what_may_pass():
    assert values_of(SERVICE, "SuccessExitStatus") == ["1"]
    assert values_of(SERVICE, "Restart") == ["on-failure"]
    assert {"2", "70"} <= set(values_of(SERVICE, "RestartPreventExitStatus")[0].split())
    assert "3" not in values_of(SERVICE, "RestartPreventExitStatus")[0].split()


def test_no_unit_starts_a_second_run_beside_the_first():
    assert values_of(SERVICE, "Type") == ["oneshot"]
    assert workflow()["concurrency"] == {"group": "decisions-nightly", "cancel-in-progress": False}
    assert cronjob()["spec"]["concurrencyPolicy"] == "Forbid"


def test_the_timer_starts_the_service_and_makes_up_for_a_missed_night():
    assert values_of(TIMER, "Unit") == [SERVICE.name]
    assert values_of(TIMER, "Persistent") == ["true"]


def test_schedules_have_five_fields():
    (workflow_cron,) = workflow()[True]["schedule"]  # YAML 1.1 reads the key `on` as a boolean
    for line in (cron_line(), workflow_cron["cron"], cronjob()["spec"]["schedule"]):
        fields = line.split()[:5]
        assert len(fields) == 5
        assert all(re.fullmatch(r"[\d*/,-]+", one) for one in fields), line
    assert cron_line().split()[5] == "cd"
    assert "%" not in cron_line()


def test_no_unit_holds_a_secret():
    for unit in UNITS.iterdir():
        text = unit.read_text(encoding="utf-8")
        for name in ("PASSWORD", "TOKEN", "WEBHOOK_URL", "API_KEY"):
            for value in re.findall(rf"{name}\s*[:=]\s*(\S+)", text):
                assert value in ("...", "${{"), f"{unit.name}: {name} is {value}"
    assert values_of(SERVICE, "EnvironmentFile") == ["-/etc/decisions/nightly.env"]
    assert pod()["containers"][0]["envFrom"] == [{"secretRef": {"name": "decisions"}}]


def test_every_variable_of_ours_that_a_unit_names_is_a_setting():
    known = {f"DECISIONS_{name.upper()}" for name in Settings.model_fields} | {"DECISIONS_CONFIG"}
    for unit in UNITS.iterdir():
        named = set(re.findall(r"\bDECISIONS_[A-Z_]+\b", unit.read_text(encoding="utf-8")))
        assert named <= known, unit.name


def test_the_pod_may_write_its_volumes_and_nothing_else():
    (container,) = pod()["containers"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert pod()["securityContext"]["runAsNonRoot"]
    assert pod()["restartPolicy"] == "Never"
    mounts = {mount["name"]: mount.get("readOnly", False) for mount in container["volumeMounts"]}
    assert mounts == {"data": False, "config": True, "tmp": False}
    assert {volume["name"] for volume in pod()["volumes"]} == set(mounts)


def test_systemd_finds_no_fault_in_the_units():
    program = shutil.which("systemd-analyze")
    if program is None:
        return  # a machine without systemd has nothing to say of them; the tests above hold everywhere
    environment = {**os.environ, "SYSTEMD_LOG_LEVEL": "warning"}
    done = subprocess.run(
        [program, "verify", "--man=no", str(SERVICE), str(TIMER)],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "decisions-nightly" in line]
    assert ours == []
