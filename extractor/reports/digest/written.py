"""The digest as JSON, Markdown and plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from extractor.reports.digest.model import Digest
from extractor.reports.digest.page import Item, Page, Section, more_text, page_of
from extractor.reports.documents import json_text
from extractor.reports.text import markdown

WIDTH = 76
"""Columns of the plain text; mail programs do not wrap what is shorter (RFC 5322 asks for 78)."""


def as_json(digest: Digest) -> str:
    """The digest's own JSON with ``subject`` and ``is_empty``, texts as they are; one digest, the same bytes."""
    page = page_of(digest)
    values = digest.model_dump(mode="json", by_alias=True)
    return json_text({**values, "subject": page.subject, "is_empty": digest.is_empty}, indent=2)


def as_markdown(digest: Digest) -> str:
    """The digest for a file or a page that shows Markdown."""
    page = page_of(digest)
    lines = [f"# {markdown(page.title)}", "", _headline_markdown(page), "", f"*{markdown(page.period)}*", ""]
    for section in page.sections:
        lines += [f"## {section.title} ({section.total:,})", ""]
        lines += [f"*{section.note}*", ""] if section.note else []
        for item in section.items:
            lines += _item_markdown(item)
        more = more_text(section)
        lines += [f"- … {more}", ""] if more else [""]
    lines += ["---", "", page.footer, ""]
    return "\n".join(line for line, before in zip(lines, ["", *lines], strict=False) if line or before) + "\n"


def _headline_markdown(page: Page) -> str:
    return " · ".join(f"**{number:,}** {what}" for number, what, _ in page.headline) or "Nothing new."


def _item_markdown(item: Item) -> Iterable[str]:
    tags = "".join(f" _{markdown(tag)}_" for tag in item.tags)
    facts = f" — {markdown(', '.join(item.facts))}" if item.facts else ""
    yield f"- **{markdown(item.text)}**{tags}{facts}"
    for label, text in item.related:
        yield f"  - {markdown(label)}: {markdown(text)}"
    if item.quote:
        yield ""
        yield f"  > “{markdown(item.quote)}”"
        yield "  >"
        yield f"  > — {_source_markdown(item)}"
        yield ""
    elif item.said or item.id:
        yield f"  - {_source_markdown(item)}"


def _source_markdown(item: Item) -> str:
    shown = f"ID {markdown(item.id)}" if item.id else ""
    return " · ".join(part for part in (markdown(item.said), shown) if part)


def as_text(digest: Digest) -> str:
    """The digest in plain text, for mail programs that show nothing else."""
    page = page_of(digest)
    lines = [page.title, "=" * min(len(page.title), WIDTH), ""]
    lines += textwrap.wrap(
        ", ".join(f"{number:,} {what}" for number, what, _ in page.headline) or "Nothing new.", WIDTH
    )
    lines += [page.period, ""]
    for section in page.sections:
        lines += _section_text(section)
    lines += ["-- ", *textwrap.wrap(page.footer.replace("`", ""), WIDTH)]
    return "\n".join(lines) + "\n"


def _section_text(section: Section) -> Iterable[str]:
    title = f"{section.title.upper()} ({section.total:,})"
    yield title
    if section.note:
        yield from textwrap.wrap(section.note, WIDTH)
    yield ""
    for item in section.items:
        yield from _item_text(item)
    more = more_text(section)
    if more:
        yield from (f"* … {more}", "")


def _item_text(item: Item) -> Iterable[str]:
    tags = "".join(f" [{tag}]" for tag in item.tags)
    yield from _wrapped(f"{item.text}{tags}", "* ", "  ")
    if item.facts:
        yield from _wrapped(", ".join(item.facts), "  ")
    for label, text in item.related:
        yield from _wrapped(f"{label}: {text}", "  ")
    if item.quote:
        yield from _wrapped(f"“{item.quote}”", "    ")
    source = " · ".join(part for part in (item.said, f"ID {item.id}" if item.id else "") if part)
    if source:
        yield from _wrapped(source, "    — " if item.quote else "  ", "      " if item.quote else "  ")
    yield ""


def _wrapped(text: str, first: str, rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest if rest is not None else first, break_on_hyphens=False
    )
