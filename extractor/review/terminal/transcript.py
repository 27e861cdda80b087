"""The whole conversation: to read on from a quote, and to select the turns of what was missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from extractor.errors import UsageError
from extractor.reports.text import plain
from extractor.review import acts
from extractor.review.terminal.context import everything
from extractor.review.terminal.dialogs import Ask
from extractor.review.terminal.passages import passage_of
from extractor.review.terminal.widgets import keys, turn
from extractor.review.terminal.words import short, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.conversation import Conversation
    from extractor.records import Evidence

LONGEST = 4000
"""Characters of a turn that are offered to choose words from."""


class Transcript(Screen["tuple[acts.Passage, ...] | None"]):
    """Turns to walk through. Gives the passages that were selected for a record to be added, None otherwise."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,o,q", "leave"),
        Binding("space", "mark", priority=True),
        Binding("w", "words"),
        Binding("plus,enter", "add", priority=True),
        Binding("j", "step(1)"),
        Binding("k", "step(-1)"),
        Binding("n", "quote"),
    ]

    def __init__(self, said: Conversation, quotes: Sequence[Evidence], selecting: bool = False) -> None:
        super().__init__()
        self.said, self.selecting = said, selecting
        self.lines = everything(said, quotes)
        self.selected: dict[int, acts.Passage] = {}
        self.at = 0

    def compose(self) -> ComposeResult:
        yield Static("", id="head")
        yield OptionList(*(self._prompt(number) for number in range(len(self.lines))), id="turns", markup=False)
        yield Static("", id="told")
        yield Static("", id="keys")

    def on_mount(self) -> None:
        first = next((line.number for line in self.lines if line.marked), 0)
        turns = self.query_one(OptionList)
        turns.focus()
        turns.highlighted = first
        self.call_after_refresh(turns.scroll_to_highlight, top=True)
        self._tell()

    def on_resize(self) -> None:
        self._tell()

    def _prompt(self, number: int) -> Content:
        mark = "●" if number in self.selected else " "
        here = ">" if number == self.at else " "
        return Content.assemble((f"{here}{mark}{number:>3} ", "bold"), turn(self.lines[number]))

    def _redraw(self, *numbers: int) -> None:
        turns = self.query_one(OptionList)
        for number in numbers:
            if 0 <= number < turns.option_count:
                turns.replace_option_prompt_at_index(number, self._prompt(number))

    def _tell(self, message: str = "") -> None:
        chosen = len(self.selected)
        count = f"{chosen} {'turn' if chosen == 1 else 'turns'} marked" if chosen else "nothing marked"
        head = f"{short(self.said.title, max(self.size.width - 30, 20))} — {count}"
        self.query_one("#head", Static).update(Content(head))
        if not message and self.selecting and not chosen:
            message = "Mark the turns that prove what was missed, then press +."
        self.query_one("#told", Static).update(Content(plain(message)))
        pairs = (
            ("Space", "mark"),
            ("w", "choose words"),
            ("+", "add what was missed"),
            ("n", "next quote"),
            ("j k ↑ ↓", "move"),
            ("Esc", "back"),
        )
        self.query_one("#keys", Static).update(keys(pairs, self.size.width))

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        before, self.at = self.at, event.option_index
        if before != self.at:
            self._redraw(before, self.at)

    def action_step(self, step: int) -> None:
        turns = self.query_one(OptionList)
        if step > 0:
            turns.action_cursor_down()
        else:
            turns.action_cursor_up()

    def action_quote(self) -> None:
        marked = [line.number for line in self.lines if line.marked]
        if marked:
            self.query_one(OptionList).highlighted = next((one for one in marked if one > self.at), marked[0])

    def action_mark(self) -> None:
        if self.at in self.selected:
            del self.selected[self.at]
        else:
            self.selected[self.at] = passage_of(self.said, self.at)
        self._redraw(self.at)
        self._tell()

    @work(exclusive=True)
    async def action_words(self) -> None:
        text = shown(self.said.turns[self.at].text[:LONGEST])
        hint = "Leave only the words that prove it, then press Enter. Ctrl+K deletes to the end of the line."
        kept = await self.app.push_screen_wait(Ask("Words of this turn", hint, draft=text))
        if not kept:
            return
        try:
            self.selected[self.at] = passage_of(self.said, self.at, kept)
        except UsageError as error:
            self._tell(str(error))
            return
        self._redraw(self.at)
        self._tell(f"Marked: {short(kept)}")

    def action_add(self) -> None:
        if not self.selected:
            self._tell("Mark a turn with Space first; w chooses words of it.")
            return
        self.dismiss(tuple(self.selected[number] for number in sorted(self.selected)))

    def action_leave(self) -> None:
        self.dismiss(None)
