"""Spoken words to a readable sentence, nothing added: fillers, repairs and leading discourse markers are taken out."""

from __future__ import annotations

import re

from extractor.engines.local import cues

_FILLER = re.compile(
    r"(?<![\w'’])(?:um+|uh+m*|er+m*|ehm+|hmm+|mm+(?:-hmm+)?|mhm|uh-huh|you know|i mean)(?![\w'’-])[,.…]*(?:\s+|$)",
    re.IGNORECASE,
)
_LIKE = re.compile(r",\s*like,\s*", re.IGNORECASE)
_CUT_WORD = re.compile(r"(?<!\S)\w{1,6}(?:--?|…)\s+(?=\w)")
_REPEAT = re.compile(r"\b(\w+(?:['’]\w+)?(?: \w+(?:['’]\w+)?){0,2})(?:,? \1\b)+", re.IGNORECASE)
_EMPHATIC = frozenset({"very", "really", "so", "many", "that", "had", "no", "far", "long"})
_LEADING = re.compile(
    r"^(?:\W*\b(?:so|and|but|okay|ok|yeah|yes|yep|well|right|then|now|anyway|anyways|alright|all right|also|cool"
    r"|great|sure|oh"
    r"|ah|basically|actually|like|or|because|cuz|mm|hmm|fine|perfect|exactly)\b(?![-'’])[\s,.!:…–—-]*(?!$))+",
    re.IGNORECASE,
)
_LEADING_OPINION = re.compile(
    r"^i (?:think|guess|suppose|believe)(?: that)?,? (?=(?:we|let|so|the|it|this|that)\b)", re.IGNORECASE
)
_MARKUP = re.compile(r"(?<!\w)[*_`]{1,3}|[*_`]{1,3}(?!\w)|^\s*(?:[-*•]|\d+[.)])\s+|^#+\s*", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")

STOP_WORDS = frozenset(
    "a an and are as at be been but by can could did do does for from had has have he her him his i i'd i'll i'm"
    " i've if in is it it's its just let let's like me my no not of okay ok on or our right she should so some"
    " than that that's the their them then there there's these they they're this those to too up us very was we"
    " we'd we'll we're we've well were what when where which who will with would yeah yes you you'll you're your"
    " go going gonna get got thing things one know mean think really actually good great sure fine cool all about"
    " now also maybe probably kind sort bit lot stuff something anything say said make want agree agreed sounds"
    " sense works perfect alright yep yup exactly absolutely definitely done".split()
)


def cleaned(text: str) -> str:
    """The sentence without fillers and repairs, capitalised, with a full stop; empty where nothing is left."""
    text = " ".join(_MARKUP.sub("", text).split())
    text = _CUT_WORD.sub("", _LIKE.sub(" ", _FILLER.sub("", text)))
    text = _REPEAT.sub(_once, text)
    stripped = _LEADING.sub("", text)
    stripped = _LEADING_OPINION.sub("", stripped if len(stripped.split()) >= 2 else text)
    stripped = re.sub(r"\s+([,.;:?!])", r"\1", stripped).strip(" ,;:-–—…")
    if not stripped:
        return ""
    if stripped[-1].isalnum() or stripped[-1] in "\"'”’)":
        stripped += "."
    return stripped[0].upper() + stripped[1:]


def content_words(text: str) -> int:
    """Number of different words that carry content: what is left without function words and acknowledgements."""
    words = {word.lower().replace("’", "'") for word in _WORD.findall(_FILLER.sub("", text))}
    return len(words - STOP_WORDS)


def is_acknowledgement(text: str) -> bool:
    """Whether a segment does no more than accept: "yeah, let's do that", "okay, sounds good", "+1"."""
    return (cues.has("accept", text) or cues.has("assent", text)) and content_words(text) <= 1 and "?" not in text


def _once(match: re.Match[str]) -> str:
    return match.group(0) if match.group(1).lower() in _EMPHATIC else match.group(1)
