"""The commands as a person or a job runs them: the result on standard output, one clear sentence when it fails."""

from __future__ import annotations

import copy
import errno
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from extractor.cli.outfile import write_file
from extractor.cli.streams import OutputError

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
        archive.writestr("a/b.jpg", b"\xff\xd8\xff\xe0 a picture")
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
        ("photos.zip", ["photos.zip/a/b.jpg", "image"]),
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


@pytest.mark.parametrize("place", ["no/records.json", "", "x" * 300, ".", "file/records.json"])
@pytest.mark.parametrize("command", ["extract", "read", "schema"])
def test_a_place_that_cannot_be_written_is_one_sentence(decisions, tmp_path, monkeypatch, command, place):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    fails(decisions(command, *[EXAMPLE][: command != "schema"], "-o", place), 2, "--out")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_place_that_cannot_be_written_is_found_out_before_the_engine_is_chosen(decisions, tmp_path):
    fails(decisions("extract", EXAMPLE, "-e", "nonsense", "-o", tmp_path), 2, "directory")


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path):
    out = tmp_path / "records.json"
    out.write_text("before")
    out.chmod(0o640)
    write_file("after", out)
    assert (out.read_text(), out.stat().st_mode & 0o777) == ("after", 0o640)
    assert list(tmp_path.iterdir()) == [out]


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path):
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "there" / "records.json")
    for text in ("new", "newer"):
        write_file(text, link)
        assert link.is_symlink()
        assert (tmp_path / "there" / "records.json").read_text() == text


def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_file("words", pipe)
    assert os.read(reader, 100) == b"words"
    os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_no_unfinished_file_is_left_whatever_goes_wrong(tmp_path, monkeypatch):
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "records.json"
    out.write_text("before")
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_file("after", out)
    assert list(tmp_path.iterdir()) == [out]
    assert out.read_text() == "before"


def test_a_disk_that_is_full_is_one_sentence_and_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / "records.json"
    out.write_text("before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left") as caught:
        write_file("after", out)
    assert caught.value.exit_code == 3
    assert out.read_text() == "before"


def test_text_written_to_a_file_is_what_the_terminal_shows(decisions, tmp_path):
    out = tmp_path / "talk.txt"
    assert decisions("read", EXAMPLE, "--format", "text", "--out", out).returncode == 0
    assert out.read_text(encoding="utf-8") == decisions("read", EXAMPLE, env={"COLUMNS": "100"}).stdout


def test_a_table_written_to_a_file_is_markdown_and_the_help_says_so(decisions, tmp_path):
    out = tmp_path / "records.md"
    assert decisions("extract", EXAMPLE, "--out", out).returncode == 0
    assert out.read_text(encoding="utf-8").startswith("# ")
    assert "a table becomes Markdown" in (REPO / "docs" / "cli.md").read_text(encoding="utf-8")


# Streams


def shell(line: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs ``line`` in bash, where ``$D`` is the command, ``$F`` the example; its exit code is the command's own."""
    command = f"{sys.executable} -m extractor.cli.main"
    return subprocess.run(
        ["bash", "-c", f"{line}; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(REPO), "D": command, "F": str(EXAMPLE), **env},
    )


@pytest.mark.parametrize("command", ["extract -q $F", "extract -q $F -f json", "read $F", "read $F -f json", "--help"])
def test_a_reader_that_leaves_ends_nothing_and_nothing_is_said(command):
    done = shell(f"$D {command} | (exec <&-; sleep 0)")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", ["extract -q $F", "extract -q $F -f json", "read $F", "schema", "--version"])
@pytest.mark.parametrize("where", ["> /dev/full", ">&-"])
def test_a_result_that_cannot_be_printed_is_one_sentence_and_exit_code_3(command, where):
    if "full" in where and not Path("/dev/full").is_char_device():
        pytest.skip("this machine has no device that is always full")
    fails(shell(f"$D {command} {where}"), 3, "Standard output")


def test_a_closed_standard_output_does_not_matter_where_the_result_goes_to_a_file(tmp_path):
    out = tmp_path / "records.json"
    assert shell(f"$D extract -q $F -f json -o {out} >&-").returncode == 0
    assert json.loads(out.read_text(encoding="utf-8"))["conversations"]


@pytest.mark.parametrize(("command", "code"), [("extract $F", 0), ("extract missing.vtt", 2), ("extract $F -x", 2)])
def test_a_closed_standard_error_changes_no_exit_code(command, code):
    assert shell(f"$D {command} 2>&-").returncode == code


def test_a_closed_standard_input_is_one_sentence_and_exit_code_2():
    fails(shell("$D read - <&-"), 2, "Standard input is closed")


@pytest.mark.parametrize("output_format", ["table", "json", "markdown"])
def test_characters_that_the_encoding_lacks_are_escaped(tmp_path, output_format):
    talk = tmp_path / "Zoé.vtt"
    talk.write_text("WEBVTT\n\n00:01.000 --> 00:04.000\n<v Zoé 😀>We agreed to move the launch to June.\n", "utf-8")
    done = shell(f"$D extract -q -f {output_format} {talk}", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u00e9" in done.stdout
    if output_format == "json":
        header = json.loads(done.stdout)["conversations"][0]["conversation"]
        assert (header["title"], header["participants"][0]["name"]) == ("Zoé", "Zoé 😀")


@pytest.mark.skipif(sys.platform != "linux", reason="file names elsewhere are text")
@pytest.mark.parametrize(
    "command", ["extract -f table", "extract -f json", "extract -f markdown", "read", "read -f json"]
)
def test_a_file_whose_name_is_no_text_is_read_and_its_name_shown_in_escapes(tmp_path, command):
    for name in (b"good\xff.vtt", b"empty\xfe.vtt"):
        (tmp_path / os.fsdecode(name)).write_text(EXAMPLE.read_text("utf-8") if name[:1] == b"g" else "", "utf-8")
    done = shell(f"$D {command} {tmp_path}")
    assert done.returncode == 1, done.stderr
    assert "good\\xff" in done.stdout.replace("\\\\", "\\")
    assert "empty\\xfe.vtt is empty" in done.stderr


# Warnings


@pytest.mark.parametrize("command", ["extract", "read"])
@pytest.mark.parametrize("output_format", [(), ("--format", "json")])
def test_a_warning_is_part_of_the_result_and_quiet_leaves_it_there_alone(decisions, tmp_path, command, output_format):
    dated = tmp_path / "weekly-2026-02-05.vtt"
    dated.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    done = decisions(command, dated, "--quiet", *output_format)
    assert (done.returncode, done.stderr) == (0, "")
    assert "The date 2026-02-05 is taken from the file's name." in done.stdout


def test_progress_shows_titles_as_they_are_and_passes_no_escapes(decisions, tmp_path):
    mail = tmp_path / "a.eml"
    head = "From: a@x.org\nTo: b@x.org\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n"
    mail.write_text(f"{head}Subject: Re: [/etc/hosts] \x1b[2Jchange\n\nYes, we move it.\n")
    done = decisions("extract", mail, env={"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": "120"})
    assert done.returncode == 0, done.stderr
    assert "[/etc/hosts] \ufffd[2Jchange" in done.stderr
    assert "\x1b[2J" not in done.stderr


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


# The script that checks a document


@pytest.fixture(scope="module")
def checked_run() -> dict[str, Any]:
    """What the commands print for a text file, by the names the checking script gives them."""
    commands = {"schema": "schema", "read": "read -q $F -f json", "records": "extract -q $F -f json"}
    return {name: json.loads(shell(f"$D {command}").stdout) for name, command in commands.items()}


def check(run: dict[str, Any], folder: Path) -> subprocess.CompletedProcess[str]:
    paths = [folder / f"{name}.json" for name in ("schema", "read", "records")]
    for path in paths:
        path.write_text(json.dumps(run[path.stem]))
    command = [sys.executable, str(REPO / "evals" / "check_document.py"), *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_checking_script_finds_nothing_wrong_with_what_the_commands_print(checked_run, tmp_path):
    done = check(checked_run, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "WRONG" not in done.stdout


def _turn(run: dict[str, Any], tmp_path: Path, number: int) -> None:
    run["records"]["conversations"][0]["decisions"][0]["evidence"][0]["turn"] = number


def _no_turn(run: dict[str, Any], tmp_path: Path) -> None:
    _turn(run, tmp_path, 9999)


def _negative_turn(run: dict[str, Any], tmp_path: Path) -> None:
    _turn(run, tmp_path, -1)


def _no_conversation(run: dict[str, Any], tmp_path: Path) -> None:
    run["records"]["conversations"] = []


def _unread_conversation(run: dict[str, Any], tmp_path: Path) -> None:
    run["read"]["conversations"] = []


def _other_encoding(run: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_bytes("Zoé".encode("cp1252"))
    run["records"]["sources"][0]["path"] = str(path)


def _no_shape(run: dict[str, Any], tmp_path: Path) -> None:
    del run["records"]["conversations"][0]["coverage"]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_no_turn, "there is no turn 9999"),
        (_negative_turn, "there is no turn -1"),
        (_no_conversation, "is missing"),
        (_unread_conversation, "was never read"),
        (_other_encoding, "cannot be counted"),
        (_no_shape, "'coverage' is a required property"),
    ],
)
def test_the_checking_script_names_each_fault_in_a_line(checked_run, tmp_path, spoil, words):
    run = copy.deepcopy(checked_run)
    spoil(run, tmp_path)
    done = check(run, tmp_path)
    assert (done.returncode, done.stderr) == (4, "")
    assert any(line.startswith("WRONG ") and words in line for line in done.stdout.splitlines())
