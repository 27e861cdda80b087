"""The digest as a message for Slack's incoming webhook.

Texts stand in ``rich_text`` blocks, whose text elements Slack shows as they are: unlike ``mrkdwn``, which has no escape
for ``*``, ``_``, ``~`` and backticks, nothing in them becomes formatting, a link or a mention.
Limits: 50 blocks a message and 150 characters a header (docs.slack.dev, Block Kit); a message of more than about 13,000
characters of blocks is refused with ``msg_blocks_too_long`` (slackapi/bolt-js issue 2509), so this one stays below.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from extractor.reports.digest.model import Digest
from extractor.reports.digest.page import Item, Page, Section, Tone, cut, page_of

BLOCKS: Final = 50
BLOCK_CHARACTERS: Final = 3_000
MESSAGE_CHARACTERS: Final = 12_000
HEADER_CHARACTERS: Final = 150

Block = dict[str, Any]
_CONTROL: Final = re.compile(r"<(?=[!@#/a-z])", re.IGNORECASE)
_JOINER: Final = "\u2060"
_WEIGHTS: Final[dict[Tone, int]] = {"new": 3, "needs": 1, "problem": 1}


def as_slack(digest: Digest) -> dict[str, Any]:
    """What to POST: ``text`` for notifications and for servers without blocks, and ``blocks``."""
    page = page_of(digest)
    start = [_header(page), _context(_headline(page))]
    end = _context(f"{page.period} · {page.footer}")
    room = MESSAGE_CHARACTERS - _size([*start, end])
    return {
        "text": escaped(page.subject),
        "blocks": [*start, *_sections(page, room, BLOCKS - len(start) - 1), end],
        "unfurl_links": False,
        "unfurl_media": False,
    }


def escaped(text: str) -> str:
    """``text`` for a field that Slack parses: its three control characters as entities, so that no mention pings."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _header(page: Page) -> Block:
    return {"type": "header", "text": _plain_text(page.title, HEADER_CHARACTERS)}


def _headline(page: Page) -> str:
    return " · ".join(f"{number:,} {what}" for number, what, _ in page.headline) or "Nothing new."


def _context(text: str) -> Block:
    return {"type": "context", "elements": [_plain_text(text.replace("`", ""))]}


def _plain_text(text: str, characters: int = BLOCK_CHARACTERS) -> Block:
    return {"type": "plain_text", "text": cut(_parted(text), characters), "emoji": False}


def _parted(text: str) -> str:
    """``text`` with a word joiner between ``<`` and what would make a mention of it, should anything parse it."""
    return _CONTROL.sub(f"<{_JOINER}", text)


def _sections(page: Page, room: int, blocks: int) -> list[Block]:
    """A block a section. Each has its part of ``room`` by weight; what one leaves over goes to those after it."""
    made: list[Block] = []
    sections = page.sections[:blocks]
    weights = [_WEIGHTS[section.tone] for section in sections]
    for number, section in enumerate(sections):
        block = _section(section, room * weights[number] // sum(weights[number:]))
        made.append(block)
        room -= _size([block])
    return made


def _section(section: Section, room: int) -> Block:
    items = list(section.items)
    while True:
        block = _block(section, items)
        if not items or (_size([block]) <= room and _characters(block) <= BLOCK_CHARACTERS):
            return block
        items.pop()


def _block(section: Section, items: Sequence[Item]) -> Block:
    title = [_text(f"{section.title} ({section.total:,})", bold=True)]
    if section.note:
        title.append(_text(f"\n{section.note}", italic=True))
    elements: list[Block] = [{"type": "rich_text_section", "elements": title}]
    lines = [{"type": "rich_text_section", "elements": _item(item)} for item in items]
    more = max(section.total - section.elsewhere - len(items), 0)
    if more:
        lines.append({"type": "rich_text_section", "elements": [_text(f"and {more:,} more", italic=True)]})
    if lines:
        elements.append({"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": lines})
    return {"type": "rich_text", "elements": elements}


def _item(item: Item) -> list[Block]:
    parts = [_text(item.text, bold=True)]
    parts += [_text(f"  [{tag}]") for tag in item.tags]
    if item.facts:
        parts.append(_text(f"\n{' · '.join(item.facts)}"))
    parts += [_text(f"\n{label}: {text}") for label, text in item.related]
    if item.quote:
        parts.append(_text(f"\n“{item.quote}”", italic=True))
    source = " · ".join(part for part in (item.said, item.id) if part)
    return [*parts, _text(f"\n{source}")] if source else parts


def _text(text: str, **style: bool) -> Block:
    element: Block = {"type": "text", "text": _parted(text)}
    return {**element, "style": style} if style else element


def _size(blocks: Sequence[Block]) -> int:
    return len(json.dumps(blocks, ensure_ascii=False))


def _characters(block: Block) -> int:
    if block.get("type") == "text":
        return len(block["text"])
    return sum(_characters(element) for element in block.get("elements", ()))
