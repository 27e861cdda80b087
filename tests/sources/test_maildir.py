"""Maildir folders: a file for every mail, flags in its name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from checks import asides, turns, warnings

from extractor.errors import SourceError
from extractor.sources import Reading, read_source
from extractor.sources.base import Bundle
from extractor.sources.mail.maildir import FORMAT

Read = Callable[..., Reading]


def mail(number: int, text: str, **headers: str) -> str:
    named = {
        "From": "Ana Li <ana@example.org>",
        "Date": f"Mon, 2 Mar 2026 09:{number:02}:00 +0100",
        "Subject": "Roof",
        "Message-ID": f"<{number}@x>",
    }
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    return "".join(f"{name}: {value}\n" for name, value in named.items()) + f"\n{text}\n"


def bundle(files: dict[str, str]) -> Bundle:
    def data_of(name: str) -> bytes:
        if files[name] == "broken":
            raise SourceError(f"{name} cannot be read.", "Check it.")
        return files[name].encode()

    return Bundle("Maildir", tuple(sorted(files)), data_of)


def test_the_mails_of_all_folders_are_threads_together() -> None:
    files = {
        "cur/1740900000.M1P2.host:2,S": mail(1, "Shall we take the tin roof?"),
        "new/1740900001.M1P2.host": mail(3, "So be it.", From="Cora Ek <cora@example.org>", References="<1@x> <2@x>"),
        ".Sent/cur/1740900002.M1P2.host!2,RS": mail(
            2, "Tin, please.", From="Ben Ott <ben@example.org>", In_Reply_To="<1@x>"
        ),
        "dovecot.index": "\0",
    }
    assert FORMAT.fits(bundle(files)) == 0.9
    reading = FORMAT.read(bundle(files))
    assert turns(reading) == [
        ("Ana Li", "Shall we take the tin roof?"),
        ("Ben Ott", "Tin, please."),
        ("Cora Ek", "So be it."),
    ]
    assert (reading.format, reading.error) == ("maildir", None)


def test_a_copy_in_another_folder_is_read_once() -> None:
    files = {f"{folder}/cur/1.host:2,S": mail(1, "Shall we?") for folder in ("Inbox", "Archive")}
    reading = FORMAT.read(bundle(files))
    assert len(turns(reading)) == 1
    assert "is there twice" in warnings(reading)


def test_drafts_and_deleted_mails_are_set_aside_and_said() -> None:
    files = {
        "cur/1.host:2,S": mail(1, "Shall we?"),
        "cur/2.host:2,DS": mail(2, "Not yet sure."),
        "cur/3.host:2,ST": mail(3, "Forget it."),
        "tmp/4.host": "Fro",
    }
    reading = FORMAT.read(bundle(files))
    assert turns(reading) == [("Ana Li", "Shall we?")]
    assert "1 deleted mail and 1 draft mail were left out." in warnings(reading)
    assert "not yet delivered were not read: tmp/4.host" in warnings(reading)
    assert (asides(reading)["draft"], asides(reading)["deleted"]) == (len("Not yet sure."), len("Forget it."))


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read() -> None:
    reading = FORMAT.read(bundle({"cur/1.host:2,S": mail(1, "Shall we?"), "cur/2.host:2,S": "broken"}))
    assert turns(reading) == [("Ana Li", "Shall we?")]
    assert reading.error == "Maildir holds files that cannot be read: cur/2.host:2,S. Export it again."


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"a.txt": "x", "b.txt": "y"},
        {"cur/a.txt": "no mail", "new/b.txt": "no mail"},
        {"cur/1.host:2,S": "broken"},
        {"cur/1.host:2,S": mail(1, "x"), "a": "", "b": "", "c": ""},
    ],
)
def test_other_folders_are_no_maildir(files: dict[str, str]) -> None:
    assert FORMAT.fits(bundle(files)) == 0


def test_only_drafts_are_an_error() -> None:
    with pytest.raises(SourceError, match="only drafts and deleted mails"):
        FORMAT.read(bundle({"cur/1.host:2,D": mail(1, "Not yet.")}))
    with pytest.raises(SourceError, match="cannot be read"):
        FORMAT.read(bundle({"cur/1.host:2,S": "broken"}))
    with pytest.raises(SourceError, match="no mails"):
        FORMAT.read(bundle({"tmp/1": "x"}))


def test_a_folder_and_an_archive_of_it_are_read_alike(tmp_path: Path) -> None:
    folder = tmp_path / "Maildir"
    for place in ("cur", "new", "tmp"):
        (folder / place).mkdir(parents=True)
    (folder / "cur" / "1740900000.M1P2.host!2,S").write_text(mail(1, "Shall we?"))
    (folder / "new" / "1740900001.M1P2.host").write_text(mail(2, "Yes.", In_Reply_To="<1@x>"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(folder.rglob("*.host*")):
            archive.write(path, path.relative_to(tmp_path).as_posix())
    (tmp_path / "mails.zip").write_bytes(packed.getvalue())
    one, other = read_source(str(folder)), read_source(str(tmp_path / "mails.zip"))
    assert turns(one) == turns(other) == [("Ana Li", "Shall we?"), ("Ana Li", "Yes.")]
    assert one.format == other.format == "maildir"
