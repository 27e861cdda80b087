"""The body of a mail -> what its author wrote in it, and what is quoted, signature or footer.

Nothing is deleted: every character belongs to a part. Patterns after mail-parser-reply, email-reply-parser and talon.
"""

from __future__ import annotations

import re
from typing import NamedTuple

OWN = "own"
QUOTED = "quoted reply"
SIGNATURE = "signature"
BANNER = "banner"
FOOTER = "footer"

_LINE = re.compile(r"[^\n]*\n|[^\n]+$")
_QUOTE = re.compile(r"[ \t]*>")
_ADDRESS = r"<?[^\s<>@]+(?:@| at )[^\s<>@]+>?"
_ATTRIBUTION = re.compile(
    r"""[ \t>]*(?:
    On\b.{4,300}?\bwrote\s*:?
    |Am\b.{4,300}?\bschrieb\b.{0,200}?:
    |Le\b.{4,300}?\ba\s+[ée]crit\s*:
    |El\b.{4,300}?\bescribi[óo]\s*:
    |Il\b.{4,300}?\bha\s+scritto\s*:
    |Op\b.{4,300}?\b(?:schreef|het\s+volgende\s+geschreven)\b.{0,200}?:
    |Em\b.{4,300}?\bescreveu\s*:
    |(?:Den|På)\b.{4,300}?\bskrev\b.{0,200}?:
    |W\s+dniu\b.{4,300}?\bnapisał(?:\(a\)|a)?\s*:
    |\d{4}(?:-\d\d?-\d\d?|/\d\d?/\d\d?|年\d\d?月\d\d?日).{0,200}?<[^<>]{1,80}(?:@|\ at\ )[^<>]{1,80}>\s*:
    |.{2,120}\bwrote\s+on\b.{4,120}:
    |\d\d?[./]\d\d?[./]\d{2,4}.{0,120}\b(?:пишет|написал|wrote|schrieb)\b.{0,100}:
    )[ \t]*$""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTION_START = re.compile(
    r"[ \t>]*(?:On|Am|Le|El|Il|Op|Em|Den|På|W dniu|\d{4}[-/年]|\d\d?[./]\d\d?[./]\d{2,4}|.{2,60} wrote on)[ \d月]"
)
_DATED_START = re.compile(r"[ \t>]*(?:On|Am|Le|El|Il|Op|Em|Den|På|W dniu) .{0,12}\d")
_MOST_LINES_OF_ATTRIBUTION = 4
_TELLING_CHARACTERS = 20
_BEFORE_QUOTE = re.compile(
    r"[^>].{1,200}\b(?:wrote|writes|said|schrieb|schreibt|écrit|escribió|skrev|schreef|scrisse)\b.{0,60}:\s*$"
)

_DIVIDER = re.compile(
    r"[ \t]*(?:-{2,}[ ]?(?:Original Message|Forwarded message|Ursprüngliche Nachricht|Weitergeleitete Nachricht"
    r"|Message d'origine|Mensaje original|Messaggio originale|Oorspronkelijk bericht|Originalmeddelelse"
    r"|Originalmeddelande|Opprinnelig melding|Mensagem original|Wiadomość oryginalna)[ ]?-{2,}"
    r"|Begin forwarded message:|Anfang der weitergeleiteten Nachricht:)[ \t]*$",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(
    r"[ \t*]*(From|Sent|Date|To|Cc|Subject|Von|Gesendet|Datum|An|Betreff|De|Envoyé|Date|À|Objet|Enviado|Para|Asunto"
    r"|Fra|Sendt|Dato|Til|Emne|Från|Skickat|Till|Ämne|Van|Verzonden|Aan|Onderwerp|Da|Inviato|A|Oggetto|Assunto"
    r"|差出人|送信日時|宛先|件名)[ \t]?\*?[ ]?[:：]\*?[ \t]*\S",
)
_FIRST_HEADERS = frozenset("From Von De Fra Från Van Da 差出人".split())
_FEWEST_HEADER_LINES = 3

_SIGNATURE = re.compile(r"-- ?$")
_DEVICE = re.compile(
    r"[ \t]*(?:Sent from (?:my|Mail|Outlook|Yahoo|Proton)\b.{0,60}|Get Outlook for \S+.{0,60}"
    r"|Von meinem .{1,30} gesendet|Envoyé de(?:puis)? mon .{1,30}|Enviado desde mi .{1,30}|Sendt fra min .{1,30})$",
    re.IGNORECASE,
)
_LIST_FOOTER = re.compile(r"[ \t]*_{20,}[ \t]*$")
_LIST_WORDS = re.compile(r"mailing list|unsubscribe|listinfo|lists?\.|You received this message because", re.IGNORECASE)
_SCRUBBED = re.compile(r"-{8,} next part -{8,}$")
_BANNER = re.compile(
    r"\W*(?:(?:CAUTION|WARNING|EXTERNAL)\b.{0,40}\b)?(?:This|The) (?:e-?mail|message|sender)\b.{0,20}\b"
    r"(?:originated|came|sent|comes|is) (?:from )?(?:an? )?(?:outside|external)|\W*\[?EXTERNAL(?: E-?MAIL)?\]?\W*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-_=*]{5,}\s*$")
_LEGAL = re.compile(
    r"(?:this (?:e-?mail|message)\b.{0,200}\b(?:confidential|privileged|intended (?:solely|only|for)|legally)"
    r"|confidentiality notice|disclaimer:|intended recipient|Diese E-Mail enthält vertrauliche)",
    re.IGNORECASE | re.DOTALL,
)


class Part(NamedTuple):
    """A stretch of a body: its text with line breaks, and ``OWN`` or the reason why it is set aside."""

    reason: str
    text: str


def split_body(body: str) -> list[Part]:
    """The parts of a plain-text body in their order; their texts put together are the body."""
    lines = _LINE.findall(body)
    reasons = _with_legal_footer(lines, _reasons(lines))
    parts: list[Part] = []
    for line, reason in zip(lines, reasons, strict=True):
        if parts and parts[-1].reason == reason:
            parts[-1] = Part(reason, parts[-1].text + line)
        else:
            parts.append(Part(reason, line))
    return parts


def _reasons(lines: list[str]) -> list[str]:
    reasons: list[str] = []
    index, spoken = 0, False
    while index < len(lines):
        line = lines[index].rstrip("\n")
        taken = _attribution(lines, index)
        if taken:
            reasons += [QUOTED] * taken
            index += taken
            if not _quote_follows(lines, index):
                return reasons + [QUOTED] * (len(lines) - index)
        elif _DIVIDER.match(line) or _is_header_block(lines, index):
            return reasons + [QUOTED] * (len(lines) - index)
        elif _QUOTE.match(line):
            reasons.append(QUOTED)
            index += 1
        elif _SIGNATURE.match(line) and _is_signature(lines, index):
            end = _end_of_signature(lines, index)
            reasons += [SIGNATURE] * (end - index)
            index = end
        elif _LIST_FOOTER.match(line) and _LIST_WORDS.search("".join(lines[index : index + 6])):
            return reasons + [FOOTER] * (len(lines) - index)
        elif _SCRUBBED.match(line) and "scrubbed" in "".join(lines[index + 1 : index + 3]):
            reasons += [FOOTER] * len(lines[index : index + 8])
            index += len(lines[index : index + 8])
        elif not spoken and _BANNER.match(line):
            reasons.append(BANNER)
            index += 1
        elif _DEVICE.match(line):
            reasons.append(SIGNATURE)
            index += 1
        else:
            reasons.append(OWN)
            spoken = spoken or bool(line.strip())
            index += 1
    return reasons


def _attribution(lines: list[str], index: int) -> int:
    """How many lines from ``index`` on are ``On ... wrote:``, wrapped or not; 0 where it is none."""
    if _BEFORE_QUOTE.match(lines[index]) and _quote_follows(lines, index + 1):
        return 1
    if not _ATTRIBUTION_START.match(lines[index]):
        return 0
    text = ""
    for count, line in enumerate(lines[index : index + _MOST_LINES_OF_ATTRIBUTION], 1):
        if not line.strip() or (count > 1 and _DATED_START.match(line)):
            return 0
        text = f"{text} {line.strip()}" if text else line.rstrip()
        if _ATTRIBUTION.match(text):
            return count
    return 0


def _quote_follows(lines: list[str], index: int) -> bool:
    for line in lines[index:]:
        if line.strip():
            return bool(_QUOTE.match(line))
    return False


def _is_header_block(lines: list[str], index: int) -> bool:
    """Whether the headers of a quoted mail start here: From (or its like) and two more, one below the other."""
    if not _HEADER_LINE.match(lines[index]):
        return False
    found = [match[1] for line in lines[index : index + 6] if (match := _HEADER_LINE.match(line)) is not None]
    return len(found) >= _FEWEST_HEADER_LINES and not _FIRST_HEADERS.isdisjoint(found)


def _is_signature(lines: list[str], index: int) -> bool:
    """Whether ``--`` starts a signature: with a blank after it always, bare only near the end."""
    return lines[index].startswith("-- ") or len(lines) - index <= 12


def _end_of_signature(lines: list[str], index: int) -> int:
    for end in range(index + 1, len(lines)):
        starts_quote = _QUOTE.match(lines[end]) or _attribution(lines, end) or _is_header_block(lines, end)
        if starts_quote or _DIVIDER.match(lines[end].rstrip("\n")):
            return end
    return len(lines)


def _with_legal_footer(lines: list[str], reasons: list[str]) -> list[str]:
    """Mark the last own paragraph as footer where it is legal boilerplate and not all there is."""
    end = len(lines)
    while True:
        while end and (reasons[end - 1] != OWN or not lines[end - 1].strip("-_=* \t\n")):
            end -= 1
        begin = end
        while begin and reasons[begin - 1] == OWN and lines[begin - 1].strip():
            begin -= 1
        before = any(reason == OWN and line.strip() for line, reason in zip(lines[:begin], reasons, strict=False))
        if begin == end or not before or not _LEGAL.search("".join(lines[begin:end])):
            return _with_rules(lines, reasons)
        reasons = reasons[:begin] + [FOOTER] * (end - begin) + reasons[end:]
        end = begin


def _with_rules(lines: list[str], reasons: list[str]) -> list[str]:
    """Mark the ruled lines around a footer as part of it."""
    if FOOTER not in reasons:
        return reasons
    marked = list(reasons)
    filled = [index for index, line in enumerate(lines) if line.strip()]
    for place, index in enumerate(filled):
        around = {marked[other] for other in (*filled[max(0, place - 1) : place], *filled[place + 1 : place + 2])}
        if marked[index] == OWN and FOOTER in around and _RULE.match(lines[index]):
            marked[index] = FOOTER
    return marked


def telling_lines(text: str) -> set[str]:
    """The lines of a text that are long enough to be told apart, without quotation marks and white space."""
    lines = ("".join(line.lstrip("> \t").split()) for line in text.split("\n"))
    return {line for line in lines if len(line) >= _TELLING_CHARACTERS}
