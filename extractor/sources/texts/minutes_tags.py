"""HTML -> tags and text with their places in the source, in one pass that takes no longer than the text is long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from types import MappingProxyType
from typing import NamedTuple

_TAG = re.compile(
    r"<(?:(?P<close>/)?(?P<name>[a-zA-Z][^\s/<>]{0,40})(?P<attributes>[^<>]*)>|(?P<comment>!--)|[!?][^<>]*>)"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,20})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NONE: Mapping[str, str] = MappingProxyType({})
_RAW = frozenset(("script", "style"))


class Token(NamedTuple):
    """A tag from ``start`` to ``end``, its ``name`` in lower case, or text where ``markup`` is False."""

    start: int
    end: int
    name: str = ""
    closing: bool = False
    attributes: Mapping[str, str] = _NONE
    markup: bool = True

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").casefold().split())

    @property
    def id(self) -> str:
        return (self.attributes.get("id") or self.attributes.get("name") or "").casefold()


def tokens(html: str) -> Iterator[Token]:
    """The tags and the text of ``html``. Comments, declarations, scripts and style sheets are markup without a name."""
    at = 0
    dead: set[str] = set()
    for tag in _TAG.finditer(html):
        if tag.start() < at:
            continue
        if at < tag.start():
            yield Token(at, tag.start(), markup=False)
        at = tag.end()
        name = (tag["name"] or "").lower()
        if tag["comment"]:
            closed = html.find("-->", at) if "!--" not in dead else -1
            dead.update(("!--",) if closed < 0 else ())
            at = closed + 3 if closed >= 0 else at
        elif name in _RAW and not tag["close"] and name not in dead:
            closed = html.find(f"</{name}", at)
            dead.update((name,) if closed < 0 else ())
            at = closed if closed >= 0 else at
            name = ""
        yield Token(tag.start(), at, name, bool(tag["close"]), _attributes(tag["attributes"] or ""))
    if at < len(html):
        yield Token(at, len(html), markup=False)


def _attributes(written: str) -> Mapping[str, str]:
    if "=" not in written:
        return _NONE
    return {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(written)}


class Run(NamedTuple):
    """Text without white space other than single blanks, from ``start`` in the source; an entity's where it is one.

    ``spaced`` is whether white space stands before it.
    """

    text: str
    start: int
    end: int
    spaced: bool


_WORDS = re.compile(r"\S+(?: \S+)*")


def runs(html: str, start: int, end: int) -> Iterator[Run]:
    """The words of the text from ``start`` to ``end``, entities decoded. A last run without text tells of a space."""
    at, spaced = start, False
    for entity in _ENTITY.finditer(html, start, end):
        for run in _words(html, at, entity.start(), spaced):
            spaced = run.spaced if not run.text else False
            if run.text:
                yield run
        at = entity.end()
        text = unescape(entity.group())
        if text.isspace():
            spaced = True
        else:
            yield Run(text, entity.start(), entity.end(), spaced)
            spaced = False
    yield from _words(html, at, end, spaced)


def _words(html: str, start: int, end: int, spaced: bool) -> Iterator[Run]:
    at = start
    for words in _WORDS.finditer(html, start, end):
        yield Run(words.group(), words.start(), words.end(), spaced or words.start() > at)
        at, spaced = words.end(), False
    if at < end or spaced:
        yield Run("", end, end, True)
