"""Outlook messages: MAPI properties in a compound file. The files are made here, by a writer of such files."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from checks import asides, turns, warnings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import Reading
from extractor.sources.base import Blob
from extractor.sources.mail import msg

Read = Callable[..., Reading]
Tree = dict[str, Any]

SECTOR, MINI, END, FREE = 512, 64, 0xFFFFFFFE, 0xFFFFFFFF


# A writer of compound files ([MS-CFB]): storages are dicts, streams are bytes


def compound_file(tree: Tree) -> bytes:
    entries: list[dict[str, Any]] = [{"name": "Root Entry", "kind": 5, "data": b""}]
    _list(tree, 0, entries)
    mini, large, sectors = bytearray(), [], 0
    mini_fat: list[int] = []
    for entry in entries[1:]:
        data = entry["data"]
        if entry["kind"] != 2 or not data:
            entry["start"] = END if entry["kind"] == 2 else 0
        elif len(data) < 4096:
            entry["start"] = len(mini_fat)
            count = -(-len(data) // MINI)
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), END]
            mini += data.ljust(count * MINI, b"\0")
        else:
            large.append(entry)
    entries[0]["data"] = bytes(mini)
    directory_sectors = -(-len(entries) // 4)
    mini_fat_sectors = -(-len(mini_fat) // 128)
    chains: list[tuple[dict[str, Any], int]] = []
    fat: list[int] = []
    body = bytearray()

    def add(data: bytes) -> int:
        count = -(-len(data) // SECTOR)
        start = len(fat)
        fat.extend([*range(start + 1, start + count), END] if count else [])
        body.extend(data.ljust(count * SECTOR, b"\0"))
        return start if count else END

    entries[0]["start"] = add(entries[0]["data"])
    for entry in large:
        entry["start"] = add(entry["data"])
    mini_start = add(b"".join(struct.pack("<I", each) for each in mini_fat).ljust(mini_fat_sectors * SECTOR, b"\xff"))
    directory = add(b"".join(map(_entry, entries)).ljust(directory_sectors * SECTOR, b"\0"))
    sectors = len(fat)
    fat_sectors = 1
    while fat_sectors * 128 < sectors + fat_sectors:
        fat_sectors += 1
    table = [*fat, *[0xFFFFFFFD] * fat_sectors]
    packed = b"".join(struct.pack("<I", each) for each in table).ljust(fat_sectors * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fat_sectors, directory, 0, 4096, mini_start, mini_fat_sectors, END, 0)
    header += b"".join(struct.pack("<I", sectors + n) for n in range(fat_sectors)).ljust(436, b"\xff")
    assert not chains
    return header + bytes(body) + packed


def _list(tree: Tree, parent: int, entries: list[dict[str, Any]]) -> None:
    """Adds the children of a storage, each the right sibling of the one before."""
    before: int | None = None
    for name, value in sorted(tree.items(), key=lambda item: (len(item[0]), item[0].upper())):
        index = len(entries)
        storage = isinstance(value, dict)
        entries.append({"name": name, "kind": 1 if storage else 2, "data": b"" if storage else value})
        if before is None:
            entries[parent]["child"] = index
        else:
            entries[before]["right"] = index
        before = index
        if storage:
            _list(value, index, entries)


def _entry(entry: dict[str, Any]) -> bytes:
    name = entry["name"].encode("utf-16-le") + b"\0\0"
    written = name.ljust(64, b"\0") + struct.pack("<HBB", len(name), entry["kind"], 1)
    written += struct.pack("<III", FREE, entry.get("right", FREE), entry.get("child", FREE)) + b"\0" * 36
    return written + struct.pack("<IQ", entry.get("start", 0), len(entry["data"]))


# Messages


def ticks(moment: datetime) -> int:
    return int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def properties(header: int, sent: datetime | None = None, **fixed: int) -> bytes:
    rows = [(0x0040, 0x0039, ticks(sent))] if sent else []
    rows += [(0x0003, int(number, 16), value) for number, value in ((name[1:], each) for name, each in fixed.items())]
    return b"\0" * header + b"".join(struct.pack("<HHIQ", kind, number, 6, value) for kind, number, value in rows)


def text(number: str, value: str) -> Tree:
    return {f"__substg1.0_{number}001F": value.encode("utf-16-le")}


def message(body: str = "We take the tin roof.\r\n", header: int = 32, **more: Any) -> Tree:
    tree: Tree = {
        "__properties_version1.0": properties(header, datetime(2026, 3, 2, 8, 0, tzinfo=UTC)),
        **text("0037", "RE: Roof"),
        **text("0C1A", "Ana Li"),
        **text("5D01", "ana@example.org"),
        **text("1000", body),
        **text("1035", "<1@x>"),
    }
    return tree | {f"__substg1.0_{name[1:]}": value for name, value in more.items()}


def read_tree(read: Read, tree: Tree) -> Reading:
    return read(compound_file(tree), "a.msg")


class TestMessages:
    def test_an_outlook_message_is_a_turn_with_author_time_and_thread(self, read: Read) -> None:
        recipient = {
            "__properties_version1.0": properties(8, _0C15=1),
            **text("3001", "Ben Ott"),
            **text("39FE", "ben@example.org"),
        }
        tree = message(_1042001F="<0@x>".encode("utf-16-le")) | {"__recip_version1.0_#00000000": recipient}
        reading = read_tree(read, tree)
        assert reading.format == "msg"
        assert turns(reading) == [("Ana Li", "We take the tin roof.")]
        (conversation,) = reading.conversations
        assert (conversation.id, conversation.title) == ("mail:0@x", "Roof")
        assert str(conversation.turns[0].sent_at) == "2026-03-02 08:00:00+00:00"
        assert [(person.name, person.role, person.aliases) for person in conversation.participants] == [
            ("Ana Li", None, ("ana@example.org",)),
            ("Ben Ott", "recipient", ("ben@example.org",)),
        ]

    def test_quoted_mails_below_headers_are_turns(self, read: Read) -> None:
        headers = "From: Ben Ott\r\nSent: Sunday, March 1, 2026 9:00 AM\r\nTo: Ana Li\r\nSubject: Roof"
        body = f"Tin.\r\n\r\n{headers}\r\n\r\nTin or slate?\r\n"
        assert turns(read_tree(read, message(body))) == [("Ben Ott", "Tin or slate?"), ("Ana Li", "Tin.")]

    def test_html_is_read_where_there_is_no_plain_text(self, read: Read) -> None:
        tree = message("")
        tree["__properties_version1.0"] = properties(32, _3FDE=1252)
        tree["__substg1.0_10130102"] = "<p>We take the <b>tin</b> roof, René.</p>".encode("cp1252")
        assert turns(read_tree(read, tree)) == [("Ana Li", "We take the tin roof, René.")]

    def test_text_in_a_code_page_is_decoded(self, read: Read) -> None:
        tree = message()
        del tree["__substg1.0_1000001F"]
        tree["__properties_version1.0"] = properties(32, _3FFD=1251)
        tree["__substg1.0_1000001E"] = "Берём жесть.".encode("cp1251")
        assert turns(read_tree(read, tree)) == [("Ana Li", "Берём жесть.")]

    def test_the_headers_of_the_transport_count_where_they_are_kept(self, read: Read) -> None:
        headers = (
            "From: Ana Li <ana@example.org>\r\nTo: roof@lists.example.org, Cora <cora@example.org>\r\n"
            "List-Post: <mailto:roof@lists.example.org>\r\nMessage-ID: <9@x>\r\nReferences: <7@x> <8@x>\r\n\r\n"
        )
        (conversation,) = read_tree(read, message(_007D001F=headers.encode("utf-16-le"))).conversations
        assert conversation.id == "mail:7@x"
        assert [person.name for person in conversation.participants] == ["Ana Li", "Cora"]

    def test_an_attached_message_is_quoted_and_other_attachments_are_named(self, read: Read) -> None:
        inner = message("Tin or slate?", header=24) | text("0C1A", "Cora Ek") | text("5D01", "cora@example.org")
        tree = message() | {
            "__attach_version1.0_#00000000": {
                "__properties_version1.0": properties(8),
                "__substg1.0_3701000D": inner,
            },
            "__attach_version1.0_#00000001": {"__properties_version1.0": properties(8), **text("3707", "offer.pdf")},
        }
        reading = read_tree(read, tree)
        assert turns(reading) == [("Cora Ek", "Tin or slate?"), ("Ana Li", "We take the tin roof.")]
        assert "Attachments were not read: offer.pdf." in warnings(reading)

    def test_addresses_of_exchange_are_no_mail_addresses(self, read: Read) -> None:
        tree = message() | text("5D01", "") | text("0C1F", "/O=FIRM/OU=GROUP/CN=ANA")
        (person,) = read_tree(read, tree).conversations[0].participants
        assert (person.name, person.aliases) == ("Ana Li", ())

    def test_a_message_of_rich_text_alone_is_read(self, read: Read) -> None:
        example = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
        tree = message("", _10090102=bytes.fromhex(example))
        assert turns(read_tree(read, tree)) == [("Ana Li", "hello world")]
        html = rb"{\rtf1\fromhtml1 {\*\htmltag64 <p>}Tin.{\*\htmltag72 </p>}{\*\htmltag64 <p>}Not slate.}"
        raw = struct.pack("<IIII", len(html) + 12, len(html), 0x414C454D, 0) + html
        assert turns(read_tree(read, message("", _10090102=raw))) == [("Ana Li", "Tin.\n\nNot slate.")]

    def test_an_encrypted_message_and_one_of_damaged_rich_text_are_errors_that_say_so(self, read: Read) -> None:
        sealed = message("") | text("001A", "IPM.Note.SMIME")
        sealed["__attach_version1.0_#00000000"] = {
            "__properties_version1.0": properties(8),
            **text("3707", "smime.p7m"),
        }
        with pytest.raises(SourceError, match="encrypted with S/MIME"):
            read_tree(read, sealed)
        with pytest.raises(SourceError, match=r"rich text .* that is damaged"):
            read_tree(read, message("", _10090102=b"LZFu"))

    def test_a_large_message_is_read_whole(self, read: Read) -> None:
        body = "\n".join(f"Line {number} of the offer." for number in range(2000))
        reading = read_tree(read, message(body))
        assert turns(reading) == [("Ana Li", body)]
        assert "header" in asides(reading)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(at=st.integers(0, 4000), value=st.binary(min_size=1, max_size=40), cut=st.booleans())
    def test_a_damaged_message_is_read_or_refused(self, at: int, value: bytes, cut: bool) -> None:
        data = bytearray(compound_file(message("Some words. " * 50)))
        data[at : at + len(value)] = value
        with contextlib.suppress(SourceError):
            assert msg.read(Blob("a.msg", bytes(data[:at] if cut else data))).conversations

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        name=st.text(st.characters(categories=["L"]), min_size=1, max_size=20),
        words=st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=9), min_size=1, max_size=9),
    )
    def test_a_message_reads_back_the_same(self, name: str, words: list[str]) -> None:
        body = " ".join(words)
        reading = msg.read(Blob("a.msg", compound_file(message(body) | text("0C1A", name))))
        ((speaker, said),) = turns(reading)
        assert said == body
        assert speaker is not None
        assert speaker.casefold() == name.casefold()


def test_other_compound_files_are_no_messages() -> None:
    assert msg.fits(Blob("a.msg", compound_file(message()))) == 1.0
    assert msg.fits(Blob("a.doc", compound_file({"WordDocument": b"x"}))) == 0.0
    assert msg.fits(Blob("a.msg", b"From: a@x")) == 0.0
