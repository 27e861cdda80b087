"""Slack's message markup -> text as people read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from extractor.sources.decoding import whole_characters

_REFERENCE = re.compile(r"<([^<>]+)>")


def readable(text: str, name_of: Callable[[str], str], channel_of: Callable[[str], str]) -> str:
    """Mentions as ``@name``, channels as ``#name``, links as their address or ``label (address)``, entities decoded.

    ``name_of`` gives the name of a user id and ``channel_of`` of a channel id, or the id itself.
    """

    def replace(match: re.Match[str]) -> str:
        target, _, label = match.group(1).partition("|")
        if target.startswith("@"):
            return f"@{label or name_of(target[1:])}"
        if target.startswith("#"):
            return f"#{label or channel_of(target[1:])}"
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


def text_of_blocks(blocks: object) -> str:
    """The text of a message's layout blocks, in the markup of ``text`` fields; a line for each block."""
    parts = [_block(block) for block in blocks if isinstance(block, Mapping)] if isinstance(blocks, list) else []
    return "\n".join(part for part in parts if part)


def _block(block: Mapping[str, Any]) -> str:
    kind = block.get("type")
    if kind in ("rich_text", "rich_text_list", "rich_text_section", "rich_text_quote", "rich_text_preformatted"):
        between = "\n" if kind in ("rich_text", "rich_text_list") else ""
        elements = block.get("elements")
        parts = [_block(part) for part in elements if isinstance(part, Mapping)] if isinstance(elements, list) else []
        return between.join(parts)
    if kind in ("section", "header", "context"):
        fields = block.get("fields") or block.get("elements") or []
        parts = [_plain(block.get("text")), *(_plain(part) for part in fields if isinstance(fields, list))]
        return "\n".join(part for part in parts if part)
    return _inline(block)


def _inline(element: Mapping[str, Any]) -> str:
    kind = element.get("type")
    if kind == "text":
        return _escape(_string(element.get("text")))
    if kind == "link":
        url, label = _string(element.get("url")), _string(element.get("text"))
        return f"<{url}|{label}>" if label else f"<{url}>"
    if kind == "user":
        return f"<@{_string(element.get('user_id'))}>"
    if kind == "channel":
        return f"<#{_string(element.get('channel_id'))}>"
    if kind == "broadcast":
        return f"<!{_string(element.get('range'))}>"
    if kind == "usergroup":
        return f"<!subteam^{_string(element.get('usergroup_id'))}>"
    if kind == "emoji":
        return f":{_string(element.get('name'))}:"
    return ""


def _plain(part: object) -> str:
    if isinstance(part, Mapping):
        text = part.get("text")
        return _plain(text) if isinstance(text, Mapping) else _string(text)
    return _string(part)


def _string(value: object) -> str:
    return whole_characters(value) if isinstance(value, str) else ""


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
