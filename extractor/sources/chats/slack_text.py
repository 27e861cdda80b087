"""Slack's message markup -> text as people read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from extractor.sources.values import mappings, string

_REFERENCE = re.compile(r"<([^<>]+)>")
_RICH = frozenset(("rich_text", "rich_text_list", "rich_text_section", "rich_text_quote", "rich_text_preformatted"))
_WORDS = frozenset(
    "text url user_id channel_id usergroup_id name range fallback alt_text title_text value display_text".split()
)
_BUTTONS = frozenset(("actions", "input"))


def readable(text: str, name_of: Callable[[str], str], channel_of: Callable[[str], str]) -> str:
    """Mentions as ``@name``, channels as ``#name``, links as their address or ``label (address)``, entities decoded.

    ``name_of`` gives the name of a user id and ``channel_of`` of a channel id, or the id itself.
    """
    if "<" not in text:
        return unescape(text) if "&" in text else text

    def replace(match: re.Match[str]) -> str:
        target, _, label = match.group(1).partition("|")
        if target.startswith("@"):
            return f"@{(label or name_of(target[1:])).removeprefix('@')}"
        if target.startswith("#"):
            return f"#{(label or channel_of(target[1:])).removeprefix('#')}"
        if target.startswith("!"):
            return _special(target[1:], label)
        return _link(target, label)

    return unescape(_REFERENCE.sub(replace, text))


def _special(target: str, label: str) -> str:
    if label:
        return label if label.startswith("@") or target.startswith("date") else f"@{label}"
    return f"@{target.split('^')[0]}"


def _link(target: str, label: str) -> str:
    bare = target.removeprefix("mailto:").removeprefix("tel:")
    if not label or label in (target, bare) or target.endswith(f"//{label}"):
        return bare
    return label if bare != target else f"{label} ({bare})"


def unescape(text: str) -> str:
    """Slack escapes three characters and no others."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def is_rich_text(block: Mapping[str, Any]) -> bool:
    """Whether a block is what a person typed, which ``text`` fields repeat; programs lay out other blocks."""
    return block.get("type") == "rich_text"


def text_of_blocks(blocks: object) -> str:
    """The text of a message's layout blocks, in the markup of ``text`` fields; a line for each block."""
    parts = [text_of_block(block) for block in mappings(blocks)]
    return "\n".join(part for part in parts if part)


def text_of_block(block: Mapping[str, Any]) -> str:
    """The text of one block, without the labels of its buttons."""
    kind = string(block.get("type"))
    if kind in _RICH:
        between = "\n" if kind in ("rich_text", "rich_text_list") else ""
        return between.join(text_of_block(part) for part in mappings(block.get("elements")))
    if kind in ("section", "header", "context", "markdown"):
        fields = [*mappings(block.get("fields")), *mappings(block.get("elements"))]
        parts = [_plain(block.get("text")), *(_plain(part) for part in fields)]
        return "\n".join(part for part in parts if part)
    if kind == "table":
        rows = block.get("rows") if isinstance(block.get("rows"), list) else []
        return "\n".join(" | ".join(text_of_block(cell) for cell in mappings(row)) for row in rows or [])
    if kind in ("image", "video"):
        return _plain(block.get("title")) or string(block.get("alt_text"))
    return _inline(block)


def _inline(element: Mapping[str, Any]) -> str:
    kind = element.get("type")
    if kind in ("text", "raw_text"):
        return _escape(string(element.get("text")))
    if kind == "link":
        url, label = string(element.get("url")), string(element.get("text"))
        return f"<{url}|{label}>" if label else f"<{url}>"
    if kind == "user":
        return f"<@{string(element.get('user_id'))}>"
    if kind == "channel":
        return f"<#{string(element.get('channel_id'))}>"
    if kind == "broadcast":
        return f"<!{string(element.get('range'))}>"
    if kind == "usergroup":
        return f"<!subteam^{string(element.get('usergroup_id'))}>"
    if kind == "emoji":
        return f":{string(element.get('name'))}:"
    if kind == "date":
        return _escape(string(element.get("fallback")))
    if kind == "color":
        return string(element.get("value"))
    return ""


def _plain(part: object) -> str:
    if isinstance(part, Mapping):
        text = part.get("text")
        shown = _plain(text) if isinstance(text, Mapping) else string(text)
        return shown or (string(part.get("alt_text")) if part.get("type") == "image" else "")
    return string(part)


def letters_of_blocks(blocks: object) -> tuple[int, int]:
    """How many characters blocks spend on what they say, and how many on the labels of their buttons."""
    said = buttons = 0
    for block in mappings(blocks):
        letters = _letters(block)
        if string(block.get("type")) in _BUTTONS:
            buttons += letters
        else:
            on_button = _letters(block["accessory"]) if "accessory" in block else 0
            said, buttons = said + letters - on_button, buttons + on_button
    return said, buttons


def _letters(value: object) -> int:
    """The characters of the strings in ``value`` that stand under a key for words."""
    letters, waiting = 0, [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            for key, inner in each.items():
                if isinstance(inner, str):
                    letters += len(inner) if key in _WORDS else 0
                elif isinstance(inner, (dict, list)):
                    waiting.append(inner)
    return letters


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
