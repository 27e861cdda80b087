"""The rich text of Outlook messages: decompressed, and made into the HTML or text that it holds."""

from __future__ import annotations

import contextlib
import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.sources.mail.rtf import body_of_rtf, decompressed

COMPRESSED = 0x75465A4C


def compressed(rtf: bytes) -> bytes:
    """RTF as the algorithm may write it: every byte as it is, then the reference that ends it."""
    packed, write = bytearray(), 207
    for at in range(0, len(rtf), 8):
        run = rtf[at : at + 8]
        packed += (b"\0" if len(run) == 8 else bytes((1 << len(run),))) + run
        write = (write + len(run)) % 4096
    packed += (b"" if len(rtf) % 8 else b"\1") + struct.pack(">H", write << 4)
    return struct.pack("<IIII", len(packed) + 12, len(rtf), COMPRESSED, 0) + packed


@pytest.mark.parametrize(
    ("data", "rtf"),
    [
        (
            "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
        ),
        ("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
    ],
)
def test_the_examples_of_the_specification_are_decompressed(data: str, rtf: bytes) -> None:
    assert decompressed(bytes.fromhex(data)) == rtf


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300).map(lambda data: data * 20))
def test_what_is_compressed_is_decompressed(rtf: bytes) -> None:
    assert decompressed(compressed(rtf)) == rtf
    assert decompressed(struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf) == rtf


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200))
def test_damaged_data_are_an_error_or_some_text(data: bytes) -> None:
    for damaged in (data, struct.pack("<IIII", 0, 9, COMPRESSED, 0) + data):
        with contextlib.suppress(ValueError):
            body_of_rtf(decompressed(damaged))
    body_of_rtf(b"{\\rtf1\\fromhtml1 " + data)


def test_html_in_rich_text_is_that_html() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fcharset204 Arial;}}"
        rb"{\*\generator Some program;}{\*\htmltag64 <p class=\{x\}>}\htmlrtf \f0\fs20 hidden \htmlrtf0 "
        rb"We take the {\*\htmltag84 <b>}\htmlrtf {\b \htmlrtf0 tin\htmlrtf }\htmlrtf0{\*\htmltag92 </b>} roof, "
        rb"Ren\'e9e{\*\mhtmltag64 <q>}{\*\htmltag84 &amp;}\htmlrtf {\f1 \htmlrtf0 \'c4\'e0\htmlrtf }\htmlrtf0 "
        rb"\u8364?5.{\*\htmltag72 </p>}\htmlrtf \par \htmlrtf0 {\*\htmltag104 </html>}}"
    )
    html, is_html = body_of_rtf(rtf)
    assert is_html
    assert html == "<p class={x}>We take the <b>tin</b> roof, Renée&amp;Да€5.</p></html>"


def test_plain_text_in_rich_text_and_rich_text_itself_are_their_words() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1251%s\deff0{\fonttbl{\f0 Arial;}}{\colortbl;\red0\green0\blue255;}"
        rb"{\*\htmltag64 <p>}{\pict\pngblip 89504e47}\pard\f0 \'c6\'e5\'f1\'f2\'fc,\tab \uc1\u-10179?\u-8704?\par"
        b"\r\n"
        rb"\{not slate\}\ldblquote loud\rdblquote\par}"
    )
    for kind in (rb"\fromtext", b""):
        text, is_html = body_of_rtf(rtf % kind)
        assert not is_html
        assert text == "Жесть,\t\U0001f600\n{not slate}“loud”\n"


@pytest.mark.parametrize(
    "rtf", [b"{" * 1_000_000, b"}" * 1_000_000, b"\\u1 " * 500_000, b"\\htmlrtf " * 300_000, b"\\'e9" * 500_000]
)
def test_no_rich_text_takes_long(rtf: bytes) -> None:
    began = time.monotonic()
    body_of_rtf(b"{\\rtf1\\fromhtml1 " + rtf)
    decompressed(struct.pack("<IIII", 0, 0, COMPRESSED, 0) + rtf[:500_000])
    assert time.monotonic() - began < 10
