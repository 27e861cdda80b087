"""The form in which a record is worded anew, or one that was missed is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static, TextArea

from extractor.reports.text import plain
from extractor.review.terminal.form import FIELDS, HINTS, LABELS
from extractor.review.terminal.widgets import Field, Pane, keys

if TYPE_CHECKING:
    from extractor.records import RecordType

LONGEST: Final = 20_000
"""Characters of a field that can be edited in a form."""
Submit = Callable[[Mapping[str, str], bool], list[str]]
"""Takes what is written and whether it is to be approved; returns what stands in the way, nothing where it is done."""


class Form(Screen[bool]):
    """Fields under each other; stays open, with all that was typed, until what is written could be saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "submit(True)", priority=True),
        Binding("ctrl+t,f3", "submit(False)", priority=True),
        Binding("escape", "leave"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self,
        title: str,
        kind: RecordType,
        values: Mapping[str, str],
        submit: Submit,
        keep: Callable[[str, str], None],
        *,
        below: Content,
        adding: bool = False,
    ) -> None:
        super().__init__()
        self.heading, self.kind, self.values = title, kind, values
        self.submit, self.keep, self.below, self.adding = submit, keep, below, adding

    def compose(self) -> ComposeResult:
        with Pane(id="form", can_focus=False) as pane:
            pane.title(self.heading)
            for field in FIELDS[self.kind]:
                with Horizontal(classes="row"):
                    yield Static(Content(LABELS[field]))
                    yield self._field(field)
            yield Static(self.below, id="below")
        yield Static("", id="hint")
        yield Static("", id="told")
        yield Static("", id="keys")

    def _field(self, field: str) -> Field | Static:
        value = self.values.get(field, "")
        if len(value) > LONGEST:
            return Static(f"{len(value):,} characters: too long to edit here", classes="long")
        return Field(value, id=f"field-{field}")

    def on_mount(self) -> None:
        self.query(Field).first().focus()
        self._keys()

    def on_resize(self) -> None:
        self._keys()

    def _keys(self) -> None:
        save = (("Ctrl+S", "add it"),) if self.adding else (("Ctrl+S", "save and approve"), ("Ctrl+T", "only save"))
        pairs = (*save, ("Tab", "next field"), ("Esc", "leave; what you typed is kept"))
        self.query_one("#keys", Static).update(keys(pairs, self.size.width))

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        field = (event.widget.id or "").removeprefix("field-")
        hint = f"{LABELS[field]}: {HINTS[field]}" if field in HINTS else ""
        self.query_one("#hint", Static).update(Content(hint))

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        self.keep((event.text_area.id or "").removeprefix("field-"), event.text_area.text)

    @on(Field.Submitted)
    def _enter(self) -> None:
        self.focus_next()

    def action_submit(self, approve: bool) -> None:
        typed = {field: self.values.get(field, "") for field in FIELDS[self.kind]}
        typed |= {(one.id or "").removeprefix("field-"): one.text for one in self.query(Field)}
        problems = self.submit(typed, approve)
        if not problems:
            self.dismiss(True)
            return
        self.query_one("#told", Static).update(Content("\n").join(Content(f"! {plain(one)}") for one in problems))

    def action_leave(self) -> None:
        self.dismiss(False)
