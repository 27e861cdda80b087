"""The page of an evaluation as Markdown, its plots in files beside it or left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from extractor.reports.evaluation.gallery import KINDS, Error, Gallery
from extractor.reports.evaluation.page import (
    MEANINGS,
    TITLES,
    VERDICTS,
    Page,
    Section,
    nearest_text,
    share,
    shown_text,
    type_name,
)
from extractor.reports.evaluation.passages import CUT, Line, Part
from extractor.reports.evaluation.tables import HEADINGS, as_markdown, figure_text
from extractor.reports.text import count, markdown


def as_paper(page: Page, pictures: Mapping[str, str] | None = None) -> str:
    """The page in Markdown. ``pictures`` gives the files of plots by their names; plots without one are left out."""
    lines = [f"# {markdown(page.title)}", ""]
    lines += [f"- **{name}**: {markdown(value)}" for name, value in page.facts]
    lines += [f"\n> **Note**: {markdown(remark)}" for remark in page.remarks]
    lines += ["", *_summary(page)]
    for section in page.sections:
        lines += ["", *_section(section, pictures or {})]
    lines += ["", *_legend(page)]
    lines += ["", *_gallery(page.gallery)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _summary(page: Page) -> Iterable[str]:
    for line in page.summary:
        f1, precision, recall = (markdown(figure_text(one)) for one in (line.f1, line.precision, line.recall))
        yield f"- **{HEADINGS[line.type]}**: F1 {f1}, precision {precision}, recall {recall}; {line.counts}"


def _legend(page: Page) -> Iterable[str]:
    """Folded where Markdown is shown with HTML, plain to read where it is not."""
    if not page.legend:
        return
    yield "<details><summary>What the rows mean</summary>\n"
    yield from (f"- **{markdown(name)}**: {markdown(said)}" for name, said in page.legend)
    yield "\n</details>"


def _section(section: Section, pictures: Mapping[str, str]) -> Iterable[str]:
    yield as_markdown(section.table).rstrip("\n")
    for plot in section.plots:
        if not plot.svg:
            yield f"\n**{plot.caption}**: {markdown(plot.description)}"
        elif plot.name in pictures:
            yield f"\n![{markdown(f'{plot.title}. {plot.description}')}]({quote(pictures[plot.name])})"


def _gallery(found: Gallery) -> Iterable[str]:
    yield "## Errors\n"
    for kind in KINDS:
        yield f"- **{TITLES[kind]}** ({MEANINGS[kind]}): {shown_text(found, kind)}"
    for name, reason in found.failed:
        yield f"- **Failed**: {markdown(name)}: {markdown(reason)}"
    for talk in found.talks:
        yield f"\n### {markdown(talk.title)}\n\n{markdown(talk.id)}"
        for kind in KINDS:
            errors = talk.of(kind)
            if errors:
                yield f"\n#### {TITLES[kind]}\n"
                yield "\n\n".join("\n".join(_error(error)) for error in errors)


def _error(error: Error) -> Iterable[str]:
    stated = f", confidence {share(error.confidence)}" if error.confidence is not None else ""
    yield f"- **{type_name(error.type).capitalize()}{stated}**: {markdown(error.text)}"
    told = [*error.facts, *([VERDICTS[error.verdict]] if error.verdict else [])]
    if told:
        yield f"  - {markdown(', '.join(told))}"
    for field in error.fields:
        yield f"  - **{field.name}**: {markdown(field.predicted)}; label: {markdown(field.labelled)} ({field.what})"
    yield f"  - {nearest_text(error)}{' ' + markdown(error.nearest.text) if error.nearest else ''}"
    for line in error.passage.lines:
        if line.gap:
            yield f"    -{CUT.rstrip()}"
        yield f"    - {_line(line)}"
    if error.passage.more:
        yield f"    - and {count(error.passage.more, 'more turn')}"
    for lost in error.passage.lost:
        yield f"  - Not in the conversation: {markdown(lost)}"


def _line(line: Line) -> str:
    words = "".join(map(_part, line.parts)).strip()
    return f"{markdown(line.when or f'turn {line.turn}')} **{markdown(line.speaker)}**: {words}"


def _part(part: Part) -> str:
    """Words within a line: escaped, the blanks at their ends kept, and nothing taken for the beginning of a line."""
    words = markdown(f"x{part.text}x")[1:-1]
    return f"<b>{words}</b>" if part.marked else words
