"""Forms of a page as a browser without scripts reads them, and what it sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form: where it goes, what it sends as it stands, in order, and its buttons as (name, value)."""

    id: str
    method: str
    action: str
    pairs: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def sent(self, act: str, **typed: str) -> dict[str, list[str]]:
        """What is sent by the button of an act, after typing into fields (``__`` for a full stop)."""
        names = {name.replace("__", "."): value for name, value in typed.items()}
        sent: dict[str, list[str]] = {}
        for name, value in self.pairs:
            sent.setdefault(name, []).append(names.get(name, value))
        for name, value in names.items():
            sent.setdefault(name, [value])
        return {**sent, "act": [act]}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.inside = ""
        self.area: tuple[str, str] | None = None
        self.chosen: tuple[str, str | None, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "details":
            self.inside = given.get("id", "")
        if tag == "form":
            self.open = Form(self.inside, given.get("method", "get"), given.get("action", ""))
            self.forms.append(self.open)
        if self.open is None or ("name" not in given and tag != "option"):
            return
        if tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.open.pairs.append((given["name"], given.get("value", "")))
        elif tag == "button":
            self.open.buttons.append((given["name"], given.get("value", "")))
        elif tag == "textarea":
            self.area = given["name"], ""
        elif tag == "select":
            self.chosen = given["name"], None, ""
        elif tag == "option" and self.chosen is not None:
            name, first, chosen = self.chosen
            value = given.get("value", "")
            self.chosen = name, value if first is None else first, value if "selected" in given else chosen

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area = self.area[0], self.area[1] + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self.inside = ""
        if self.open is None:
            return
        if tag == "textarea" and self.area is not None:
            self.open.pairs.append((self.area[0], self.area[1].removeprefix("\n")))
            self.area = None
        elif tag == "select" and self.chosen is not None:
            self.open.pairs.append((self.chosen[0], self.chosen[2] or self.chosen[1] or ""))
            self.chosen = None
        elif tag == "form":
            self.open = None


def forms_in(html: str) -> list[Form]:
    """All forms of a page, in its order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def form_for(html: str, act: str, inside: str = "") -> Form:
    """The first form of a page that can do an act, in the disclosure with an id where one is named."""
    return next(
        form
        for form in forms_in(html)
        if form.action == "/acts"
        and (("act", act) in form.pairs or ("act", act) in form.buttons)
        and (not inside or form.id == inside)
    )
