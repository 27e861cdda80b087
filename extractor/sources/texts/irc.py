"""IRC logs -> one conversation for every stretch of talk."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from extractor.conversation import Conversation
from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.chats.posts import LONGEST_SILENCE, Channel, ContentIds, Post, conversations_of, with_warnings
from extractor.sources.filename_dates import start_in_name
from extractor.sources.ledger import Ledger, Line, Piece, lines_of, piece_without
from extractor.sources.people import People
from extractor.sources.reasons import HEADER, SYSTEM
from extractor.sources.texts import irc_scribe as scribing
from extractor.sources.texts.irc_lines import Clock, IrcLine, day_in_words, day_mark, day_of_mark, read_line
from extractor.sources.texts.labels import names_nobody
from extractor.sources.transcripts import Draft, cut_off, encoding_warnings, name_places

_EXPORT_AGAIN = "Save the log again."
_LINES_TO_LOOK_AT = 300
_FEWEST = 2
_FEWEST_BARE = 4
_FEWEST_IN_COLUMNS = 3
_HALF = 0.5
_MOSTLY = 0.8
_RELAYS = frozenset(("transcriber",))

_CODES = re.compile(r"\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04[0-9A-Fa-f]{6}|[\x02\x0f\x11\x12\x16\x1d\x1e\x1f]")
_TOPIC_CHANGE = re.compile(
    r"(?:topic (?:for|of|on) (?:channel )?[#&+!]\S{1,60} (?:from .{0,400} )?(?:to|is)|changes topic to|topic is)"
    r":?\s{1,3}(?P<topic>.{1,400})",
    re.IGNORECASE,
)
_CHANNEL = re.compile(
    r"(?:joined|talking (?:in|on)|Joined channel|left|topic (?:for|of)|mode/)(?: channel)? ?([#&][^\s,:()\[\]]{1,60})"
)
_MARKUP = re.compile(r"</[a-zA-Z]|<!doctype|<html|<\?xml|^WEBVTT", re.IGNORECASE)


def fits(blob: Blob) -> float:
    """How surely the first lines are a log: most of them have a time and ``<nick>``, or an event of a channel."""
    lines = [line for line in blob.head.split("\n", _LINES_TO_LOOK_AT)[:_LINES_TO_LOOK_AT] if line.strip()]
    read = [read_line(line.rstrip("\r")) for line in lines]
    said = [each for each in read if each is not None and each.kind in ("message", "action")]
    untimed = [line for line, each in zip(lines, read, strict=True) if each is None or each.stamp is None]
    if not lines or any(map(_MARKUP.search, untimed)):
        return 0.0
    timed = sum(1 for each in said if each.stamp is not None)
    events = sum(1 for each in read if each is not None and each.kind == "event")
    marks = sum(1 for line in lines if day_mark(line))
    if not timed:
        return 0.7 if marks and events > marks else _fits_bare(lines, said)
    if timed + events < max(len(lines) * _HALF, _FEWEST):
        return 0.0
    signs = events + sum(1 for each in said if each.stamp is not None and each.bracketed)
    if signs:
        return 0.95 if events else 0.9
    return 0.6 if timed >= max(_FEWEST_IN_COLUMNS, len(lines) * _MOSTLY) else 0.0


def _fits_bare(lines: list[str], said: list[IrcLine]) -> float:
    nicks = Counter(each.nick for each in said if each.kind == "message")
    messages = sum(nicks.values())
    if messages < _FEWEST_BARE or messages < len(lines) * _MOSTLY or len(nicks) == messages:
        return 0.0
    return 0.7


@dataclass
class _Message:
    """A line that somebody wrote, and the lines below it that go on with it."""

    line: Line
    form: IrcLine
    sent_at: datetime | None
    more: list[Line] = field(default_factory=list)
    remark: scribing.Remark = scribing.SAID
    speaker: str = ""
    begin: int = 0
    topic: str | None = None

    @property
    def text(self) -> str:
        return self.line.text[self.form.begin :]


def read(blob: Blob) -> Reading:
    """One conversation for every stretch in which nobody is silent for hours.

    What programs say is set aside as ``system message``; attendance, the speaker queue, headings and corrections of a
    meeting with a scribe each for a reason of their own. What a scribe writes as ``Name: words`` is by ``Name``. Times
    without a zone are as written; a log that gives times of the day only takes the day from the user, from what is said
    in it (``Date:``), or from the file's name. Raises SourceError where nobody writes anything.
    """
    log = _Log(blob)
    log.listen()
    log.classify()
    log.attribute()
    posts = log.posts()
    if not posts:
        raise SourceError(f"{blob.name} is an IRC log in which nobody writes anything.", _EXPORT_AGAIN)
    found = conversations_of(Channel("irc", log.channel or blob.stem), posts, log.people, blob.name, in_order=True)
    found = log.titled(found, posts)
    conversations = with_warnings(found, [*encoding_warnings(blob), *log.warnings])
    error = cut_off(blob, _EXPORT_AGAIN)
    return Reading(blob.name, blob.sha256, FORMAT.name, conversations, log.ledger.coverage(), error)


class _Log:
    """A log on its way to messages; each step goes once over what the step before found."""

    def __init__(self, blob: Blob) -> None:
        self.blob = blob
        self.ledger = Ledger(blob.text)
        self.people = People()
        self.messages: list[_Message] = []
        self.warnings: list[str] = []
        self.channel: str | None = None
        self.scribed = False
        self._topic: str | None = None
        self._ids = ContentIds()
        self._meetings: list[tuple[datetime | None, int, str]] = []

    # Lines

    def listen(self) -> None:
        """Read the lines: messages with what goes on below them, and the times."""
        lines = lines_of(self.blob.text)
        forms = [read_line(line.text) for line in lines]
        stamped = any(form is not None and form.stamp is not None and form.kind == "message" for form in forms)
        clock = Clock(self._day(lines, forms))
        lost: list[Line] = []
        for line, form in zip(lines, forms, strict=True):
            form = form if form is None or form.stamp or not stamped or form.kind == "event" else None
            if form is not None and form.kind == "unknown" and not stamped:
                form = None
            if form is None:
                self._goes_on(line, lost)
            elif form.kind == "event":
                self._event(line, form, clock)
            else:
                self._message(line, form, clock)
        if lost:
            places = name_places([f"line {line.number}" for line in lost])
            self.warnings.append(f"Lines before the first message were set aside: {places}.")

    def _day(self, lines: list[Line], forms: list[IrcLine | None]) -> date | None:
        """The day on which a log begins whose times name none."""
        dayless = any(form is not None and form.stamp is not None and form.stamp.day is None for form in forms)
        marked = any(day_of_mark(line.text) for line in lines if line.text.startswith(("-", "*", "S")))
        if not dayless or marked:
            return None
        given = self.blob.hints.started_at
        if given is not None:
            return given.date() if isinstance(given, datetime) else given
        said = self._day_said(lines, forms)
        if said is not None:
            return said
        start, sentence = start_in_name(self.blob.stem)
        if sentence:
            self.warnings.append(sentence)
        if start is None:
            self.warnings.append(
                "The log gives times of the day and no date, so its messages have no times; --started-at says it."
            )
        return start.date() if isinstance(start, datetime) else start

    def _day_said(self, lines: list[Line], forms: list[IrcLine | None]) -> date | None:
        """The day that a bot names: ``Date: 31 January 2017``, or the address of the log at W3C."""
        for line, form in zip(lines, forms, strict=True):
            if form is None or form.kind != "message":
                continue
            remark = scribing.remark_of(form.nick, line.text[form.begin :], scribed=True)
            day = day_in_words(remark.value) if remark.field == "date" else None
            if day is not None:
                return day
        return None

    def _message(self, line: Line, form: IrcLine, clock: Clock) -> None:
        self._stamp_aside(line, form)
        sent_at = clock.moment(form.stamp) if form.stamp is not None else None
        self.ledger.set_aside(line.start + form.stamp_end, line.start + form.begin, "speaker label")
        self.messages.append(_Message(line, form, sent_at, begin=form.begin, topic=self._topic))

    def _event(self, line: Line, form: IrcLine, clock: Clock) -> None:
        self._stamp_aside(line, form)
        day = day_of_mark(line.text)
        if day is not None:
            clock.set_day(day)
        elif form.stamp is not None:
            clock.moment(form.stamp)
        rest = line.text[form.begin : form.begin + 600]
        topic = _TOPIC_CHANGE.search(rest)
        if topic:
            self._topic = topic["topic"].strip().strip("'\"") or None
        channel = _CHANNEL.search(rest)
        self.channel = self.channel or (channel[1] if channel else None)
        self.ledger.set_aside(line.start + form.stamp_end, line.end, SYSTEM)

    def _stamp_aside(self, line: Line, form: IrcLine) -> None:
        self.ledger.set_aside(line.start, line.start + form.stamp_end, "timestamp")

    def _goes_on(self, line: Line, lost: list[Line]) -> None:
        if not line.text.strip():
            return
        if self.messages:
            self.messages[-1].more.append(line)
            return
        bare = line.text.strip("\ufeff \t")
        if bare.startswith(("#", "&")) and " " not in bare and self.channel is None:
            self.channel = bare
            self.ledger.set_aside(line.start, line.end, HEADER)
        else:
            lost.append(line)
            self.ledger.set_aside(line.start, line.end, "text outside a message")

    # What is said

    def classify(self) -> None:
        """Tell what people say from what they tell the scribe and the bots, and keep the topic."""
        self.scribed = any(
            scribing.shows_scribing(message.text) or scribing.is_bot(message.form.nick)
            for message in self.messages
            if message.form.kind == "message"
        )
        channel_topic, topic = None, None
        for message in self.messages:
            if message.topic != channel_topic:
                channel_topic = topic = message.topic
            message.topic = topic
            if message.form.kind == "action" and scribing.is_bot(message.form.nick):
                message.remark = scribing.Remark(SYSTEM)
            elif message.form.kind == "message":
                message.remark = scribing.remark_of(message.form.nick, message.text, scribed=self.scribed)
            if message.remark.topic is not None:
                topic = message.remark.topic
        corrections = sum(1 for message in self.messages if message.remark.reason == scribing.CORRECTION)
        if corrections:
            number = "1 correction was" if corrections == 1 else f"{corrections} corrections were"
            self.warnings.append(f"{number} set aside and not carried out: the text is as it was first written.")

    # Who says it

    def attribute(self) -> None:
        """Who speaks in each message: its writer, or whom a scribe or a transcriber names before a colon."""
        known = {message.form.nick.casefold(): None for message in self.messages}
        relayed = self._relayed()
        counts = Counter(label[0].casefold() for _, label in relayed if label is not None)
        last: dict[str, str] = {}
        for message, label in relayed:
            nick = message.form.nick.casefold()
            rest = message.text[label[1] :] if label is not None else ""
            relay = nick in _RELAYS
            if label is not None and (relay or scribing.accepts(label[0], rest, counts[label[0].casefold()], known)):
                self._relay(message, label[0], label[1])
                last[nick] = label[0]
            elif nick in last and (mark := scribing.CONTINUED.match(message.text)) and mark.end() < len(message.text):
                self._relay(message, last[nick], 0)
                start = message.line.start + message.form.begin
                self.ledger.set_aside(start, start + mark.end(), "markup")
                message.begin += mark.end()
            else:
                last.pop(nick, None)

    def _relay(self, message: _Message, speaker: str, begin: int) -> None:
        message.speaker = speaker
        start = message.line.start + message.form.begin
        self.ledger.set_aside(start, start + begin, "speaker label")
        message.begin += begin

    def _relayed(self) -> list[tuple[_Message, tuple[str, int] | None]]:
        """The messages of scribes, from when they are declared, with the label that each may begin with."""
        scribes: set[str] = set(_RELAYS)
        found = []
        for message in self.messages:
            nick = message.form.nick
            scribes.update(name.casefold() for name in scribing.scribes_of(message.remark, nick))
            if message.remark.reason is None and message.form.kind == "message" and nick.casefold() in scribes:
                found.append((message, scribing.relayed_label(message.text)))
        return found

    # Messages

    def posts(self) -> list[Post]:
        """The messages that say something; all others are set aside."""
        posts: list[Post] = []
        unsigned = 0
        for message in self.messages:
            if message.remark.field == "meeting" and message.remark.value:
                self._meetings.append((message.sent_at, len(posts), message.remark.value))
            if message.remark.reason is not None:
                self._aside(message, message.remark.reason)
                continue
            draft = self._draft(message)
            if not draft.parts:
                continue
            unsigned += message.form.kind == "unknown"
            post = Post(
                self._ids.of(message.sent_at, message.form.nick, draft.text),
                draft.speaker,
                draft.text,
                draft.length,
                message.sent_at,
            )
            post.topic = message.topic
            posts.append(post)
        if unsigned:
            lines, their = ("1 line has", "its") if unsigned == 1 else (f"{unsigned} lines have", "their")
            self.warnings.append(f"{lines} a time and no name; {their} words have no speaker.")
        return posts

    def _aside(self, message: _Message, reason: str) -> None:
        line = message.line
        self.ledger.set_aside(line.start + message.form.begin, line.end, reason)
        for more in message.more:
            self.ledger.set_aside(more.start, more.end, reason)

    def _draft(self, message: _Message) -> Draft:
        draft = Draft(self._speaker(message), sent_at=message.sent_at)
        draft.add(self._piece(message.line, message.begin), self.ledger)
        for line in message.more:
            draft.add(self._piece(line, 0), self.ledger, " " if line.text[:1] in " \t" else "\n")
        return draft

    def _piece(self, line: Line, begin: int) -> Piece:
        """The text of a line without the codes that colour it."""
        codes = [code.span() for code in _CODES.finditer(line.text, begin)]
        for start, end in codes:
            self.ledger.set_aside(line.start + start, line.start + end, "markup")
        return piece_without(line, begin, len(line.text), codes)

    def _speaker(self, message: _Message) -> str | None:
        name = message.speaker or message.form.nick
        return self.people.add(name) if name and not names_nobody(name) else None

    def titled(self, found: list[Conversation], posts: list[Post]) -> list[Conversation]:
        """The conversations, called as a line ``Meeting: ...`` in them says."""
        firsts = {f"irc:{post.id}": index for index, post in enumerate(posts)}
        titles: dict[str, str] = {}
        for sent_at, index, title in self._meetings:
            near = [each for each in found if firsts[each.id] <= index < firsts[each.id] + len(each.turns)]
            if not near or _is_later(near[0], sent_at):
                near = [each for each in found if firsts[each.id] + len(each.turns) == index] or near
            if near:
                titles.setdefault(near[0].id, title)
        return [each.model_copy(update={"title": titles[each.id]}) if each.id in titles else each for each in found]


def _is_later(conversation: Conversation, moment: datetime | None) -> bool:
    """Whether a conversation begins long after a moment."""
    start = conversation.started_at
    if not isinstance(start, datetime) or moment is None or bool(start.tzinfo) != bool(moment.tzinfo):
        return False
    return start - moment > LONGEST_SILENCE


FORMAT = Format("irc", "IRC logs (irssi, mIRC, weechat, ZNC, bip, IRCCloud, W3C)", fits, read, verified=True)
