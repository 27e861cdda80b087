"""Minutes that W3C's scribe.perl and scribe2 made of an IRC log, as a web page.

<h1>Title</h1> <h2>22 October 2025</h2>
<div id=attendees>...</div> <nav id=toc>...</nav>
<main id=meeting><h2>Meeting minutes</h2>
<h3>Topic</h3>
<p class="phone s01"><cite>Ana:</cite> What was said.<br>
<span>… and more of it</span></p>
<p class=irc><cite>&lt;ben&gt;</cite> what was typed</p>
<p class=summary>What the scribe sums up</p>
<p class=resolution><strong>RESOLUTION:</strong> ...</p>
<div id=ResolutionSummary>the same again</div>

The pages of W3C's Credentials Community Group are of another tool: ``<div class="comment"><span class="name">Ana
Li</span>: What was said. <a style="display:none;">a mark</a></div>``, ``<div class="information">`` for what the scribe
sums up, and ``<h1 class="topic">Topic: The train</h1>``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from extractor.conversation import TurnKind
from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.html_tags import Token, tokens
from extractor.sources.ledger import Ledger, Piece
from extractor.sources.people import People, fold_name
from extractor.sources.reasons import ATTENDEES, BOILERPLATE, COPY, HEADER, HEADING, LABEL, MARKUP
from extractor.sources.texts.html_words import Run, runs
from extractor.sources.texts.labels import names_nobody
from extractor.sources.texts.minutes_parts import SAVE_AGAIN, days_in
from extractor.sources.transcripts import Draft, transcript

_PAGE = re.compile(r"<(?:!doctype\s+html|html|body|h1|p|div)\b", re.IGNORECASE)
_TOOL = re.compile(
    r"scribe\.perl|StyleSheets/scribe2|2004/02/minutes-style\.css|w3c\.github\.io/scribe2|scribejs", re.IGNORECASE
)
_SPOKEN = re.compile(r"<p\b[^<>]{0,80}\bclass\s?=\s?[\"']?(?:phone|irc|summary|resolution)\b", re.IGNORECASE)
_CITE = re.compile(r"<cite\b", re.IGNORECASE)
_COMMENT = re.compile(
    r"<div\b[^<>]{0,300}\bclass\s?=\s?[\"']comment[\"'][^<>]{0,80}>\s{0,20}<span class=[\"']name[\"']>", re.I
)
_SCRIBING = re.compile(r".{1,80} (?:is|are) scribing\b.{0,80}$")
_TAIL = 8192

_BLOCKS = frozenset(
    "p li dd dt pre blockquote h1 h2 h3 h4 h5 h6 address table tr div section ul ol dl main nav".split()
)
_TURNS = frozenset(("p", "li", "pre", "blockquote", "dd", "dt", "td", "th"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SECTION_OF_ID = {
    "attendees": ATTENDEES, "toc": COPY, "meeting": "", "actionsummary": COPY, "resolutionsummary": COPY,
    "issuesummary": COPY, "links": HEADER, "prelims": HEADER,
}  # fmt: skip
_SECTION_OF_HEADING = (
    (re.compile(r"attendees|participants$", re.IGNORECASE), ATTENDEES),
    (re.compile(r"(?:table of )?contents?$", re.IGNORECASE), COPY),
    (re.compile(r"summary of (?:action|resolution|issue)", re.IGNORECASE), COPY),
    (re.compile(r"(?:scribe\.perl )?diagnostics", re.IGNORECASE), BOILERPLATE),
    (re.compile(r"(?:meeting )?minutes$", re.IGNORECASE), ""),
)
_DRAFT = re.compile(r"^(?:[-–—]\s*)?draft(?:\s*[-–—])?\s*", re.IGNORECASE)
_CONTINUED = re.compile(r"(?:…|\.{3,4})\s*")
_TOPIC = re.compile(r"(?:sub-?)?topic:\s*", re.IGNORECASE)
_MODE_OF_CLASS: dict[str, TurnKind] = {"phone": "speech", "irc": "chat", "comment": "speech"}


def fits(blob: Blob) -> float:
    """1.0 for a page with the marks of the tool, 0.9 for one that only has its classes; 0 for any other page."""
    head = blob.head
    if not _PAGE.search(head[:2048]):
        return 0.0
    if _COMMENT.search(head):
        return 0.95
    if not _SPOKEN.search(head):
        return 0.0
    if _TOOL.search(head) or _TOOL.search(blob.text[-_TAIL:]):
        return 1.0
    return 0.9 if _CITE.search(head) else 0.0


@dataclass
class _Block:
    """A paragraph on its way: its words with the breaks before them, and those of its label."""

    reason: str
    kind: TurnKind = "minutes"
    words: list[tuple[Run, str]] = field(default_factory=list)
    label: list[Run] = field(default_factory=list)
    heading: str = ""
    title: bool = False
    topic: bool = False
    more: bool = False


def read(blob: Blob) -> Reading:
    """One conversation: a turn for each paragraph of the minutes, with the heading above it as its topic.

    Tags are set aside as ``markup``, attendees and title as ``attendees`` and ``header``, the contents and the
    summaries of actions and resolutions, which repeat what the minutes say, as ``copy``. Raises SourceError for a page
    without minutes.
    """
    page = _Page(blob)
    for token in tokens(blob.text):
        page.take(token)
    page.close()
    if not any(draft.parts for draft in page.drafts):
        raise SourceError(f"{blob.name} is a page of minutes in which nothing is said.", "Save the page again.")
    return transcript(
        blob,
        FORMAT.name,
        page.drafts,
        page.people,
        page.ledger,
        title=page.title,
        started_at=page.day,
        remedy=SAVE_AGAIN,
    )


class _Page:
    def __init__(self, blob: Blob) -> None:
        self.blob = blob
        self.ledger = Ledger(blob.text)
        self.people = People()
        self.drafts: list[Draft] = []
        self.title: str | None = None
        self.day: date | None = None
        self._topic: str | None = None
        self._section = HEADER
        self._block = _Block(HEADER)
        self._cite = False
        self._break = ""
        self._hidden = False

    def take(self, token: Token) -> None:
        """Read on by a tag or a stretch of text."""
        if not token.markup:
            self._text(token)
            return
        self.ledger.set_aside(token.start, token.end, MARKUP)
        name = token.name
        if name in _BLOCKS or name in ("title", "td", "th", "address"):
            self.close()
            if not token.closing:
                self._open(token)
            elif name == "main":
                self._section = BOILERPLATE
        elif name == "cite":
            self._cite = not token.closing and not any(run.text.strip("<") for run, _ in self._block.words)
        elif name == "br":
            self._break = "\n"
        elif name == "span" and (self._cite or "name" in token.classes):
            self._cite = not token.closing and not self._block.words
        elif name == "a":
            self._hidden = not token.closing and "display:none" in token.attributes.get("style", "").replace(" ", "")

    def _open(self, token: Token) -> None:
        classes = token.classes
        if token.id in _SECTION_OF_ID and token.name not in ("p", "li"):
            self._section = _SECTION_OF_ID[token.id]
        if "diagnostics" in classes or token.name == "address":
            self._section = BOILERPLATE
        if "meeting" in classes or (self._section == HEADER and classes & {"comment", "information", "topic"}):
            self._section = ""
        spoken = next((_MODE_OF_CLASS[each] for each in _MODE_OF_CLASS if each in classes), None)
        if token.name == "p" and (spoken or classes & {"summary", "resolution", "action"}) and self._section == HEADER:
            self._section = ""
        self._block = _Block(self._section, spoken or "minutes", heading=token.name if token.name in _HEADINGS else "")
        self._block.title = token.name == "title"
        self._block.topic = "topic" in classes
        self._block.more = "comment-continuation" in classes
        if classes & {"bot", "warning"} and token.name in _TURNS:
            self._block.reason = self._section or "system message"

    def _text(self, token: Token) -> None:
        for run in runs(self.blob.text, token.start, token.end):
            if run.spaced and not self._break:
                self._break = " "
            if not run.text:
                continue
            if self._hidden:
                self.ledger.set_aside(run.start, run.end, MARKUP)
                continue
            if self._cite:
                self._block.label.append(run)
                self.ledger.set_aside(run.start, run.end, LABEL)
            else:
                self._block.words.append((run, self._break))
            self._break = ""

    def close(self) -> None:
        """End the paragraph: it becomes a turn, or is set aside."""
        block = self._block
        self._cite, self._break = False, ""
        if block.heading:
            self._headed(block)
        elif block.title or block.reason:
            self._aside(block, HEADER if block.title else block.reason)
        elif block.words and not block.label and _SCRIBING.match("".join(run.text for run, _ in block.words)):
            self._aside(block, "system message")
        elif block.words and block.more and self.drafts:
            for place, (run, gap) in enumerate(block.words):
                self._add(self.drafts[-1], run, gap if place else "\n")
        elif block.words:
            self._turn(block)
        self._block = _Block(self._section)

    def _headed(self, block: _Block) -> None:
        words = fold_name("".join(("" if n == 0 else gap) + run.text for n, (run, gap) in enumerate(block.words)))
        section = next((each for form, each in _SECTION_OF_HEADING if form.match(words)), None)
        if section is not None:
            self._section = section
            self._topic = None
            self._aside(block, section or HEADING)
        elif self._section == HEADER and block.heading in ("h1", "h2"):
            self._titled(words, block)
        else:
            if self._section in (ATTENDEES, HEADER) and block.heading in ("h3", "h4"):
                self._section = ""
            if not self._section:
                self._topic = (_TOPIC.sub("", words, count=1) if block.topic else words) or None
            self._aside(block, self._section or HEADING)

    def _titled(self, words: str, block: _Block) -> None:
        days = days_in(words, self.blob.hints.day_first)
        bare = _DRAFT.sub("", words).strip()
        if days and self.day is None:
            self.day = days[0]
        elif bare and self.title is None and bare.casefold() not in ("w3c", "minutes"):
            self.title = bare
        self._aside(block, HEADER)

    def _aside(self, block: _Block, reason: str) -> None:
        for run in (*(run for run, _ in block.words), *block.label):
            self.ledger.set_aside(run.start, run.end, reason)

    def _turn(self, block: _Block) -> None:
        name = self._speaker(block)
        speaker = self.people.add(name) if name and not names_nobody(name) else None
        kind = block.kind if name else "minutes"
        draft = Draft(speaker, kind=kind, topic=self._topic)
        for run, gap in block.words:
            self._add(draft, run, gap)
        if draft.parts:
            self.drafts.append(draft)

    def _speaker(self, block: _Block) -> str:
        """The name in the label, without the brackets and the colon, which may also stand outside it."""
        if not block.label:
            return ""
        words = block.words
        if words and words[0][0].text == "<" and words[0][0].start < block.label[0].start:
            self.ledger.set_aside(words[0][0].start, words[0][0].end, LABEL)
            words.pop(0)
        if words and words[0][0].text[:1] in ">:":
            run, _ = words.pop(0)
            self.ledger.set_aside(run.start, run.start + 1 if run.end - run.start == len(run.text) else run.end, LABEL)
            rest = run.text[1:].lstrip()
            if rest:
                words.insert(0, (Run(rest, run.end - len(rest), run.end, True), ""))
        written = "".join((" " if run.spaced else "") + run.text for run in block.label)
        return fold_name(written).strip("<> ").removesuffix(":").strip()

    def _add(self, draft: Draft, run: Run, gap: str) -> None:
        text, start, entity = run.text, run.start, run.end - run.start != len(run.text)
        if gap == "\n" and not entity:
            mark = _CONTINUED.match(text)
            if mark:
                self.ledger.set_aside(start, start + mark.end(), MARKUP)
                text, start = text[mark.end() :], start + mark.end()
        where = tuple(range(start, start + len(text))) if entity else None
        if entity:
            self.ledger.set_aside(run.start, run.end, MARKUP)
        draft.add(Piece(text, start, where), self.ledger, gap if draft.parts else "")


FORMAT = Format("minutes-html", "W3C minutes (HTML of scribe.perl)", fits, read, verified=True)
