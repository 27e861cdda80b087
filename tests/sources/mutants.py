"""Damage done to real files, the same for the same seed: what transfers, editors and other programs do, and worse."""

from __future__ import annotations

import copy
import io
import json
import random
import zipfile
from collections.abc import Callable
from typing import Any

LARGEST = 4_000_000
"""Bytes of a mutant at most: a mutation of a small file must not be a test of large ones."""

HOSTILE = (
    *("\u202eReversed\u202c", "\u2066\u2069", "\ufffd", "\x00", "\u200b\u200e", "\ufeff", "\u061c", "\U0001f600"),
    *("\u0301" * 40, "\u00a0", "\u2028", "\x85", "\x0c", "\\ud800", "&#0;", "&#xD800;", "&amp;lt;", "=?utf-8?q?=ff?="),
    *("<v ", "</v>", "-->", " --> ", "00:00:00.000 --> 99:99:99.999\n", "WEBVTT\n", "From ", "> ", ">" * 60, "```\n"),
    *("{", "[" * 300, "'\"", ":", "：", "--", "%s"),
)
CODECS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "cp1251", "shift_jis", "utf-7")
WRONG = (None, True, -1, 1e308, 10**30, "", " ", "\ud800", [], {}, [[]], "x" * 5000, "2026-13-45T99:99:99Z", {"a": 0})


def mutant(content: bytes, other: bytes, seed: int) -> bytes:
    """``content`` with one to three kinds of damage; ``other`` is a file to splice from."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(MUTATIONS)(content, other, chance)[:LARGEST]
    return content


def _span(content: bytes, chance: random.Random, longest: int = 400) -> tuple[int, int]:
    begin = chance.randint(0, len(content))
    return begin, min(len(content), begin + chance.randint(0, longest))


def truncate(content: bytes, other: bytes, chance: random.Random) -> bytes:
    cut = chance.randint(0, len(content))
    return content[:cut] if chance.random() < 0.8 else content[cut:]


def splice(content: bytes, other: bytes, chance: random.Random) -> bytes:
    source = other if chance.random() < 0.5 else content
    begin, end = _span(source, chance, 3000)
    at, until = _span(content, chance)
    return content[:at] + source[begin:end] + content[until:]


def flip(content: bytes, other: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 20) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def line_ends(content: bytes, other: bytes, chance: random.Random) -> bytes:
    bare = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return bare.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n", b"\n\n", b"\r\r\n", b"")))


def encoding(content: bytes, other: bytes, chance: random.Random) -> bytes:
    text = content.decode(chance.choice(("utf-8", "cp1252", "latin-1")), "replace")
    codec = chance.choice(
        ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "cp1251", "shift_jis", "utf-7")
    )
    return text.encode(codec, "replace")


def shuffle(content: bytes, other: bytes, chance: random.Random) -> bytes:
    mark = chance.choice((b"\n\n", b"\r\n\r\n", b"\n", b"},", b": "))
    blocks = content.split(mark)
    begin = chance.randrange(len(blocks))
    part = blocks[begin : begin + 50]
    chance.shuffle(part)
    return mark.join(blocks[:begin] + part + blocks[begin + 50 :])


def repeat(content: bytes, other: bytes, chance: random.Random) -> bytes:
    begin, end = _span(content, chance, 2000)
    return content[:end] + content[begin:end] * chance.choice((1, 1, 3, 50)) + content[end:]


def drop(content: bytes, other: bytes, chance: random.Random) -> bytes:
    begin, end = _span(content, chance, 2000)
    return content[:begin] + content[end:]


def hostile(content: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(content))
    text = chance.choice(HOSTILE) * chance.choice((1, 1, 1, 7, 500))
    return content[:at] + text.encode("utf-8", "surrogatepass") + content[at:]


def digits(content: bytes, other: bytes, chance: random.Random) -> bytes:
    places = [index for index, byte in enumerate(content[:200_000]) if 0x30 <= byte <= 0x39]
    changed = bytearray(content)
    for place in chance.sample(places, min(len(places), 30)):
        changed[place] = chance.choice(b"0123456789:-.")
    return bytes(changed)


def one_line(content: bytes, other: bytes, chance: random.Random) -> bytes:
    return content.replace(b"\r", b"").replace(b"\n", chance.choice((b" ", b"\t", b"")))


def values(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """JSON with some values of the wrong type, or missing; anything else is left as it is."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return hostile(content, other, chance)
    for _ in range(chance.randint(1, 6)):
        _spoil(document, chance)
    return json.dumps(document).encode()


def _spoil(document: Any, chance: random.Random) -> None:
    place = document
    for _ in range(chance.randint(1, 8)):
        keys = list(place) if isinstance(place, dict) else list(range(len(place))) if isinstance(place, list) else []
        if not keys:
            return
        key = chance.choice(keys)
        if not isinstance(place[key], (dict, list)) or not place[key] or chance.random() < 0.15:
            if chance.random() < 0.3:
                del place[key]
            else:
                place[key] = copy.deepcopy(chance.choice(WRONG))
            return
        place = place[key]


def members(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """A zip with one damaged member; anything else is left as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # no zip, or one that an earlier mutation damaged
        return flip(content, other, chance)
    if not files:
        return content
    hit = chance.randrange(len(files))
    damage = chance.choice([each for each in MUTATIONS if each is not members])
    files[hit] = (files[hit][0], damage(files[hit][1], other, chance)[:LARGEST])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


Mutation = Callable[[bytes, bytes, random.Random], bytes]

MUTATIONS: tuple[Mutation, ...] = (
    *(truncate, splice, flip, line_ends, encoding, shuffle, repeat, drop, hostile, digits, one_line),
    *(values, values, members),
)
