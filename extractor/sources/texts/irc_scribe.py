"""What people write to the scribe and to the bots of a meeting on IRC, after the conventions of W3C's scribe.perl.

A message is what somebody says unless it is one of these: attendance (``present+``), the speaker queue (``q+``,
``ack``), a heading (``Topic:``), a correction (``s/old/new/``), the head of the minutes (``Scribe:``, ``Chair:``), or
something that a bot is told or says. The scribe writes down what others say as ``Name: words`` and goes on with
``... more words``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractor.sources.people import fold_name
from extractor.sources.reasons import ATTENDEES, HEADER, HEADING, SYSTEM
from extractor.sources.texts.labels import is_stop_label, names_nobody

QUEUE = "queue"
CORRECTION = "correction"

CONTINUED = re.compile(r"(?:\.{3,5}|…)[ \t]*")
"""What a scribe puts before words that go on with the same speaker."""

_BOTS = re.compile(
    r"(?:zakim|rrsagent|trackbot(?:-ng)?|agendabot|github-?bot|ghurlbot|gb|gitbot|voip-\S{1,20}|chanserv|nickserv"
    r"|scribe-?bot|minutes-?bot)_*$",
    re.IGNORECASE,
)
_TO_BOT = re.compile(r"(?:zakim|rrsagent|trackbot|agendabot|ghurlbot|gb|voip|github-?bot)\s{0,3}[,:]\s", re.IGNORECASE)
_AGENDA = re.compile(
    r"(?:agenda[+?\-]|agendum [+?\-]?\d|(?:clear|list|show|close|next) (?:agenda|agendum|item)\b)", re.IGNORECASE
)
_ATTENDEES = re.compile(r"(?:present|regrets|absent|guests?)\s{0,3}(?:[+\-=]|:(?!//))", re.IGNORECASE)
_QUEUE = re.compile(
    r"(?:(?:q|qq|vq|queue)\s?[+\-?=](?:\s|$|\w)|queue\s{0,2}\?|ack\s{1,3}(?P<acked>\S{1,40})(?:\s{1,3}\S{1,40}){0,2}$)",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"(?:sub-?)?topic\s{0,3}[:+]\s{0,9}(?P<topic>\S.{0,300})", re.IGNORECASE)
_TAKEN_UP = re.compile(r"agendum \d{1,3}\.? -?-?\s?[\"“](?P<topic>.{1,300})[\"”] taken up", re.IGNORECASE)
_HEADER = re.compile(
    r"(?P<field>scribe(?:nick)?|chairs?|meeting|date|agenda)"
    r"\s{0,3}(?:[:=]|[+\-](?=[\s:]|$)):?\s{0,9}(?P<value>.{0,300})",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\S{1,60} has (?:joined|left|quit)(?: [#&]|$)")
_LOGGING = re.compile(r"logging to https?://\S{1,100}?/(\d{4})/(\d{2})/(\d{2})-", re.IGNORECASE)
_LABEL = re.compile(r"(?P<label>[^\s:][^:\n]{0,59}?)\s?:(?=\s)\s{0,9}")
_KEYWORDS = re.compile(
    r"(?:resolution|resolved|proposal|proposed|proposed resolution|action(?: item)?|decision|decided|agreed|consensus"
    r"|issue|straw ?poll|vote|poll|summary|note|todo|dream|statement|agreement|objection|correction|url|link"
    r"|(?:action|issue|pr|bug|raised|close|closed)[ \-#]{0,2}\d{1,6}|info|https?)s?$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W_][^\n:,;!?<>\"=]{0,59}$")
_MOST_WORDS = 4


@dataclass(frozen=True)
class Remark:
    """What a message is: for ``reason`` None it is something said, else it is set aside for that reason."""

    reason: str | None = None
    topic: str | None = None
    field: str | None = None
    value: str = ""


SAID = Remark()


def remark_of(nick: str, text: str, *, scribed: bool) -> Remark:
    """What kind of message ``text`` by ``nick`` is.

    ``scribed`` is whether the log has the conventions of a meeting with a scribe. Without them, only what is written in
    no ordinary chat is taken for one of its signs.
    """
    bare = text.strip()
    if not bare:
        return SAID
    if _JOINED.match(bare) and bare.startswith(nick):
        return Remark(SYSTEM)
    topic = _TOPIC.match(bare)
    if topic:
        return Remark(HEADING, topic=fold_name(topic["topic"]))
    if is_correction(bare):
        return Remark(CORRECTION)
    if is_bot(nick):
        return _remark_of_bot(bare)
    return (_meeting_remark(bare) or SAID) if scribed else SAID


def _remark_of_bot(bare: str) -> Remark:
    """What a bot says is set aside; the topic, the title and the day that it names are kept."""
    logging = _LOGGING.match(bare)
    if logging:
        return Remark(SYSTEM, field="date", value="-".join(logging.groups()))
    taken = _TAKEN_UP.match(bare)
    if taken:
        return Remark(SYSTEM, topic=fold_name(taken["topic"]))
    head = _HEADER.match(bare)
    return Remark(HEADER, field=head["field"].casefold(), value=head["value"].strip()) if head else Remark(SYSTEM)


def _meeting_remark(bare: str) -> Remark | None:
    if _TO_BOT.match(bare) or _AGENDA.match(bare):
        return Remark(SYSTEM)
    if _ATTENDEES.match(bare):
        return Remark(ATTENDEES)
    if _QUEUE.match(bare):
        return Remark(QUEUE)
    head = _HEADER.match(bare)
    if head:
        return Remark(HEADER, field=head["field"].casefold(), value=head["value"].strip())
    return None


def is_bot(nick: str) -> bool:
    """Whether a nickname is that of one of the programs that serve meetings."""
    return bool(_BOTS.match(nick))


def is_correction(text: str) -> bool:
    """Whether a message is ``s/old/new/`` or ``i/place/insert/``, also with ``|`` for the slash."""
    if len(text) < 4 or text[0] not in "si" or text[1] not in "/|":
        return False
    old, mark, rest = text[2:].partition(text[1])
    if not mark or not old or text[1:3] == "//":
        return False
    return rest.endswith((text[1], f"{text[1]}g", f"{text[1]}G")) or text[1] not in rest.strip()


def shows_scribing(text: str) -> bool:
    """Whether a message is one that only a meeting with a scribe has."""
    bare = text.lstrip()[:60].casefold()
    return bare.startswith(
        ("present+", "scribe:", "scribenick:", "scribe+", "q+", "zakim, ", "rrsagent, ", "trackbot, ")
    )


def scribes_of(remark: Remark, nick: str) -> list[str]:
    """The scribes that a message declares: the names of ``scribe: A, B``; its writer for a bare ``scribe+``."""
    if remark.field not in ("scribe", "scribenick"):
        return []
    value = remark.value.lstrip("+:= ")
    names = [name.strip() for name in value.replace(" and ", ",").split(",")]
    return [name for name in names if name] or [nick]


def relayed_label(text: str) -> tuple[str, int] | None:
    """The name before the colon of what a relay writes, and where the words after it begin; None where it has none."""
    found = _LABEL.match(text)
    if found is None:
        return None
    label = fold_name(found["label"])
    if _KEYWORDS.match(label) or is_stop_label(label) or not _NAME.match(label) or len(label.split()) > _MOST_WORDS:
        return None
    return label, found.end()


def accepts(label: str, rest: str, count: int, known: Mapping[str, object]) -> bool:
    """Whether a label that a scribe writes is somebody, and not a word before a colon.

    It is where the name is known, comes back, or is one word before something other than a link.
    """
    folded = label.casefold()
    if names_nobody(label) or folded in known or count > 1:
        return True
    return " " not in label and not rest.lstrip().startswith(("http://", "https://")) and label[0].isalpha()
