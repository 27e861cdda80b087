"""Conversations, and what it takes to write one in a format: what the writers of all formats share.

A :class:`Writer` says how a tool writes a conversation down, and what of one its format can carry. The strategy
:func:`talks` makes conversations that a format can hold, :func:`expected` says what must be read back, and
:func:`words_in` gives the words of a file without its reader. ``writers_every.py`` has the writers of all formats.
"""

from __future__ import annotations

import html
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from functools import cache
from typing import Any, NamedTuple

from hypothesis import strategies as st

Talk = list[tuple[str, str]]
"""Who says what; the lines of a text are separated by ``\\n``."""

NO_LIMIT = 1 << 30
START = datetime(2026, 3, 25, 9, 0, tzinfo=UTC)
"""When a conversation begins that has times of the day; its day can be read one way only."""


class Turn(NamedTuple):
    """What is read back: by a participant's name, ``time`` in seconds from the start; None where it is not kept."""

    speaker: str | None
    text: str
    time: float | None


def every(seconds: int) -> Callable[[Talk], list[float]]:
    """A turn every so many seconds."""
    return lambda talk: [float(number * seconds) for number in range(len(talk))]


EVERY_SEVEN_SECONDS = every(7)


@dataclass(frozen=True)
class Writer:
    """How a tool writes a conversation, and what of one its format can carry.

    ``write`` gets who says what, and when each turn begins in seconds; it returns a file, or files by their path in a
    folder. ``names`` are who can speak. ``voiced`` is whether the format says who does. ``speaker`` gives the name that
    is read for a name, None for nobody. ``lines`` is how many lines a text may have and ``line_end`` what they are
    joined by when read; ``merges`` what turns in a row of one speaker are joined by, None where they stay apart.
    ``times`` is ``start`` for seconds from the start of a recording, ``sent`` for times of the day, empty for none;
    ``clock`` is when turns begin. ``without`` is a pattern of words that the syntax cannot hold. ``source`` gives the
    text of a file as people see it, ``characters`` how many characters it must account for. ``numbered`` is whether no
    two texts may be the same, as programs that quote repeat them; ``newest_known`` whether the file says who wrote the
    last one, and when. ``most_turns`` is how many turns a file can have, and ``most_bytes`` how large it can be.
    """

    format: str
    write: Callable[[Talk, list[float]], bytes | dict[str, bytes]]
    variant: str = ""
    names: tuple[str, ...] = ()
    voiced: bool = True
    speaker: Callable[[str], str | None] = str
    lines: int = 3
    line_end: str = "\n"
    merges: str | None = None
    times: str = "start"
    clock: Callable[[Talk], list[float]] = EVERY_SEVEN_SECONDS
    without: str = ""
    source: Callable[[bytes], str] = bytes.decode
    characters: Callable[[bytes], int] | None = None
    numbered: bool = False
    newest_known: bool = True
    most_turns: int = NO_LIMIT
    most_bytes: int = NO_LIMIT

    @property
    def id(self) -> str:
        return f"{self.format}-{self.variant}" if self.variant else self.format


# What people say

NAMES = (
    "Ana Li", "Łukasz Nowak", "田中 太郎", "Mateo van den Berg (M)", "R&D Team", "Milo | Nordwind", "pavel 🚲 [remote]",
    "@jo / Johanna Rey (Ops)", "דנה לוי", "0xNova", "O'Neil, Renée", "Speaker 1", "Ngũgĩ wa Thiong'o", "Élodie – Paris",
)  # fmt: skip
PLAIN = (
    "We",
    "Then",
    "Da",
    "Ich",
    "Когда",
    "Mais",
    "Þetta",
    "Żeby",
    "明日",
    "Agora",
    "5",
    "And",
    "Είναι",
    "כן",
    "Evet",
)
"""What lines begin with: words that are no label, quotation, list item or heading of any text format."""
WORDS = (
    "the", "train", "Friday", "öfter", "日本語", "мы", "решили", "nie", "wiem", "¿por", "qué?", "naïve", "où",
    "שלום", "\u200fמחר\u200f", "مرحبا", "नमस्ते", "สวัสดี", "해요", "ß", "İstanbul", "👍🏽", "👨‍👩‍👧", "🇵🇱",
    "e\u0301te\u0301", "R&D", "AT&T", "&amp;", "&", "&lt;b&gt;", "&#58;", "<", ">", "->", "-->", "<-", "<b>",
    "</v>", "<v", "<br>", "<!--", "x<y", "a>b", "[PII]", "[00:07]", "(maybe)", "(9:30)", "{x}", "{{y}}",
    "`code`", "```", "*bold*", "**very**", "_it_", "__init__", "~~no~~", "#42", "#", "@ana", "@everyone", "|",
    "||", "a|b", "\\", "\\n", "C:\\temp", "/", "/me", "s/a/b/", "next:", "Ana:", "Note:", "so::", ":", "::",
    ";", "e.g.:", "1)", "2.", "-", "--", "—", "...", "…", "!", "?!", "~", "^", "3.5", "50%", "%s", "$5", "€7",
    "100,000", "1,2", "2026-03-02", "2/3/26,", "12.", "10:30", "9:05:07", "00:01:02.500", "00:00:01,000",
    "10:30am", "at", "https://example.org/a?b=1&c=[2]#d", "http://x.org:80/~y", "<https://z.org|z>",
    "mailto:a@b.org", "a.b@example.org", '"quoted"', "'single'", "“ja”", "„nein“", "«oui»", "「はい」", "it's",
    "l’eau", '"', "''", "null", "None", "NaN", "undefined", "true", "0", "C++", "=", "==", "+1", "*", "•", "§",
    "©", "\u00a0x", "\u2066iso\u2069", "a\u200db", "\u00adsoft", "wrote:", "From", "Sent", "Subject:", "From:",
    ">>", "ACTION:", "RESOLUTION:",
)  # fmt: skip
CHARACTERS = st.characters(exclude_categories=("C", "Z"))


@cache
def talks(writer: Writer) -> st.SearchStrategy[Talk]:
    """Conversations that the format can hold: of two people at least, who both speak twice."""
    words = tuple(word for word in WORDS if not re.search(writer.without, word)) if writer.without else WORDS
    plain = tuple(word for word in PLAIN if not (writer.without and re.search(writer.without, word)))
    other = st.text(CHARACTERS, max_size=6).filter(lambda word: _holds(writer, word))
    line = st.builds(
        lambda first, second, rest, last: " ".join([first, second, *rest, *last.split(), "so."]),
        st.sampled_from(plain),
        st.sampled_from(("went", "мы", "will", "ça", "det")),
        st.lists(st.sampled_from(words), max_size=7),
        other,
    ).filter(lambda line: _holds(writer, line))
    text = st.lists(line, min_size=1, max_size=writer.lines).map("\n".join)
    names = writer.names or NAMES
    people = st.lists(st.sampled_from(names), min_size=2, max_size=4, unique=True)

    def of(these: list[str]) -> st.SearchStrategy[Talk]:
        order = st.lists(st.sampled_from(these), max_size=min(5, writer.most_turns - 4)).map(
            lambda more: [*these[:2], *these[:2], *more]
        )
        return order.flatmap(lambda who: st.tuples(*(text.map(lambda said, name=name: (name, said)) for name in who)))

    return people.flatmap(of).map(list).map(_numbered if writer.numbered else list)


def _numbered(talk: Talk) -> Talk:
    """The conversation with a number in each text, and no line twice."""
    known: set[str] = set()
    found: Talk = []
    for number, (name, said) in enumerate(talk, 1):
        lines = said.split("\n")
        for place, line in enumerate(lines):
            lines[place] = f"Point {number}.{place} stands alone and is {len(known)}." if line in known else line
            known.add(line)
        found.append((name, f"Mail {number} says {chr(10).join(lines)}"))
    return found


def _holds(writer: Writer, text: str) -> bool:
    return not writer.without or re.search(writer.without, text) is None


def long_talk(writer: Writer, characters: int) -> Talk:
    """A conversation of about so many characters, the same each time; long texts where there can be but
    few turns, but for the last."""
    words = [word for word in WORDS if _holds(writer, word)]
    plain = [word for word in PLAIN if _holds(writer, word)]
    names = (writer.names or NAMES)[:4]
    wanted = characters // writer.most_turns if writer.most_turns < NO_LIMIT else 150
    talk: Talk = []
    made = number = 0
    while made < characters:
        lines: list[str] = []
        length = 0
        while length < wanted:
            number += 1
            picked = (words[(number * 31 + n * (7 + number % 13)) % len(words)] for n in range(8))
            line = " ".join([plain[number % len(plain)], f"went {number} times", *picked, "so."])
            if _holds(writer, line):
                lines.append(line)
                length += len(line)
        made += length
        talk.append((names[len(talk) % len(names)], ("\n" if writer.lines > 1 else " ").join(lines)))
    if writer.most_turns < NO_LIMIT:
        talk[-1] = (talk[-1][0], lines[0])
    return talk


# What must be read back


def expected(writer: Writer, talk: Talk, times: Sequence[float]) -> list[Turn]:
    """The turns of a conversation that was written by ``writer``."""
    turns: list[Turn] = []
    for (name, said), time in zip(talk, times, strict=True):
        text = said.replace("\n", writer.line_end)
        speaker = writer.speaker(name) if writer.voiced else None
        if turns and writer.merges is not None and turns[-1].speaker == speaker and speaker is not None:
            turns[-1] = turns[-1]._replace(text=f"{turns[-1].text}{writer.merges}{text}")
        else:
            turns.append(Turn(speaker, text, time if writer.times else None))
    if not writer.newest_known:
        turns[-1] = Turn(None, turns[-1].text, None)
    return turns


def moment(time: float) -> datetime:
    """When somebody spoke ``time`` seconds into a conversation."""
    return START + timedelta(seconds=time)


# The words of a file


def words_in(writer: Writer, written: bytes | dict[str, bytes]) -> list[str]:
    """Every word of the text of a file, as people see it."""
    files = written.values() if isinstance(written, dict) else [written]
    return [word for data in files for word in writer.source(data).split()]


def strings(data: bytes) -> str:
    """All strings of a JSON text, or of one JSON value a line."""
    text = data.decode("utf-8", "surrogatepass")
    try:
        values = [json.loads(text)]
    except json.JSONDecodeError:
        values = [json.loads(line) for line in text.splitlines() if line]
    return "\n".join(_strings(values))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(each)


def page(data: bytes) -> str:
    """The text of a web page or of captions: what stands between tags, with its entities resolved."""
    return html.unescape(re.sub(r"<[^<>]*>", " ", data.decode()))


def mime(data: bytes) -> str:
    """The headers and the text parts of a mail."""
    mail = message_from_bytes(data, policy=policy.default)
    parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(str(value) for value in mail.values()), *parts])


def members(data: bytes, of: Callable[[bytes], str] = strings) -> str:
    """The texts of all files in a zip or tar archive."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(of(archive.read(name)) for name in archive.namelist())
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        files = [archive.extractfile(member) for member in archive.getmembers()]
        return "\n".join(of(file.read()) for file in files if file is not None)


def weight(written: bytes | dict[str, bytes]) -> int:
    """How many bytes were written, before they were packed into an archive or a document."""
    if isinstance(written, dict):
        return sum(map(len, written.values()))
    if zipfile.is_zipfile(io.BytesIO(written)):
        with zipfile.ZipFile(io.BytesIO(written)) as archive:
            return sum(member.file_size for member in archive.infolist())
    if written.startswith(b"\x1f\x8b"):
        with tarfile.open(fileobj=io.BytesIO(written)) as packed:
            return sum(member.size for member in packed)
    return len(written)


def length(data: bytes) -> int:
    """How many characters a text has."""
    return len(data.decode())
