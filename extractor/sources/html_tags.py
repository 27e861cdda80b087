"""HTML -> tags and text with their places in the source, in one pass that takes no longer than the text is long.

Not by :mod:`html.parser`: until Python 3.11.14 it takes quadratic time on unclosed tags and comments, and it raises for
declarations that are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TAG = re.compile(
    r"<(?:(/)?([a-zA-Z][^\s/<>]{0,40})((?:[^<>\"']|\"[^\"<]{0,10000}\"|'[^'<]{0,10000}')*)>"
    r"|(/)?([a-zA-Z][^\s/<>]{0,40})([^<>]*)>|(!--)|[!?][^<>]*>)"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,20})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SCRIPTS = frozenset(("script", "style"))


class Token(NamedTuple):
    """A tag from ``start`` to ``end``, or text where ``markup`` is False.

    ``name`` is in lower case, and empty for a comment, a declaration or an element that is skipped; ``written`` are the
    attributes as they stand in the tag.
    """

    start: int
    end: int
    name: str = ""
    closing: bool = False
    written: str = ""
    markup: bool = True

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes; see :func:`attributes_of`."""
        return attributes_of(self.written)

    @property
    def classes(self) -> frozenset[str]:
        """The classes, case-folded."""
        return frozenset(self.attributes.get("class", "").casefold().split())

    @property
    def id(self) -> str:
        """The id, or the name as an anchor, case-folded."""
        attributes = self.attributes
        return (attributes.get("id") or attributes.get("name") or "").casefold()


def tokens(html: str, skipped: frozenset[str] = _SCRIPTS) -> Iterator[Token]:
    """The tags and the text of ``html``. All between the tags of an element in ``skipped`` belongs to the first."""
    at = 0
    lower = ""
    unclosed: set[str] = set()
    for tag in _TAG.finditer(html):
        if tag.start() < at:
            continue
        if at < tag.start():
            yield Token(at, tag.start(), markup=False)
        at = tag.end()
        closing, name = bool(tag[1] or tag[4]), (tag[2] or tag[5] or "").lower()
        if tag[7]:
            end = html.find("-->", at) if "!--" not in unclosed else -1
            unclosed.update(("!--",) if end < 0 else ())
            at = end + 3 if end >= 0 else at
        elif name in skipped and not closing:
            lower = lower or _lower_ascii(html)
            end = lower.find(f"</{name}", at) if name not in unclosed else -1
            unclosed.update((name,) if end < 0 else ())
            at, name = end if end >= 0 else at, ""
        yield Token(tag.start(), at, name, closing, tag[3] or tag[6] or "")
    if at < len(html):
        yield Token(at, len(html), markup=False)


def attributes_of(written: str) -> dict[str, str]:
    """The attributes of a tag by their names in lower case, entities left as they are."""
    if "=" not in written:
        return {}
    return {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(written)}


def _lower_ascii(html: str) -> str:
    """Lower case without a change of length, as ``lower()`` may bring."""
    return html.translate({upper: upper + 32 for upper in range(65, 91)})
