"""``On Monday, Ana wrote:`` and its like in some thirty languages -> who is quoted, and when that was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_MOST_LINES = 4
_LONGEST_LINE = 300
_LONGEST_NAME = 100

_VERB = re.compile(
    r"(?<!\w)(?:wrote|writes|said"
    r"|schrieb|schreibt|hat\s+(?:folgendes\s+)?geschrieben"
    r"|a\s+[ée]crit|[ée]crit|escribi[óo]|ha\s+scritto|scrisse|escreveu|a\s+scris"
    r"|(?:(?:ezt|a\s+következőt|az\s+alábbiakat)\s+)?írta"
    r"|va\s+escriure|schreef|het\s+volgende\s+geschreven|geschreven|kirjutas|rašė|rakstīja|đã\s+viết|menulis"
    r"|skrev(?:\s+følgende|\s+följande)?|kirjoitti"
    r"|napisał(?:\(a\)|a)?|nadesłał(?:\(a\)|a)?|pisze|napsal(?:\(a\)|a)?|píše|napísal(?:\(a\)|a)?"
    r"|(?:je\s+)?napisa(?:o|la|l)(?:/la|/a)?(?:\s+je)?|έγραψε"
    r"|написал(?:\(а\)|а)?|писал(?:\(а\)|а)?|пишет|пише|написав(?:\(ла\)|ла)?|написа"
    r"|(?:tarihinde\s+)?(?:şunu\s+|şunları\s+)?yazdı)(?!\w)"
    r"|写道|寫道|写到|님이\s*(?:작성한\s*메시지|작성하였습니다|작성했습니다|작성함|작성|썼습니다|쓴\s*글)"
    r"|さん(?:は書きました|のメッセージ)|เขียนว่า|כתב/ה|כתב|كتب"
)
_SAID = re.compile(r"(?<!\w)said(?!\w)")
_BEFORE_DATE = (
    r"(?:On|At|Am|Le|El|Il\s+giorno|In\s+data|Il|Op|Em|No\s+dia|Den|På|W\s+dniu|Dnia|Dne|La\s+data\s+de|Pe|Quoting"
    r"|In\s+(?:article|message))\s|在\s*|于\s*|於\s*"
)
_LEAD = rf"{_BEFORE_DATE}|(?:D\.|Dana|Dňa|În|На|Στις|Kuupäev|Vào|Pada|في)\s|เมื่อ\s*|ב-?"
_BRACKETED = re.compile(r"[<(\[]\s*(?:mailto:)?([^\s<>()@\[\]:]{1,100}(?:@| at )[^\s<>()@\[\]:]{1,200})\s*[>)\]]*")
_BARE = re.compile(r"(?<![^\s,;:\"'])([^\s<>()@\[\]:,;\"']{1,100}@[^\s<>()@\[\]:,;\"']{1,200})")
_LEADING_DATE = re.compile(rf"\W{{0,5}}(?:{_LEAD})\D{{0,40}}\d")
_DATED_START = re.compile(r"\W{0,3}(?:[^\W\d]{1,12}[.,]{0,2}\s{0,2}){0,3}\d")
_NAMED_START = re.compile(r"\W{0,3}[^\W\d][^@\d<>:]{0,60}[<(]\s*(?:mailto:)?[^\s<>@]{1,100}@")
_DATE = re.compile(
    r"\d{1,2}[:.h]\d{2}|\d{1,4}\s?[年년]|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|(?<!\d)(?:19|20)\d\d(?!\d)"
    r"|\d{1,2}\.?\s[^\W\d]{3}|[^\W\d]{3}\s\d{1,2}(?!\d)"
)
_NAME_ALONE = re.compile(r"[^>\s].{0,100}$", re.DOTALL)
_DATE_TOKEN = re.compile(
    r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?|\d{4}\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}\s?[일日.]?"
    r"|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|(?<![\d])(?:19|20)\d\d(?!\d)|(?<!\w)\d{1,2}(?:st|nd|rd|th)?(?=\W|$)"
)
_AFTER_DATE = re.compile(
    r"(?:[\s,;|]*(?:[AaPp]\.?\s?[Mm]\.?(?!\w)|[πμ]\.μ\.|Uhr|uur|hrs?(?!\w)|h(?!\w)|klo|kl\.|г\.|р\."
    r"|(?:GMT|UTC)?[+-]\d{1,2}:?\d{0,2}|(?:GMT|UTC|CES?T|WES?T|EES?T|[ECMP][SD]T|BST|IST|JST|MSK|MEZ|MESZ)(?!\w)|Z(?!\w)"
    r"|[(（][^()（）]{1,40}[)）]|(?:周|星期|週)[一二三四五六日天]|[月火水木金土日]曜日?"
    r"|上午|下午|오전|오후|tarihinde|(?:um|at|à|a\s+las|alle(?:\s+ore)?|às|om|kl|o|v|в|klo|saat)(?=\s+\d)))*"
    r"[\s,;:|]*"
)
_ARTICLE = re.compile(r"In\s+(?:article|message)\s+<[^<>]{1,300}>,?\s+")
_NAME_EDGES = " \t\n\r,;:*\"'`<>()[]-–—|„“”«»、，："
_BEFORE_NAME = re.compile(
    r"(?:heeft|hat|od|от|dal|da parte di|posted by|Zitat von|by|odesílatel|käyttäjä|пользователь|користувач|používateľ"
    r"|lietotājs|kasutaja|korisnik|uporabnik|időpontban|keltezéssel,?|ο/η|에|מאת"
    r"|[صم]\s+تمت كتابة ما يلي بواسطة|بواسطة)\s+",
    re.IGNORECASE,
)
_LONGEST_TAIL = 40
BEHALF = re.compile(
    r"\s+\*?(?:on\s+behalf\s+of|im\s+Auftrag\s+von|de\s+la\s+part\s+de|en\s+nombre\s+de|namens|em\s+nome\s+de"
    r"|per\s+conto\s+di|på\s+vegne\s+af)\*?\s",
    re.IGNORECASE,
)
"""What stands between who sent a mail and the author for whom it was sent."""

_VIA = re.compile(r"\s+via\s+\S")


class Author(NamedTuple):
    """Who wrote what is quoted, as the quoting mail says; what it does not say is empty. ``written`` is the date."""

    name: str = ""
    address: str = ""
    written: str = ""

    @property
    def is_nobody(self) -> bool:
        return not self.name and not self.address


class Found(NamedTuple):
    """An attribution on the lines from ``start`` up to, not including, ``end``.

    ``sure`` is whether it must be one even where no marked quotation follows.
    """

    start: int
    end: int
    author: Author
    sure: bool


def find_attributions(lines: Sequence[str], depths: Sequence[int]) -> dict[int, Found]:
    """The attributions among ``lines`` (without quotation marks, stripped) by their first line.

    ``depths`` counts each line's quotation marks; the lines of one attribution have the same.
    """
    found: dict[int, Found] = {}
    free = 0
    for end, line in enumerate(lines):
        if not _ends_one(line):
            continue
        one = _ending_at(lines, depths, end, free)
        if one is not None:
            found[one.start] = one
            free = one.end
    return found


def _ends_one(line: str) -> bool:
    return 0 < len(line) <= _LONGEST_LINE and line.endswith((":", "：", "wrote", "写道"))


def _ending_at(lines: Sequence[str], depths: Sequence[int], end: int, free: int) -> Found | None:
    first = max(free, end - _MOST_LINES + 1)
    for start in range(end, first - 1, -1):
        if not lines[start] or depths[start] != depths[end] or len(lines[start]) > _LONGEST_LINE:
            break
        text = " ".join(lines[start : end + 1])
        if _is_attribution(text) and _starts_one(text):
            start, text = _with_line_before(lines, depths, start, end, first)
            return Found(start, end + 1, author_of(text), not _SAID.search(text) or _address_in(text) is not None)
    return _before_quote(lines, depths, end, first) if _quote_follows(lines, depths, end) else None


def _before_quote(lines: Sequence[str], depths: Sequence[int], end: int, first: int) -> Found | None:
    """What is an attribution only as a marked quotation follows: a name alone, or a language that is not known here."""
    for start in range(end, first - 1, -1):
        if not lines[start] or depths[start] != depths[end] or len(lines[start]) > _LONGEST_LINE:
            break
        text = " ".join(lines[start : end + 1])
        if start == end and _VERB.search(text) is not None and _NAME_ALONE.match(text):
            return Found(end, end + 1, author_of(text), False)
        if _has_date_and_address(text) and _starts_one(text):
            return Found(start, end + 1, author_of(text), False)
    return None


def _has_date_and_address(text: str) -> bool:
    """Whether a text has a date, then an address in brackets, then nothing but a few words."""
    address = _address_in(text)
    if address is None or text[address.start()] not in "<([":
        return False
    tail = text[address.end() :]
    return len(tail) <= _LONGEST_TAIL and "@" not in tail and _DATE.search(text[: address.start()]) is not None


def _with_line_before(lines: Sequence[str], depths: Sequence[int], start: int, end: int, first: int) -> tuple[int, str]:
    """The start of an attribution, moved up where the date stands on a line of its own before the name."""
    before = start - 1
    text = " ".join(lines[start : end + 1])
    if before < first or depths[before] != depths[end] or not lines[before] or _LEADING_DATE.match(text):
        return start, text
    if _LEADING_DATE.match(lines[before]) and not lines[before].endswith((".", "!", "?", ":")):
        return before, f"{lines[before]} {text}"
    return start, text


def _is_attribution(text: str) -> bool:
    address = _address_in(text)
    if _VERB.search(text) is not None:
        return address is not None or _DATE.search(text) is not None
    if address is None or _DATE.search(text[: address.start()]) is None:
        return False
    return not text[address.end() :].strip(" :：>)]")


def _starts_one(text: str) -> bool:
    return bool(_LEADING_DATE.match(text) or _DATED_START.match(text) or _NAMED_START.match(text))


def _quote_follows(lines: Sequence[str], depths: Sequence[int], index: int) -> bool:
    for after in range(index + 1, min(index + 4, len(lines))):
        if lines[after] or depths[after] > depths[index]:
            return depths[after] > depths[index]
    return False


# Who and when


def _address_in(text: str) -> re.Match[str] | None:
    bracketed = list(_BRACKETED.finditer(text))
    return bracketed[-1] if bracketed else _BARE.search(text)


def author_of(text: str) -> Author:
    """Who an attribution names, and the date it gives."""
    text = _ARTICLE.sub("", text.strip().rstrip(":：").strip())
    match = _address_in(text)
    address = "" if match is None else match[1].replace(" at ", "@").strip(".,;").lower()
    tokens = [token for token in _DATE_TOKEN.finditer(text) if match is None or not _overlap(token, match)]
    verbs = list(_VERB.finditer(text))
    begin, end = (tokens[0].start(), _end_of_date(text, tokens)) if tokens else (0, 0)
    if match is not None and tokens and match.start() < begin:
        name, date = text[: match.start()], text[match.end() :]
    elif match is not None:
        name, date = text[end : match.start()], text[:end]
    elif verbs:
        name, date = _around_verb(text, verbs[-1], begin, end)
    else:
        name, date = text[end:], text[:end]
    return Author(clean_name(_VERB.sub(" ", name), address), address, _VERB.sub(" ", date).strip(_NAME_EDGES))


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _end_of_date(text: str, tokens: list[re.Match[str]]) -> int:
    """Where the date ends: after its time or year, or the last number that belongs to it."""
    telling = [token for token in tokens if len(token.group()) >= 4 or ":" in token.group()]
    end = (telling or tokens)[-1].end()
    after = _AFTER_DATE.match(text, end)
    return after.end() if after is not None else end


def _around_verb(text: str, verb: re.Match[str], begin: int, end: int) -> tuple[str, str]:
    """Name and date of an attribution without an address: ``date, name wrote``, ``date wrote name``, ``name wrote``."""
    left, right = text[: verb.start()], text[verb.end() :]
    if right.strip(_NAME_EDGES):
        return (left, right) if begin >= verb.end() else (right, left)
    if not end:
        return left, ""
    if left[end:].strip(_NAME_EDGES):
        return left[end:], left[:end]
    return left[:begin], left[begin:]


def clean_name(name: str, address: str = "") -> str:
    """A name without what stands around it; empty where it is none, or is the address again."""
    name = " ".join(name.split())
    name = _VIA.split(BEHALF.split(name)[-1])[0]
    name = _BRACKETED.sub(" ", name)
    for lead in (re.compile(_BEFORE_DATE), _BEFORE_NAME):
        match = lead.match(name.strip(_NAME_EDGES) + " ")
        if match is not None:
            name = name.strip(_NAME_EDGES)[match.end() :]
    name = " ".join(name.strip(_NAME_EDGES).split())
    name += "".join(end for begin, end in ("()", "[]") if name.count(begin) > name.count(end))
    if not any(character.isalpha() for character in name) or len(name) > _LONGEST_NAME or name.lower() == address:
        return ""
    return name
