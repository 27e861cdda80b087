from __future__ import annotations

import io
import zipfile

import pytest

from extractor.errors import SourceError
from extractor.sources.decoding import decode


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_decoded_with_every_code_point_and_line_break(codec: str) -> None:
    text = "Zoë: R&D\r\nnext\rline\n\x0b\u2028日本 🚲"
    decoded = decode(text.encode(codec), "a.txt")
    assert (decoded.text, decoded.guessed, decoded.problem) == (text, False, None)


def test_a_wide_text_in_another_alphabet_is_found_by_its_blanks() -> None:
    text = "Мира: мы едем в пятницу, да или нет?\nОлег: да.\n" * 4
    assert decode(text.encode("utf-16-le"), "a.txt").text == text


def test_a_character_cut_off_at_the_end_is_reported_and_the_rest_is_kept() -> None:
    decoded = decode("Good, Łuk".encode() + "a🚲".encode()[:-1], "a.txt")
    assert (decoded.text, decoded.cut_off, decoded.guessed) == ("Good, Łuka", True, False)
    assert decoded.problem is not None


def test_a_wide_character_cut_off_at_the_end_is_reported() -> None:
    decoded = decode("\ufeffGood".encode("utf-16-le")[:-1], "a.txt")
    assert (decoded.text, decoded.cut_off) == ("Goo", True)


def test_western_text_is_a_guess_that_says_so() -> None:
    decoded = decode("Zoë: après le café – “oui”".encode("cp1252"), "a.txt")
    assert (decoded.text, decoded.encoding, decoded.guessed) == ("Zoë: après le café – “oui”", "cp1252", True)


def test_text_in_another_alphabet_is_a_guess_that_says_so() -> None:
    text = "Мира: Мы решили закрыть склад в апреле, потому что аренда растёт.\n" * 5
    decoded = decode(text.encode("cp1251"), "a.txt")
    assert (decoded.text, decoded.guessed) == (text, True)


def test_a_damaged_byte_in_utf8_does_not_garble_the_rest() -> None:
    decoded = decode("Zoë überlegt: öfter\n".encode() * 5 + b"\xff!\n", "a.txt")
    assert decoded.text.count("ü") == 5
    assert decoded.problem == "1 place is not utf-8 and stand as \ufffd." or "1 place" in str(decoded.problem)
    assert decoded.guessed


def zip_of(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "is a PDF"),
        (zip_of("word/document.xml"), "is a Word document"),
        (zip_of("xl/workbook.xml"), "is an Excel workbook"),
        (zip_of("holiday.jpg"), "is a zip archive"),
        (zip_of("a.txt")[:20], "is a damaged zip archive"),
        (b"\x89PNG\r\n\x1a\n....", "is an image"),
        (b"\xff\xd8\xff\xe0 JFIF", "is an image"),
        (b"ID3\x04\x00 sound", "is an audio recording"),
        (b"\x00\x00\x00\x20ftypisom", "is a video recording"),
        (b"{\\rtf1 Hello}", "is a rich text document"),
        (b"\x1f\x8b\x08\x00", "is compressed with gzip"),
        (b"Ana: hello\x00\x00\x01 there", "holds binary data"),
        (bytes(range(1, 9)) * 40, "holds binary data"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(data: bytes, what: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data, "thing.bin")
    assert what in caught.value.what
    assert caught.value.what.startswith("thing.bin ")
    assert caught.value.remedy.endswith(".")
