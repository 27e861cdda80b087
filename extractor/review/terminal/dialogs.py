"""What is asked in the middle of the screen: words, one of several, one of the records near."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static, TextArea

from extractor.review.terminal.widgets import Field, Pane, keys
from extractor.review.terminal.words import KEYS, STATES, short, whole

if TYPE_CHECKING:
    from extractor.log.views import LogRecord

LEAVE: BindingType = Binding("escape", "leave", "leave")


class Ask(ModalScreen[str | None]):
    """Asks for words; a digit at the beginning takes one of the ``choices``. None where the person left.

    ``draft`` stands in the field, and ``keep`` is told what stands in it whenever that changes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [LEAVE]

    def __init__(
        self,
        title: str,
        hint: str,
        choices: Sequence[str] = (),
        draft: str = "",
        keep: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self.heading, self.hint, self.choices, self.draft, self.keep = title, hint, choices[:9], draft, keep

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = Content(self.heading)
            lines = [Content.assemble((f"{n} ", "bold"), short(one)) for n, one in enumerate(self.choices, 1)]
            if lines:
                yield Static(Content("\n").join(lines))
            yield Field(self.draft, classes="boxed")
            yield Static(Content(self.hint))

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        text = event.text_area.text
        if text.isdecimal() and len(text) == 1 and 1 <= int(text) <= len(self.choices):
            self.dismiss(self.choices[int(text) - 1])
        elif self.keep is not None:
            self.keep(text)

    @on(Field.Submitted)
    def _done(self, event: Field.Submitted) -> None:
        self.dismiss(event.field.text.strip())

    def action_leave(self) -> None:
        self.dismiss(None)


class Choose(ModalScreen[int | None]):
    """One of several, by its digit or with Enter; None where the person left."""

    BINDINGS: ClassVar[list[BindingType]] = [LEAVE, *(Binding(str(n), f"take({n - 1})") for n in range(1, 10))]

    def __init__(self, title: str, choices: Sequence[str]) -> None:
        super().__init__()
        self.heading, self.choices = title, choices

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = Content(self.heading)
            lines = [Content.assemble((f"{n} ", "bold"), whole(one, 600)) for n, one in enumerate(self.choices, 1)]
            yield OptionList(*lines, markup=False)
            yield Static(keys((("1-9", "or"), ("Enter", "takes one"), ("Esc", "leaves")), 70))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_take(self, index: int) -> None:
        if index < len(self.choices):
            self.dismiss(index)

    def action_leave(self) -> None:
        self.dismiss(None)


class Pick(ModalScreen["LogRecord | None"]):
    """One of the records near, or of those that a search for words finds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        LEAVE,
        Binding("down", "down", priority=True),
        Binding("up", "up", priority=True),
    ]

    def __init__(self, title: str, find: Callable[[str], list[LogRecord]]) -> None:
        super().__init__()
        self.heading, self.find = title, find
        self.found: list[LogRecord] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = Content(self.heading)
            yield Field(hint="Words to search for", classes="boxed")
            yield OptionList(markup=False)
            yield Static("", id="none")
            yield Static(keys((("↑ ↓", "choose"), ("Enter", "takes it"), ("Esc", "leaves")), 70))

    def on_mount(self) -> None:
        self._look("")

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        self._look(event.text_area.text)

    def _look(self, words: str) -> None:
        self.found = self.find(words.strip())
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([_line(one) for one in self.found])
        listed.highlighted = 0 if self.found else None
        self._mark()
        self.query_one("#none", Static).update("" if self.found else "Nothing was found.")

    @on(OptionList.OptionHighlighted)
    def _mark(self) -> None:
        listed = self.query_one(OptionList)
        for number, one in enumerate(self.found):
            if number < listed.option_count:
                listed.replace_option_prompt_at_index(number, _line(one, here=number == listed.highlighted))

    @on(Field.Submitted)
    def _take(self) -> None:
        index = self.query_one(OptionList).highlighted
        if index is not None and index < len(self.found):
            self.dismiss(self.found[index])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.found[event.option_index])

    def action_down(self) -> None:
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        self.query_one(OptionList).action_cursor_up()

    def action_leave(self) -> None:
        self.dismiss(None)


class Help(ModalScreen[None]):
    """All keys."""

    BINDINGS: ClassVar[list[BindingType]] = [LEAVE, Binding("question_mark,q,enter", "leave")]

    def compose(self) -> ComposeResult:
        with Pane(id="box") as box:
            box.title("Keys — Esc goes back")
            more = (
                ("j k", "next and previous, as n and p"),
                ("g", "the first in the queue"),
                ("w", "the next quote of this record"),
                ("↑ ↓", "scroll the conversation; PgUp and PgDn by pages"),
                ("Tab", "scroll the other part of the screen"),
            )
            yield Static(
                Content("\n").join(Content.assemble((f"{key:<5}", "bold"), what) for key, what in (*KEYS, *more))
            )

    def action_leave(self) -> None:
        self.dismiss(None)


def _line(record: LogRecord, *, here: bool = False) -> Content:
    day = record.said_on.isoformat() if record.said_on else "no date"
    text = f"{whole(record.text, 300)} ({day}, {STATES[record.state]})"
    return Content.assemble("> " if here else "  ", (text, "bold" if here else ""))
