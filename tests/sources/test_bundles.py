from __future__ import annotations

import io
import random
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from damage import tarred, zipped

from extractor.errors import SourceError
from extractor.sources import Blob, Bundle, Hints, Reading, bundles, read_sources
from extractor.sources.bundles import bundle_of, bundle_of_folder, is_archive, is_tar, member_of_zip

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Hello there.</v>\n"
PACKERS = [zipped, tarred, lambda files: tarred(files, "w"), lambda files: tarred(files, "w:bz2")]


def open_(data: bytes) -> Bundle:
    return bundle_of(Blob("export", data))


def read_all(data: bytes, tmp_path: Path, name: str = "export.zip") -> dict[str, Reading]:
    (tmp_path / name).write_bytes(data)
    return {Path(reading.path).name: reading for reading in read_sources([str(tmp_path / name)])}


def zip_of(*entries: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def tar_of(*entries: tuple[tarfile.TarInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for info, content in entries:
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


@pytest.mark.parametrize("pack", PACKERS)
def test_an_archive_lists_its_files_and_gives_their_bytes(pack: Callable[[dict[str, str | bytes]], bytes]) -> None:
    bundle = open_(pack({"b/two.txt": b"2", "one.txt": b"1", "__MACOSX/one.txt": b"x", "b/.DS_Store": b"x"}))
    assert bundle.names == ("b/two.txt", "one.txt")
    assert [bundle.data_of(name) for name in bundle.names] == [b"2", b"1"]


@pytest.mark.parametrize("pack", PACKERS)
def test_every_file_of_an_archive_that_is_no_export_is_read(
    pack: Callable[[dict[str, str | bytes]], bytes], tmp_path: Path
) -> None:
    found = read_all(pack({"a.vtt": VTT, "b/c.vtt": VTT, "empty.vtt": b""}), tmp_path)
    assert [found[name].format for name in ("a.vtt", "c.vtt")] == ["webvtt", "webvtt"]
    assert "is empty" in (found["empty.vtt"].error or "")


@pytest.mark.parametrize("pack", PACKERS)
@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b.vtt", "C:/windows/b.vtt"])
def test_a_file_outside_the_archive_is_refused_and_the_others_are_read(
    pack: Callable[[dict[str, str | bytes]], bytes], name: str
) -> None:
    bundle = open_(pack({name: "x", "a.vtt": VTT}))
    assert bundle.data_of("a.vtt") == VTT.encode()
    (outside,) = (each for each in bundle.names if each != "a.vtt")
    with pytest.raises(SourceError, match="names a place outside the archive"):
        bundle.data_of(outside)


def test_links_are_refused_and_not_followed() -> None:
    info = zipfile.ZipInfo("secret.vtt")
    info.external_attr = 0o120777 << 16
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
        member = tarfile.TarInfo("secret.vtt")
        member.type, member.linkname = kind, "/etc/passwd"
        with pytest.raises(SourceError, match="is a link or a device"):
            open_(tar_of((member, b""))).data_of("secret.vtt")
    with pytest.raises(SourceError, match="is a link or a device"):
        open_(zip_of((info, b"/etc/passwd"))).data_of("secret.vtt")


def test_an_encrypted_file_is_named_as_such_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(zip_of(("a.vtt", VTT.encode()), ("b.vtt", VTT.encode())))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 8] |= 1
    found = read_all(bytes(data), tmp_path)
    assert found["a.vtt"].conversations
    assert "b.vtt is encrypted. Pack it without a password." in (found["b.vtt"].error or "")


def test_a_file_that_another_of_its_name_hides_is_named(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        hidden = zip_of(("a.vtt", b"something else"), ("a.vtt", VTT.encode()))
    with pytest.warns(UserWarning, match="Duplicate name"):
        same = zip_of(("a.vtt", VTT.encode()), ("a.vtt", VTT.encode()))
    found = read_all(hidden, tmp_path)
    assert found["a.vtt"].conversations
    assert "holds several files called a.vtt, of which the last was read" in (found["a.vtt (hidden, 1)"].error or "")
    assert list(read_all(same, tmp_path)) == ["a.vtt"]


def test_a_file_that_a_tar_holds_twice_is_named_where_it_differs() -> None:
    entries = []
    for content in (b"1", b"22"):
        info = tarfile.TarInfo("a.txt")
        info.size = len(content)
        entries.append((info, content))
    assert open_(tar_of(*entries)).names == ("a.txt", "a.txt (hidden, 1)")
    assert open_(tar_of(entries[0], entries[0])).names == ("a.txt",)


def test_an_archive_in_an_archive_is_named_and_not_opened(tmp_path: Path) -> None:
    found = read_all(zipped({"inner.zip": zipped({"a.vtt": VTT}), "b.vtt": VTT}), tmp_path)
    assert "is an archive within an archive" in (found["inner.zip"].error or "")
    assert found["b.vtt"].conversations


def test_a_file_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "MAX_MEMBER_BYTES", 1024 * 1024)
    for pack in PACKERS:
        bundle = open_(pack({"bomb.txt": b"\0" * (1024 * 1024 + 1), "a.txt": b"x"}))
        assert bundle.data_of("a.txt") == b"x"
        with pytest.raises(SourceError, match=r"bomb\.txt is larger than 1 MB when unpacked"):
            bundle.data_of("bomb.txt")


@pytest.mark.parametrize("pack", PACKERS)
def test_an_archive_that_unpacks_too_large_is_refused(
    pack: Callable[[dict[str, str | bytes]], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "MAX_TOTAL_BYTES", 1024 * 1024)
    with pytest.raises(SourceError, match="holds more than 1 MB when unpacked"):
        open_(pack({f"{number}.txt": b"\0" * 300_000 for number in range(4)}))


@pytest.mark.parametrize("pack", PACKERS)
def test_an_archive_of_too_many_files_is_refused(
    pack: Callable[[dict[str, str | bytes]], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "MAX_MEMBERS", 3)
    with pytest.raises(SourceError, match="holds more than 3 files"):
        open_(pack({f"{number}.txt": b"x" for number in range(4)}))


def test_headers_of_a_tar_that_unpack_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "MAX_TOTAL_BYTES", 1024 * 1024)
    info = tarfile.TarInfo("a.txt")
    info.pax_headers = {"comment": "x" * (8 * 1024 * 1024)}
    with pytest.raises(SourceError, match="holds more than 1 MB when unpacked"):
        open_(tar_of((info, b"")))


@pytest.mark.parametrize("pack", PACKERS)
def test_an_archive_that_is_cut_off_is_an_error(pack: Callable[[dict[str, str | bytes]], bytes]) -> None:
    noise = random.Random(7).randbytes(20_000)
    data = pack({"a.txt": noise, "b.txt": noise[::-1]})
    for cut in (1000, len(data) // 2 + 700):
        with pytest.raises(SourceError, match=r"damaged (zip|tar) archive"):
            open_(data[:cut])


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    data = bytearray(zip_of(("a.vtt", VTT.encode()), ("b.vtt", VTT.encode() * 3)))
    data[data.index(b"a.vtt") + 12] ^= 0xFF
    found = read_all(bytes(data), tmp_path)
    assert "a.vtt in the archive is damaged" in (found["a.vtt"].error or "")
    assert found["b.vtt"].conversations


def test_folders_written_with_backslashes_are_folders() -> None:
    bundle = open_(zip_of(("b\\two.txt", b"2"), ("b\\", b"")))
    assert bundle.names == ("b/two.txt",)
    assert bundle.data_of("b/two.txt") == b"2"


def test_reading_every_file_of_a_large_archive_takes_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        bundle = open_(zipped({f"c/{number}.json": b"[]" for number in range(count)}))
        started = time.perf_counter()
        for name in bundle.names:
            bundle.data_of(name)
        return time.perf_counter() - started

    seconds(100)
    assert seconds(4000) < 60 * max(seconds(400), 0.002)


def test_what_is_an_archive_is_told_by_its_content() -> None:
    assert is_archive(Blob("a", zipped({"a.txt": "x"})))
    assert not is_archive(Blob("a.zip", zipped({"[Content_Types].xml": "x", "word/document.xml": "x"})))
    assert not is_archive(Blob("a.zip", b"PK or not, this is text"))
    assert not is_tar(b"\x1f\x8b but no gzip")
    assert not is_tar(tarred({}, "w:gz")[:20])


def test_a_member_that_is_missing_or_too_large_is_an_error() -> None:
    data = zipped({"a.txt": "x" * 100})
    assert member_of_zip(data, "a.txt") == b"x" * 100
    with pytest.raises(SourceError, match=r"There is no b\.txt"):
        member_of_zip(data, "b.txt")
    with pytest.raises(SourceError, match="is larger than"):
        member_of_zip(data, "a.txt", limit=99)
    with pytest.raises(SourceError, match="damaged"):
        member_of_zip(data[:50], "a.txt")


def test_a_folder_is_a_bundle_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text("22")
    bundle = bundle_of_folder(str(tmp_path), [str(tmp_path / "b" / "two.txt"), str(tmp_path / "gone.txt")], Hints())
    assert bundle.names == ("b/two.txt", "gone.txt")
    assert bundle.data_of("b/two.txt") == b"22"
    with pytest.raises(SourceError, match=r"gone\.txt cannot be read"):
        bundle.data_of("gone.txt")
    monkeypatch.setattr(bundles, "MAX_MEMBER_BYTES", 1)
    with pytest.raises(SourceError, match=r"b/two\.txt is larger than"):
        bundle.data_of("b/two.txt")
