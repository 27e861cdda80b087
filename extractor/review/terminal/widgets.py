"""The parts that screens are made of: panes that say when they hold more, fields that wrap, styled turns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.message import Message
from textual.widgets import TextArea

from extractor.reports.text import plain
from extractor.review.terminal.card import BRIEF
from extractor.review.terminal.context import Line
from extractor.review.terminal.words import shown

MARK: Final = "reverse"
GAP: Final = "   "

CSS: Final = """
Screen { background: ansi_default; color: ansi_default; layout: vertical; }
Static { height: auto; }
#head { text-style: bold; height: 1; }
#keys { dock: bottom; }
#note { max-height: 7; padding: 0 1; text-style: bold; overflow-y: auto; }
#body { height: 1fr; layout: vertical; }
Pane {
    border-top: solid ansi_default; border-title-style: bold; padding: 0 1; background: ansi_default;
    scrollbar-size-vertical: 1; scrollbar-color: ansi_white; scrollbar-background: ansi_default;
    scrollbar-color-hover: ansi_white; scrollbar-color-active: ansi_white;
    scrollbar-background-hover: ansi_default; scrollbar-background-active: ansi_default;
}
Pane:focus { border-top: heavy ansi_default; }
#card { height: auto; max-height: 50%; }
#context, #form { height: 1fr; }
.-wide #body { layout: horizontal; }
.-wide #card { width: 45%; height: 1fr; max-height: 100%; }
.-wide #context { width: 55%; }
ModalScreen { align: center bottom; background: transparent; }
#box {
    width: 100%; max-width: 100; height: auto; max-height: 95%; border: round ansi_default; padding: 0 1;
    background: ansi_default; border-title-style: bold;
}
#told { max-height: 8; overflow-y: auto; }
Field { height: auto; min-height: 1; max-height: 6; background: ansi_default; border: none; padding: 0; }
Field:focus { border: none; text-style: none; }
Field.boxed, Field.boxed:focus { border: round ansi_default; max-height: 8; }
.row { height: auto; layout: horizontal; }
.row Static { width: 15; text-style: bold; }
.row Static.long { width: 1fr; text-style: italic; }
.row:focus-within Static { text-style: bold reverse; }
#below { margin-top: 1; }
OptionList, OptionList:focus {
    border: none; padding: 0; background: ansi_default; height: auto; max-height: 60vh; scrollbar-size-vertical: 1;
    scrollbar-color: ansi_white; scrollbar-background: ansi_default;
}
OptionList > .option-list--option { padding: 0; }
OptionList:focus > .option-list--option-highlighted, OptionList > .option-list--option-highlighted {
    background: ansi_default; color: ansi_default; text-style: bold;
}
#turns, #turns:focus { height: 1fr; max-height: 100%; }
"""


class Pane(VerticalScroll):
    """Something to scroll in, which says in its title whether more of it is above or below."""

    name_of: str = ""

    def title(self, words: str) -> None:
        """What the pane is called; plain words of ours, or words made safe."""
        self.name_of = words
        self._sign()

    def on_mount(self) -> None:
        self.watch(self, "scroll_y", self._sign, init=False)
        self.watch(self, "virtual_size", self._later, init=False)

    def on_resize(self) -> None:
        self._later()

    def _later(self) -> None:
        self.call_after_refresh(self._sign)

    def _sign(self) -> None:
        above, below = self.scroll_y > 0, round(self.max_scroll_y - self.scroll_y) > 0
        sign = {(True, True): " — more above and below", (True, False): " — more above", (False, True): " — more below"}
        self.border_title = Content(f"{self.name_of}{sign.get((above, below), '')}")


class Field(TextArea):
    """Words to write, which wrap instead of running out of the line; Enter hands them in."""

    class Submitted(Message):
        """Enter was pressed."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

    def __init__(self, text: str = "", *, hint: str = "", id: str | None = None, classes: str | None = None) -> None:
        super().__init__(
            shown(text), id=id, classes=classes, compact=classes is None, highlight_cursor_line=False, placeholder=hint
        )

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self))
            return
        await super()._on_key(event)
        event.prevent_default()

    def edit(self, edit: Edit) -> EditResult:
        """Puts in what was typed or pasted, on one line, and nothing that a terminal would obey."""
        edit.text = shown(edit.text).replace("\n", " ")
        return super().edit(edit)


def labelled(lines: Iterable[tuple[str, str]], width: int = 0) -> Content:
    """A label in bold and what it is, a line each; brief ones share lines of no more than ``width`` cells.

    Both were made safe before.
    """
    rows: list[list[Content]] = []
    room = 0
    for label, text in lines:
        one = Content.assemble((f"{label}: ", "bold"), text)
        if rows and label in BRIEF and one.cell_length + len(GAP) <= room:
            rows[-1].append(one)
            room -= one.cell_length + len(GAP)
        else:
            rows.append([one])
            room = width - one.cell_length if label in BRIEF else 0
    return Content("\n").join(Content(GAP).join(row) for row in rows)


def turn(line: Line) -> Content:
    """A turn as it is shown: who and when in bold, its words, those that prove something reversed."""
    if line.skipped:
        return Content.styled(f"… {line.skipped:,} {'turn' if line.skipped == 1 else 'turns'} not shown …", "italic")
    head = " ".join(part for part in (line.who, line.when) if part)
    roles = f" [{', '.join(line.roles)}]" if line.roles else ""
    parts: list[Content | tuple[str, str] | str] = [(f"{head}{roles}: ", "bold")]
    parts += [(one.text, MARK) if one.marked else one.text for one in line.stretches]
    return Content.assemble(*parts)


def keys(pairs: Sequence[tuple[str, str]], width: int) -> Content:
    """Keys and what they do, broken between pairs into lines no wider than ``width`` cells."""
    lines: list[list[Content]] = [[]]
    used = 0
    for key, what in pairs:
        cells = len(key) + len(what) + 3
        if lines[-1] and used + cells > width:
            lines.append([])
            used = 0
        lines[-1].append(Content.assemble((key, "bold reverse"), f" {what}"))
        used += cells
    return Content("\n").join(Content("  ").join(line) for line in lines)


def sentence(text: str) -> Content:
    """Words from anywhere as one line that can do no harm."""
    return Content(plain(text))
