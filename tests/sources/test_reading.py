from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from checks import asides, turns, warnings

from extractor.errors import SourceError
from extractor.sources import Hints, Reading, read_source, read_sources, reading, registry
from extractor.sources.base import Blob, Format
from extractor.sources.registry import EVERY, by_name, detect

Read = Callable[..., Reading]

VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Ana>Yes.</v>\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in {"b.vtt": VTT, "a/c.srt": "1\n00:00:01,000 --> 00:00:02,000\nAna: Hi.\n"}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content)
    return tmp_path


# One source


def test_a_reading_says_path_hash_and_format(read: Read, tmp_path: Path) -> None:
    found = read(VTT)
    assert found.path == str(tmp_path / "meeting.vtt")
    assert found.report.model_dump()["format"] == "webvtt"
    assert found.sha256 is not None
    assert len(found.sha256) == 64


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(VTT.encode())))
    found = read_source("-")
    assert (found.path, turns(found)) == ("-", [("Ana", "Yes.")])
    assert found.conversations[0].title == "standard input"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "holds nothing but white space"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"%PDF-1.4", "is a PDF"),
    ],
)
def test_what_holds_no_text_is_an_error_with_a_remedy(read: Read, content: bytes, what: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(content)
    assert what in caught.value.what
    assert caught.value.what.endswith(".")
    assert caught.value.remedy.endswith(".")


def test_a_missing_file_a_directory_and_a_bad_path_are_errors(tmp_path: Path) -> None:
    for path, what in [
        (tmp_path / "no.vtt", "does not exist"),
        (tmp_path, "is a folder that is no export"),
        ("a\0b", "cannot be read"),
    ]:
        with pytest.raises(SourceError, match=what):
            read_source(str(path))


def test_a_forbidden_file_is_an_error(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "write_bytes", lambda path, data: os.close(os.open(path, os.O_CREAT)))
    with pytest.raises(SourceError, match="may not be read"):
        read(VTT)


def test_a_file_that_is_too_large_is_an_error(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_SOURCE_BYTES", 10)
    with pytest.raises(SourceError, match="is larger than"):
        read(VTT)


def test_json_in_no_known_shape_is_an_error_that_shows_its_keys(read: Read) -> None:
    with pytest.raises(SourceError, match="an object with the keys a, b") as caught:
        read('{"a": 1, "b": []}', "a.json")
    assert "`decisions formats`" in caught.value.remedy
    with pytest.raises(SourceError, match="a list of 2, the first an object with the keys c"):
        read('[{"c": 1}, 2]', "a.json")


def test_json_that_breaks_off_says_where(read: Read) -> None:
    with pytest.raises(SourceError, match=r"begins like JSON, but it breaks off or is damaged at line 2, column 6\."):
        read('{\n"a": ', "a.json")


def test_a_format_that_is_named_is_used_and_one_that_does_not_exist_is_an_error(read: Read) -> None:
    assert read("Ana: Hi.\nBen: Ho.\n", "a.json", source_format="text").format == "text"
    with pytest.raises(SourceError, match="webvtt, srt"):
        read(VTT, source_format="nope")


def test_two_formats_that_fit_equally_well_are_an_error_that_names_both(monkeypatch: pytest.MonkeyPatch) -> None:
    def sure(name: str, fits: float) -> Format:
        return Format(name, f"{name} files", lambda _: fits, lambda _: Reading(""))

    monkeypatch.setattr("extractor.sources.registry.FORMATS", (sure("one", 0.9), sure("two", 0.85), sure("low", 0.1)))
    with pytest.raises(SourceError, match=r"--source-format one or --source-format two"):
        detect(Blob("a.x", b"x"))
    monkeypatch.setattr("extractor.sources.registry.FORMATS", (sure("one", 0.9), sure("two", 0.7)))
    assert detect(Blob("a.x", b"x")).name == "one"


def test_every_format_is_found_by_its_name_and_has_a_label() -> None:
    for known in EVERY:
        assert by_name(known.name.upper()) is known
        assert known.label
    assert len({known.name for known in EVERY}) == len(EVERY)


def test_a_guessed_encoding_is_said(read: Read) -> None:
    found = read("Zoé: Ça va très bien.\nBen: Oui.\n".encode("cp1252"), "a.txt")
    assert turns(found)[0] == ("Zoé", "Ça va très bien.")
    assert "read as cp1252" in warnings(found)


# Dates


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("GMT20260205-140312_Recording.transcript.vtt", datetime(2026, 2, 5, 14, 3, 12, tzinfo=UTC)),
        ("weekly-2026-02-05.vtt", date(2026, 2, 5)),
        ("20260205_weekly.vtt", date(2026, 2, 5)),
        ("Weekly-20260205_160512-Meeting Recording.vtt", date(2026, 2, 5)),
        ("weekly-2026-02-31.vtt", None),
        ("call-120260205.vtt", None),
        ("ticket-99999999.vtt", None),
        ("weekly.vtt", None),
    ],
)
def test_the_day_is_taken_from_the_file_name_and_it_is_said(read: Read, name: str, start: object) -> None:
    found = read(VTT, name)
    assert found.conversations[0].started_at == start
    assert ("is taken from the file's name." in warnings(found)) == (start is not None)
    if isinstance(start, date) and not isinstance(start, datetime):
        assert "The date 2026-02-05 is taken from the file's name." in warnings(found)


def test_two_dates_in_a_file_name_are_none(read: Read) -> None:
    found = read(VTT, "2026-02-05 to 2026-02-06.vtt")
    assert found.conversations[0].started_at is None
    assert "more than one date" in warnings(found)


def test_a_start_that_is_given_comes_before_the_file_name(read: Read) -> None:
    found = read(VTT, "weekly-2026-02-05.vtt", hints=Hints(started_at=date(2025, 1, 1)))
    assert found.conversations[0].started_at == date(2025, 1, 1)
    assert warnings(found) == ""


def test_a_given_start_does_not_overrule_the_times_of_messages(read: Read) -> None:
    content = "From: a@x\nTo: b@x\nSubject: S\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\nYes.\n"
    found = read(content, "a.eml", hints=Hints(started_at=date(2020, 1, 1)))
    assert str(found.conversations[0].started_at) == "2026-03-02 10:00:00+00:00"


# Many sources


def test_directories_are_read_in_order_with_all_below_them_but_hidden_files(folder: Path) -> None:
    for hidden in (".git/x.vtt", ".x.vtt"):
        (folder / hidden).parent.mkdir(exist_ok=True)
        (folder / hidden).write_text(VTT)
    assert [Path(each.path).name for each in read_sources([str(folder)])] == ["b.vtt", "c.srt"]


def test_wildcards_are_expanded_and_one_that_matches_nothing_is_named(folder: Path) -> None:
    found = list(read_sources([str(folder / "*.vtt"), str(folder / "**" / "*.srt"), str(folder / "*.x")]))
    assert [Path(each.path).name for each in found] == ["b.vtt", "c.srt", "*.x"]
    assert found[2].error is not None
    assert "No file matches" in found[2].error


def test_a_name_with_brackets_is_a_name_where_the_file_exists(folder: Path) -> None:
    (folder / "call [1].vtt").write_text(VTT)
    assert [each.error for each in read_sources([str(folder / "call [1].vtt")])] == [None]


def test_a_file_that_is_named_twice_is_read_once(folder: Path) -> None:
    assert len(list(read_sources([str(folder / "b.vtt"), str(folder), str(folder / "*.vtt")]))) == 2


def test_what_cannot_be_read_is_named_and_the_rest_is_read(folder: Path) -> None:
    (folder / "z.bin").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "y.json").write_text("{}")
    found = {Path(each.path).name: each for each in read_sources([str(folder), str(folder / "gone.vtt")])}
    assert set(found) == {"b.vtt", "c.srt", "z.bin", "y.json", "gone.vtt"}
    assert "binary data" in str(found["z.bin"].error)
    assert "no known shape" in str(found["y.json"].error)
    assert found["y.json"].sha256 is not None
    assert "does not exist" in str(found["gone.vtt"].error)
    assert found["b.vtt"].conversations


def test_a_fault_of_ours_in_one_file_does_not_lose_the_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(blob: Blob) -> Reading:
        raise ZeroDivisionError

    broken = Format("broken", "broken files", lambda blob: 2.0 * (b"Ana: Hi." in blob.data), fail)
    monkeypatch.setattr("extractor.sources.registry.FORMATS", (broken, *registry.FORMATS))
    found = {Path(each.path).name: each for each in read_sources([str(folder)])}
    assert "by a fault of decisions itself (ZeroDivisionError" in str(found["c.srt"].error)
    assert found["b.vtt"].conversations
    monkeypatch.setenv("DECISIONS_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        list(read_sources([str(folder)]))


def test_a_directory_without_anything_to_read_is_an_error(tmp_path: Path) -> None:
    (found,) = read_sources([str(tmp_path)])
    assert "holds no files" in str(found.error)
    (tmp_path / "a.json").write_text("{}")
    assert [Path(each.path).name for each in read_sources([str(tmp_path)])] == ["a.json", tmp_path.name]


def test_a_named_pipe_is_read(tmp_path: Path) -> None:
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(VTT))
    writer.start()
    found = read_source(str(pipe))
    writer.join()
    assert turns(found) == [("Ana", "Yes.")]


def test_a_pipe_in_a_directory_does_not_block(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    found = {Path(each.path).name: each.error for each in read_sources([str(folder)])}
    assert "is no regular file" in str(found["pipe"])


def test_a_path_that_cannot_even_be_looked_at_costs_nothing_but_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = Path.stat

    def refuse(path: Path, **options: bool) -> os.stat_result:
        if path.name == "forbidden":
            raise PermissionError(13, "Permission denied")
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refuse)
    bad = ["x" * 5000, str(folder / "b.vtt" / "c"), str(folder / "forbidden"), "a\0b"]
    found = list(read_sources([*bad, str(folder / "b.vtt")]))
    assert [bool(each.error) for each in found] == [True, True, True, True, False]
    assert found[-1].conversations


def test_links_to_directories_are_followed_and_loops_end(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "d.vtt").write_text(VTT)
    (folder / "linked").symlink_to(elsewhere)
    (folder / "again").symlink_to(elsewhere)
    (folder / "loop").symlink_to(folder)
    (elsewhere / "back").symlink_to(folder)
    found = list(read_sources([str(folder)]))
    assert sorted(Path(each.path).name for each in found) == ["b.vtt", "c.srt", "d.vtt"]
    assert not any(each.error for each in found)


@pytest.mark.skipif(sys.platform != "linux", reason="file names elsewhere are text")
def test_a_name_that_is_no_text_is_shown_with_escapes_wherever_it_stands(tmp_path: Path) -> None:
    for name, content in {b"bad\xff.vtt": VTT, b"bad\xfe.vtt": "", b"none\xfd": None}.items():
        path = tmp_path / os.fsdecode(name)
        path.mkdir() if content is None else path.write_text(content)
    empty, good, none = read_sources([str(tmp_path / "bad*"), str(tmp_path / os.fsdecode(b"none\xfd"))])
    shown = str(tmp_path / "bad\\xff.vtt")
    assert (good.path, good.conversations[0].source, good.conversations[0].title) == (shown, shown, "bad\\xff")
    assert "bad\\xfe.vtt is empty" in str(empty.error)
    assert "none\\xfd holds no files" in str(none.error)


def test_an_export_in_the_working_directory_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "channels.json").write_text('[{"id": "C1", "name": "depot"}]')
    (tmp_path / "users.json").write_text("[]")
    (tmp_path / "depot").mkdir()
    day = '[{"type": "message", "user": "U1", "text": "Hi.", "ts": "1767300000.000100"}]'
    (tmp_path / "depot" / "2026-01-01.json").write_text(day)
    monkeypatch.chdir(tmp_path)
    (only,) = read_sources(["."])
    assert [conversation.id for conversation in only.conversations] == ["slack:C1:1767300000.000100"]


@pytest.mark.parametrize("stream", [None, io.TextIOWrapper(io.BytesIO())])
def test_a_closed_standard_input_is_an_error(monkeypatch: pytest.MonkeyPatch, stream: io.TextIOWrapper | None) -> None:
    if stream is not None:
        stream.close()
    monkeypatch.setattr(sys, "stdin", stream)
    with pytest.raises(SourceError, match="Standard input is closed"):
        read_source("-")


# Damaged JSON


ASR = (
    '{"text": "Yes. No.", "segments": [{"start": 0, "end": 1, "text": "Yes."}, {"start": 5, "end": 6, "text": "No."}]}'
)


@pytest.mark.parametrize("end", [len(ASR) - 8, ASR.index('{"start": 5') + 20, ASR.index(', {"start": 5') + 1])
def test_json_that_breaks_off_is_read_up_to_there_and_the_rest_is_accounted_for(read: Read, end: int) -> None:
    found = read(ASR[:end], "a.json")
    assert turns(found) == [(None, "Yes.")]
    assert "what stands before that was read" in str(found.error)
    assert found.coverage is not None
    assert found.coverage.characters == end
    assert asides(found)["cut off"] == end - ASR.index(', {"start": 5')
    assert found.conversations[0].coverage == found.coverage


def test_json_that_is_damaged_in_the_middle_is_read_up_to_there(read: Read) -> None:
    found = read(ASR.replace('"start": 5', '"start" 5'), "a.json")
    assert turns(found) == [(None, "Yes.")]
    assert "damaged at line 1, column" in str(found.error)


@pytest.mark.parametrize("text", ['{"a": ', "[", '["x", "y', '{"a": {"b": 1]', '{"a": "}', "[}", "{]}"])
def test_json_with_nothing_whole_in_it_is_an_error(read: Read, text: str) -> None:
    with pytest.raises(SourceError, match="begins like JSON, but it"):
        read(text, "a.json")
