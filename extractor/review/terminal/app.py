"""The screen of ``decisions review``: one record, its words, one key an act."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from extractor.reports.text import plain
from extractor.review.terminal.card import day_of, kind_of, lines_of, state_of
from extractor.review.terminal.context import Line, Stretch, around
from extractor.review.terminal.flows import Flows
from extractor.review.terminal.widgets import CSS, Pane, keys, labelled, turn
from extractor.review.terminal.words import short, whole

if TYPE_CHECKING:
    from extractor.review.terminal.session import Session

SHORT_KEYS = (
    ("a", "approve"),
    ("e", "edit"),
    ("r", "reject"),
    ("m", "merge"),
    ("s", "link"),
    ("d", "done"),
    ("t", "assign"),
    ("c", "comment"),
    ("u", "undo"),
    ("n", "next"),
    ("p", "back"),
    ("o", "whole talk"),
    ("+", "missed"),
    ("?", "help"),
    ("q", "quit"),
)
WIDE = 120
"""Columns from which on the conversation stands beside the record."""


class ReviewApp(Flows, App[int]):
    """A sitting on the screen. Gives the exit code."""

    CSS = CSS
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 (declared so by App)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", priority=True),
        Binding("a", "approve"),
        Binding("e", "edit"),
        Binding("r", "reject"),
        Binding("m", "merge"),
        Binding("s", "link"),
        Binding("d", "close"),
        Binding("v", "revision"),
        Binding("t", "assign"),
        Binding("c", "comment"),
        Binding("z", "reopen"),
        Binding("u", "undo"),
        Binding("n,j", "move(1)"),
        Binding("p,k", "move(-1)"),
        Binding("g", "first"),
        Binding("w", "quote"),
        Binding("o", "open"),
        Binding("plus", "add"),
        Binding("question_mark", "help"),
        Binding("q", "stop"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(ansi_color=True)  # from the start: so NO_COLOR takes all colour away
        self.session = session
        self.lines: list[Line] = []
        self.at_quote = 0

    def compose(self) -> ComposeResult:
        yield Static("", id="head")
        with Container(id="body"):
            with Pane(id="card"):
                yield Static("", id="facts")
            with Pane(id="context"):
                yield Static("", id="words")
        yield Static("", id="note")
        yield Static("", id="keys")

    def on_mount(self) -> None:
        self.theme = "ansi-dark"
        self.query_one("#context").focus()
        self.show("You go on where you stopped." if self.session.resumed else "")

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    def show(self, *messages: str) -> None:
        """Draws the record in view, and says what was done."""
        session = self.session
        item = session.item
        record = item.record
        facts = lines_of(item, session.suggested(), session.records(item.conflicts))[:-1]  # the meeting is at the top
        sentence = Content.styled(whole(record.text), "bold")
        main = self.screen_stack[0]
        room = 0 if self.size.width >= WIDE else self.size.width - 4
        main.query_one("#facts", Static).update(Content("\n").join([sentence, labelled(facts, room)]))
        card = main.query_one("#card", Pane)
        card.title(f"{kind_of(record)}, {plain(state_of(item, session.said.get(record.id)))}")
        card.scroll_home(animate=False)
        said = session.conversation()
        beside = 8 if self.size.width >= WIDE else 3
        self.lines = around(said, record.record.evidence, beside) if said is not None else []
        if not self.lines:
            self.lines = [_quoted(quote.quote, quote.role) for quote in record.record.evidence]
        main.query_one("#words", Static).update(self.proof())
        many = len(record.record.evidence)
        pane = main.query_one("#context", Pane)
        pane.title("The words that prove it" + (f", in {many} quotes" if many > 1 else ""))
        self.at_quote = -1
        self.say(*messages)
        self._fit()

    def proof(self) -> Content:
        """The words that prove the record in view, in the turns around them."""
        return Content("\n").join(map(turn, self.lines))

    def say(self, *messages: str) -> None:
        """What there is to say, under the record."""
        note = Content("\n").join(Content(whole(one, 500)) for one in messages if one)
        self.screen_stack[0].query_one("#note", Static).update(note)

    def _fit(self) -> None:
        """What depends on how wide the screen is."""
        main, session = self.screen_stack[0], self.session
        width = self.size.width
        record = session.item.record
        tally = ", ".join(f"{number} {verb}" for verb, number in session.tally.items() if number > 0)
        left, right = f"{session.progress} · ", f", {day_of(record)}" + (f" · {tally}" if tally else "")
        title = short(record.title, max(width - len(left) - min(len(right), width // 2), 10))
        main.query_one("#head", Static).update(Content(short(f"{left}{title}{right}", width)))
        main.query_one("#keys", Static).update(keys(SHORT_KEYS, width))
        self.call_after_refresh(self._to_quote, max(self.at_quote, 0))

    def _to_quote(self, number: int) -> None:
        """Scrolls to a turn with a quote, with the turn before it in view where there is room."""
        pane = self.screen_stack[0].query_one("#context", Pane)
        marked = [index for index, line in enumerate(self.lines) if line.marked]
        if not marked:
            return
        self.at_quote = number % len(marked)
        width = max(pane.scrollable_content_region.width, 1)
        heights = [turn(line).get_height({}, width) for line in self.lines]
        first = marked[self.at_quote]
        top = sum(heights[:first])
        room = pane.scrollable_content_region.height - heights[first]
        pane.scroll_to(y=max(top - max(min(room, sum(heights[max(first - 1, 0) : first])), 0), 0), animate=False)

    def action_quote(self) -> None:
        self._to_quote(self.at_quote + 1)

    def action_move(self, step: int) -> None:
        if self.session.move(step):
            self.show()
        else:
            self.say("That was the last one; q stops." if step > 0 else "That is the first one.")

    def action_first(self) -> None:
        self.session.go_to(self.session.ids[0])
        self.show()

    def action_stop(self) -> None:
        self.session.keep()
        self.exit(0)

    def action_interrupt(self) -> None:
        self.session.keep()
        self.exit(130)


def _quoted(words: str, role: str) -> Line:
    return Line(0, "Said", "", (Stretch(whole(words), marked=True),), (role,))
