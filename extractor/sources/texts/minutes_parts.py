"""What minutes have in common, whatever they are written in: keywords, days, attendees, and who is meant by a label."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from extractor.sources.people import fold_name, without_pronouns
from extractor.sources.times import day_in_order, day_of, month_of_abbreviation

SAVE_AGAIN = "Save the minutes again."

CONTINUED = re.compile(r"(?:\.{3,5}|…)[ \t\u00a0]*+(?=\S)")
"""What a scribe puts before words that go on with the same speaker."""

_KEYWORD = re.compile(
    r"(?:draft |proposed |new )?(?:resolution|resolved|proposal|proposed|action|action item|decision|decided|agreed"
    r"|agreement|consensus|conclusion|outcome|issue|straw ?poll|vote|votes|poll|summary|note|todo|ai|ais|ar)s?"
    r"(?:[ \-]?#?\d{1,6})?$",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\W{0,6}(?:draft |proposed )?(?:resolution|resolved|action|action item|decision|decided|agreed|consensus"
    r"|conclusion)s?"
    r"(?:[ \-/]?#?\w{1,12})?\W{0,3}:",
    re.IGNORECASE,
)
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAYS = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?(?: of)?[ _-]{_MONTH},?[ _-](?P<y>(?:19|20)\d{{2}})\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_MONTH}[ _](?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[ _]{{1,2}}(?P<y>(?:19|20)\d{{2}})\b", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d{2})(?!\d)"),
)
_SLASHES = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d{2})(?!\d)")
_LONGEST_DAY = 400
_LONGEST_ENTRY = 400

_LINK = re.compile(r"!?\[(?P<label>[^\[\]\n]{0,300})\]\((?P<target>[^()\s]{0,500})\)")
_INITIALS = re.compile(r"(?P<name>[^()\[\]]{2,80}?)\s*[(\[](?P<short>[A-Z][A-Za-z]{1,4})[)\]]\s*$")
_HANDLE = re.compile(r"\s*\(?@(?P<handle>[\w-]{1,60})\)?")
_SHORT = re.compile(r"[A-Z][A-Z0-9]{1,4}$")
_ORGANISATION = re.compile(r"\s+(?:[-–—|/]{1,2})\s+.{1,80}$|\s*\([^()]{1,80}\)\s*$|,\s.{1,80}$")
_SPLIT = re.compile(r"[,;]|\s(?:and|und|et|y)\s")


def is_keyword(label: str) -> bool:
    """Whether the word before a colon opens an outcome or a note (``RESOLUTION``, ``Action 12``), and is nobody."""
    return bool(_KEYWORD.match(label.strip(" *_")))


def is_outcome(text: str) -> bool:
    """Whether a line says what was resolved or who is to do something, in so many words."""
    return bool(_OUTCOME.match(text))


def days_in(text: str, day_first: bool | None = None) -> list[date]:
    """The days that a short text names, in their order of kind; 3/4/2026 only where it is known which comes first."""
    head, found = text[:_LONGEST_DAY], []
    for form in _DAYS:
        for match in form.finditer(head):
            parts = match.groupdict()
            month = int(parts["m"]) if parts.get("m") else month_of_abbreviation(parts.get("month") or "") or 0
            day = day_of(int(match["y"]), month, int(match["d"]))
            found += [day] if day else []
    if found:
        return found
    for match in _SLASHES.finditer(head):
        day = day_in_order(int(match[1]), int(match[2]), int(match[3]), day_first=day_first)
        found += [day] if day else []
    return found


def plain(text: str) -> str:
    """Words of a heading or a label without Markdown: links as their label, emphasis and code marks taken off."""
    words = _LINK.sub(lambda link: link["label"], text) if "](" in text else text
    return fold_name(words.replace("**", "").replace("__", "").replace("`", "")).strip("*_ ")


@dataclass
class Roster:
    """The people that minutes list. ``short`` maps an abbreviation, case-folded, to the name that it stands for.

    A scribe may also write initials that the list does not explain: they are somebody's, but stand for no name.
    """

    names: dict[str, str] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    _words: set[str] = field(default_factory=set)
    _initials: set[str] = field(default_factory=set)

    def add(self, written: str, abbreviation: str = "") -> None:
        """Take up somebody as the list writes it: ``Ana Li (AL)``, ``Ana Li - Nordwind``, ``[x] @ana``."""
        if len(written) > _LONGEST_ENTRY:
            return
        bare = plain(written).strip(" .:-–—*•")
        found = _INITIALS.match(bare)
        if found and not abbreviation and _fits_initials(found["short"], found["name"]):
            bare, abbreviation = found["name"].strip(), found["short"]
        handle = _HANDLE.search(bare)
        if handle:
            without = (bare[: handle.start()] + bare[handle.end() :]).strip(" ()")
            bare = without or handle["handle"]
        bare = without_pronouns(bare)
        name = _ORGANISATION.sub("", bare).strip() or bare
        if not name or len(name) > 80 or not any(character.isalpha() for character in name):
            return
        if name.casefold() not in self.names:
            self.names[name.casefold()] = name
            words = [word.strip(".,()") for word in name.casefold().replace("_", " ").split()]
            self._words.update(word for word in words if len(word) > 1)
            self._initials |= _initials_of([word for word in words if word])
        if _SHORT.match(abbreviation) or (abbreviation and abbreviation[0].isupper() and len(abbreviation) < 6):
            self.short.setdefault(abbreviation.casefold(), name)

    def add_list(self, written: str) -> None:
        """Take up the people of ``Ana Li (AL), Ben and Chen``."""
        for name in _SPLIT.split(plain(written)):
            if name.strip() and len(name.split()) <= 8:
                self.add(name)

    def lists(self, label: str) -> bool:
        """Whether a label is somebody listed: by the full name, an abbreviation, initials, or one word of the name."""
        folded = label.casefold().replace("_", " ")
        return folded in self.short or folded in self._words or folded in self.names or folded in self._initials


def _initials_of(words: list[str]) -> set[str]:
    """``al`` and ``ail`` for Ana Ida Li."""
    return {words[0][0] + words[-1][0], "".join(word[0] for word in words)} if len(words) > 1 else set()


def _fits_initials(short: str, name: str) -> bool:
    """Whether ``AL`` can be short for ``Ana Li``: it is all capitals, or begins with the letter that the name does."""
    return short.isupper() or (short[0] == name.strip()[0] and len(short) <= 4)
