"""What mails quote: is it said elsewhere in the source, or known from the quotation alone?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.sources.mail.attribution import Author
from extractor.sources.mail.body import OWN, QUOTED
from extractor.sources.mail.message import Mail

_CLAUSE = re.compile(r"[.!?;:,…。、！？，；：]+")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_TELLING_CLAUSE = 12
_TELLING_LINE = 20
_KNOWN_SHARE = 0.75
_EDGES = "\ufeff\u200b \t\r\n\u00a0"


@dataclass
class Quote:
    """What a mail quotes of one earlier mail. ``number`` is its place among the quoted mails of the body.

    ``text`` is what is quoted, in its order and without quotation marks, a blank line where the mail goes on with
    something else; ``characters`` are those it takes in the mail, ``marks`` those of them that are quotation marks and
    not used for such a blank line. ``known`` is whether it stands elsewhere in the source.
    """

    number: int
    level: int
    author: Author
    text: str
    characters: int
    marks: int
    known: bool = False


def quotes_of(mail: Mail) -> list[Quote]:
    """What a mail quotes, the oldest (deepest) first; of one depth, first that whose author it names."""
    pieces: dict[int, list[tuple[str, int]]] = {}
    for part in mail.body.parts:
        if part.reason == QUOTED:
            pieces.setdefault(part.origin, []).append((part.bare, len(part.text)))
    found = []
    for number, texts in pieces.items():
        origin = mail.body.origins[number]
        taken = sum(characters for _, characters in texts)
        marks = taken - sum(len(bare) for bare, _ in texts)
        text = _joined([bare for bare, _ in texts], taken)
        found.append(Quote(number, origin.level, origin.author, text, taken, min(marks, taken - len(text))))
    return sorted(found, key=lambda quote: (-quote.level, quote.author.is_nobody, quote.number))


def _joined(pieces: list[str], characters: int) -> str:
    """The pieces with blank lines between them, as far as ``characters`` of the mail pay for these."""
    spare = characters - len(stripped("".join(pieces)))
    text = pieces[0]
    for piece in pieces[1:]:
        if spare > 0 and not text.endswith("\n\n"):
            text += "\n"
            spare -= 1
        text += piece
    return stripped(text)


def stripped(text: str) -> str:
    """A text without white space and invisible marks at its ends."""
    return text.strip(_EDGES).strip()


class Said:
    """Everything that is said in a source, so that it is recognised where it is quoted, also with other line breaks.

    A few words ("Agreed.") count as said only by who said them.
    """

    def __init__(self, mails: Iterable[Mail]) -> None:
        self._said: set[int] = set()
        for mail in mails:
            self.add(
                "".join(part.text for part in mail.body.parts if part.reason == OWN), Author(mail.name, mail.address)
            )

    def add(self, text: str, author: Author) -> None:
        lines, clauses = _pieces(text)
        self._said.update(map(hash, lines))
        self._said.update(map(hash, clauses))
        who = [name for name in (author.name.casefold(), author.address) if name]
        self._said.update(hash((name, line)) for line in lines if len(line) < _TELLING_LINE for name in who)

    def holds(self, text: str, author: Author) -> bool:
        """Whether most of ``text`` is there."""
        lines, clauses = _pieces(text)
        if self._most(lines, _TELLING_LINE) or self._most(clauses, _TELLING_CLAUSE):
            return True
        if any(len(line) >= _TELLING_LINE for line in lines) or any(
            len(clause) >= _TELLING_CLAUSE for clause in clauses
        ):
            return False
        who = author.address or author.name.casefold()
        return bool(lines) and all(hash((who, line) if who else line) in self._said for line in lines)

    def _most(self, pieces: list[str], telling: int) -> bool:
        """Whether most of ``pieces`` are there, by their length, and one of them is long enough to tell."""
        known = [piece for piece in pieces if hash(piece) in self._said]
        if not any(len(piece) >= telling for piece in known):
            return False
        return sum(map(len, known)) >= sum(map(len, pieces)) * _KNOWN_SHARE


def _pieces(text: str) -> tuple[list[str], list[str]]:
    """The lines and the clauses of a text, without white space."""
    lines = [squeezed for line in text.split("\n") if (squeezed := "".join(line.split()))]
    clauses: list[str] = []
    for paragraph in _PARAGRAPH.split(text):
        clauses += [clause for clause in _CLAUSE.split("".join(paragraph.split())) if clause]
    return lines, clauses
