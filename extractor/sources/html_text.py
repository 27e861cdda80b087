"""HTML of mails -> text, by the standard library's parser."""

from __future__ import annotations

from html.parser import HTMLParser

_BLOCKS = frozenset(
    "p div br tr table ul ol li h1 h2 h3 h4 h5 h6 blockquote pre hr section article header footer".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote pre ul ol table".split())
_DEEPEST_QUOTE = 9
_UNSEEN = frozenset(("style", "script", "head", "title"))


def html_to_text(html: str) -> str:
    """The words of ``html``, a line for each block, blank lines between paragraphs, quotations marked with ``> ``."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return parser.text()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[tuple[int, str]] = []
        self._line: list[str] = []
        self._depth = 0
        self._unseen = 0

    def text(self) -> str:
        self._break()
        lines: list[str] = []
        for depth, line in self._lines:
            blank = not line
            if blank and (not lines or not lines[-1].strip("> ")):
                continue
            lines.append(f"{'> ' * depth}{line}".rstrip() if depth else line)
        while lines and not lines[-1].strip("> "):
            lines.pop()
        return "\n".join(lines).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self._break()
            if tag in _PARAGRAPHS:
                self._lines.append((self._depth, ""))
            if tag == "li":
                self._line.append("- ")
        if tag == "blockquote":
            self._depth = min(self._depth + 1, _DEEPEST_QUOTE)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS and tag != "br":
            self._break()
            if tag == "blockquote":
                self._depth = max(0, self._depth - 1)
            if tag in _PARAGRAPHS:
                self._lines.append((self._depth, ""))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._line.append(data)

    def _break(self) -> None:
        line = " ".join("".join(self._line).split())
        self._line = []
        if line:
            self._lines.append((self._depth, line))
