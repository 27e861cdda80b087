"""The commands as a person or a job runs them: the result on standard output, one clear sentence when it fails."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import jsonschema
import pytest

REPO = Path(__file__).resolve().parent.parent
EXAMPLE = REPO / "examples" / "pricing-review.vtt"
VTT = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nAnna Berg: We move the launch to June.\n\n2\n00:00:05.000 --> "


def fails(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """``done`` ended with ``code``, printed no result, and said what is wrong in one line without a traceback."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    errors = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1, done.stderr
    for word in words:
        assert word in errors[0]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with one of everything that can be wrong."""
    (tmp_path / "good.vtt").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "empty.vtt").write_text("")
    (tmp_path / "binary.vtt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "minutes.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    (tmp_path / "nothing").mkdir()
    (tmp_path / "nothing" / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("a/b.txt", "no Slack here")
    return tmp_path


@pytest.mark.parametrize("command", [("extract",), ("read",), ("index", "add")])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing.vtt", ["missing.vtt"]),
        ("empty.vtt", ["empty.vtt", "empty"]),
        ("binary.vtt", ["binary.vtt"]),
        ("minutes.pdf", ["minutes.pdf", "PDF"]),
        ("nothing", ["nothing"]),
        ("photos.zip", ["photos.zip", "Slack"]),
    ],
)
def test_a_source_that_cannot_be_read_is_one_sentence_and_exit_code_2(decisions, files, command, name, words):
    fails(decisions(*command, files / name), 2, *words)


def test_a_file_that_may_not_be_read_is_one_sentence_and_exit_code_2(files: Path):
    """As another user than root, who may read everything: rights are dropped once all modules are loaded."""
    secret = files / "secret.vtt"
    secret.write_text(VTT)
    secret.chmod(0)
    code = f"""
import os, sys
from contextlib import redirect_stderr, redirect_stdout
from extractor.cli.main import main

def run(path):
    sys.argv = ["decisions", "extract", path]
    main()

try:
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        run({str(EXAMPLE)!r})
except SystemExit:
    pass
os.chdir({str(files)!r})
if os.geteuid() == 0:
    os.seteuid(65534)
run("secret.vtt")
"""
    for folder in (files, *files.parents):
        if os.geteuid() == 0 and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    command = [sys.executable, "-c", code]
    fails(subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPO), 2, "secret.vtt")


def test_an_engine_that_does_not_exist_is_one_sentence_and_exit_code_2(decisions):
    fails(decisions("extract", EXAMPLE, "--engine", "nonsense"), 2, "nonsense", "local")


def test_settings_that_are_wrong_name_the_variable(decisions):
    fails(decisions("extract", EXAMPLE, env={"DECISIONS_LOCK_TIMEOUT": "soon"}), 2, "DECISIONS_LOCK_TIMEOUT")


def test_a_setting_that_does_not_exist_names_the_file(decisions, tmp_path):
    config = tmp_path / "decisions.toml"
    config.write_text('engin = "local"\n')
    fails(decisions("extract", EXAMPLE, env={"DECISIONS_CONFIG": str(config)}), 2, "decisions.toml", "engin")


def test_a_transcript_without_speakers_is_read_with_a_warning(decisions, tmp_path):
    page = tmp_path / "notes.txt"
    page.write_text("We talked about the launch for a while.\n\nIn the end it was moved to the 23rd of June.\n")
    done = decisions("extract", page, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert "Warning: " in done.stderr
    assert json.loads(done.stdout)["conversations"][0]["warnings"]


def test_a_transcript_cut_off_in_a_cue_is_read_as_far_as_it_is_whole(decisions, tmp_path):
    cut = tmp_path / "cut.vtt"
    cut.write_text(VTT)
    done = decisions("extract", cut, "--format", "json")
    assert done.returncode == 1, done.stderr
    document = json.loads(done.stdout)
    assert "cut off" in document["sources"][0]["error"]
    assert document["conversations"][0]["conversation"]["turns"] == 1
    assert "cut off" in done.stderr


def test_one_bad_file_among_three_good_ones_costs_nothing_but_itself(decisions, files):
    good = [files / f"good{number}.vtt" for number in range(3)]
    for number, path in enumerate(good):
        path.write_text(EXAMPLE.read_text(encoding="utf-8").replace("Priya", f"Priya{number}"), encoding="utf-8")
    done = decisions("extract", good[0], files / "minutes.pdf", good[1], good[2], "--format", "json")
    assert done.returncode == 1, done.stderr
    document = json.loads(done.stdout)
    assert [bool(source["error"]) for source in document["sources"]] == [False, True, False, False]
    assert len(document["conversations"]) == 3
    assert "minutes.pdf" in done.stderr


def test_the_same_input_gives_the_same_bytes_but_for_the_seconds(decisions):
    one, other = (json.loads(decisions("extract", EXAMPLE, "--format", "json").stdout) for _ in range(2))
    one["usage"].pop("seconds")
    other["usage"].pop("seconds")
    assert json.dumps(one) == json.dumps(other)


def test_the_output_meets_the_schema_that_the_command_publishes(decisions):
    schema = json.loads(decisions("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(decisions("extract", EXAMPLE, "--format", "json").stdout), schema)


def test_standard_output_carries_the_result_alone_and_quiet_silences_the_rest(decisions):
    loud = decisions("extract", EXAMPLE, "--format", "json")
    assert "Nothing leaves this machine" in loud.stderr
    quiet = decisions("extract", EXAMPLE, "--format", "json", "--quiet")
    assert quiet.stderr == ""
    json.loads(quiet.stdout)


def test_a_key_in_the_environment_chooses_no_engine(decisions):
    done = decisions("extract", EXAMPLE, "--format", "json", env={"OPENAI_API_KEY": "sk-test"})
    assert json.loads(done.stdout)["engine"]["name"] == "local"


def test_the_engine_is_the_flag_s_then_the_environment_s_then_the_file_s(decisions, tmp_path):
    config = tmp_path / "decisions.toml"
    config.write_text('engine = "nonsense-of-the-file"\n')
    named = {"DECISIONS_CONFIG": str(config)}
    fails(decisions("extract", EXAMPLE, env=named), 2, "nonsense-of-the-file")
    fails(decisions("extract", EXAMPLE, env={**named, "DECISIONS_ENGINE": "nonsense-outside"}), 2, "nonsense-outside")
    assert decisions("extract", EXAMPLE, "--engine", "local", env=named).returncode == 0


def test_standard_input_is_read(decisions):
    done = decisions("read", "-", "--format", "json", stdin=EXAMPLE.read_text(encoding="utf-8"))
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["conversations"]) == 1


def test_a_result_can_be_written_to_a_file(decisions, tmp_path):
    out = tmp_path / "records.json"
    done = decisions("extract", EXAMPLE, "--format", "json", "--out", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads(out.read_text(encoding="utf-8"))["schema_version"] == 1


def test_a_place_that_cannot_be_written_is_one_sentence(decisions, tmp_path):
    fails(decisions("extract", EXAMPLE, "-f", "json", "-o", tmp_path / "no" / "records.json"), 2, "records.json")


def test_interrupting_ends_with_130(tmp_path):
    """SIGINT while the command waits for its input."""
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor.cli.main", "read", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPO)},
    )
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in said


def test_indexing_then_searching_finds_what_was_said(decisions):
    assert decisions("index", "add", EXAMPLE).returncode == 0
    again = decisions("index", "add", EXAMPLE)
    assert "0 new passages" in again.stderr
    found = decisions("search", "which pricing layout was chosen", "--in", "passages", "--format", "json", "-n", 3)
    hits = json.loads(found.stdout)
    assert any("three-column table" in hit["text"] for hit in hits)
    assert {"source", "speakers", "time", "score"} <= set(hits[0])
    status = decisions("index", "status")
    assert (status.returncode, "sound" in status.stdout) == (0, True)


def test_searching_without_an_index_says_how_to_make_one(decisions):
    fails(decisions("search", "anything"), 3, "decisions index add")


def test_doctor_finds_nothing_wrong_and_never_shows_the_key(decisions):
    done = decisions("doctor", env={"OPENAI_API_KEY": "sk-secret-key"})
    assert done.returncode == 0, done.stdout
    assert "sk-secret" not in done.stdout + done.stderr
    assert "WRONG" not in done.stdout


def test_doctor_says_what_is_wrong_and_what_to_do(decisions):
    done = decisions("doctor", env={"DECISIONS_ENGINE": "nonsense"})
    assert done.returncode == 4
    assert any("WRONG" in line and "nonsense" in line and "Choose" in line for line in done.stdout.splitlines())


def test_every_command_has_help_and_stands_in_the_reference(decisions):
    import typer.main

    from extractor.cli.main import app

    reference = (REPO / "docs" / "cli.md").read_text(encoding="utf-8")
    readme = (REPO / "README.md").read_text(encoding="utf-8")
    root = typer.main.get_command(app)
    for name, command in root.commands.items():
        assert f"`decisions {name}`" in reference
        assert f"decisions {name}" in readme
        for sub, leaf in getattr(command, "commands", {"": command}).items():
            assert leaf.help, f"decisions {name} {sub} has no help"


def test_help_loads_nothing_heavy(decisions):
    code = (
        "import sys; sys.argv = ['decisions', '--help']\n"
        "from extractor.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'numpy', 'chromadb', 'langchain', 'openai', 'onnxruntime', 'dateparser'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPO)
    assert done.stdout.splitlines()[-1] == "[]"
