"""Open questions: asked or named as unknown, and not answered in what follows. Few, and sure."""

from __future__ import annotations

import re

from extractor.drafts import DraftEvidence, DraftOpenQuestion
from extractor.engines.local import cues
from extractor.engines.local.people import requests
from extractor.engines.local.reading import Reading
from extractor.engines.local.spans import after, quote_around
from extractor.engines.local.statements import cleaned, content_words

LEAST_CONTENT = 3
ANSWER_SECONDS = 60.0
ANSWER_SEGMENTS = 5
UNKNOWN_SEGMENTS = 3  # segments of a reply in which "I don't know" leaves the question open
ANSWER_WORDS = 8  # words of a reply from which it may be an answer

_NAMED = re.compile(
    r"\b(?:(?:an |the |one |still |remaining |main |big |another )*(?:open|unresolved|outstanding"
    r"|unanswered) (?:question|issue|point)s?"
    r"|(?:question|issue|point)s? (?:is|are|remains?) (?:still )?open\b|what (?:i|we) still (?:don't|do not) know"
    r"|we (?:still )?haven't (?:yet )?(?:decided|agreed|settled|figured out)"
    r"|we (?:still |really |actually |all )*(?:don't|do not|didn't) (?:really |actually |yet "
    r"|even )*know (?:whether|if|how|what|when|who|which|why|where)"
    r"|(?:it's|it is|is|that's|remains?|still) (?:still |very |a bit |quite |really |not )*(?:unclear|undecided"
    r"|unresolved|to be (?:determined|decided|confirmed)|tbd|up in the air)"
    r"|(?:we|somebody|someone) (?:\w+ )?(?:need|have) to (?:figure out|find out|work out|determine|clarify"
    r"|understand) (?:whether|if|how|what|when|who|which|why|where)"
    r"|(?:we're|we are|it's|is|that's) not (?:really |quite |entirely |so |100% )?(?:sure|clear) (?:yet )?(?:whether"
    r"|if|how|what|when|who|which|why"
    r"|where)"
    r"|(?:the|one|our) (?:big |main |only |open |remaining |other )?question (?:is|here is|remains|then is)"
    r" (?:still |then )?(?:whether|if|how|what|when|who|which|why|where))\b",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"\b(?:can (?:you|everyone|anyone|people|we) (?:all )?(?:hear|see)|am i (?:audible|muted|sharing)"
    r"|is that (?:okay|ok|right|correct|clear)|does that (?:make sense|answer|help|work)"
    r"|are there (?:any |other |more |still )*questions|any (?:other |more |further )?(?:questions?|comments?"
    r"|thoughts?|objections?|updates?|feedback|concerns?"
    r"|opinions?|volunteers?)|anything else|anyone (?:else|want|have|here|wants)|how are you"
    r"|who(?:'s| is| wants| would)? (?:next|first|to (?:go|start|take))|what do you (?:think|mean|say)|is (?:he|she"
    r"|\w+) (?:here|on the call)|right\?|you know\?|remember\?|okay\?|ok\?|yeah\?"
    r"|(?:did|do|does) (?:you|anyone|anybody|somebody|someone) (?:want|have)|would you like|you want to"
    r"|should we (?:start|move on|wait|go|get started|begin)|shall we (?:start|move|begin|go|get)"
    r"|want to (?:add|say|share|speak|go|give|take)|next (?:slide|topic|item)|good (?:morning|afternoon))\b"
    r"|\b(?:right|okay|ok|yeah|no|correct)\?$",
    re.IGNORECASE,
)
_DONT_KNOW = re.compile(
    r"\b(?:(?:i|we) (?:really |actually |honestly |also )?(?:don't|do not) (?:really |actually )?(?:know|have (?:an"
    r"|the|a good) answer)|haven't heard (?:\w+ )?back|no idea|not sure|unclear|good question"
    r"|(?:need|have|will have|would have) to (?:check|ask|find out|look|investigate|figure|think about|discuss"
    r"|get back|see)|i'd have to|open question|to be (?:determined|decided|seen)"
    r"|come back to|take (?:that|this|it) offline|follow up (?:on|async|offline)|get back to you|tbd|hard to say"
    r"|remains to be seen|let's (?:discuss|revisit|think about)"
    r"|(?:discuss|decide) (?:this |that |it )?(?:later|next|offline|async))\b",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"^\W*(?:yes|yeah|yep|no|nope|sure|absolutely|correct|exactly|right|of course|definitely|probably|i think"
    r"|the answer)\b",
    re.IGNORECASE,
)


def is_candidate(reading: Reading, index: int) -> bool:
    """Whether a segment is a question of substance, or names something as unknown."""
    segment = reading.script.segments[index]
    text = _plain(segment.text)
    if segment.foreign or _SMALL.search(text) or requests(text):
        return False
    asks = "?" in text and cues.has("question", text) and segment.words >= 7
    return (asks or (_NAMED.search(text) is not None and segment.words >= 6)) and content_words(text) >= LEAST_CONTENT


def question_at(reading: Reading, index: int) -> DraftOpenQuestion | None:
    """The open question that the segment ``index`` raises, None where the conversation goes on to answer it."""
    segments = reading.script.segments
    text = _plain(segments[index].text)
    outcome = _outcome(reading, index)
    named = _NAMED.search(text) is not None and "?" not in text
    if outcome == "answered" or (outcome == "silence" and not (named or reading.script.written)):
        return None
    first, last = quote_around(reading.script, index)
    quote = reading.quote(first, last)
    speaker = segments[index].speaker
    evidence = [DraftEvidence(role="raised", turn=segments[first].turn, quote=quote)]
    return DraftOpenQuestion(
        question=cleaned(quote),
        raised_by=(speaker,) if speaker is not None else (),
        evidence=tuple(evidence),
    )


def _outcome(reading: Reading, index: int) -> str:
    """``unknown`` (somebody says so), ``answered`` (another speaker replies at length or plainly), else ``silence``."""
    segments = reading.script.segments
    own = [
        n for n in after(reading.script, index, 10.0, 2, others=False) if segments[n].speaker == segments[index].speaker
    ]
    if any(_DONT_KNOW.search(_plain(segments[number].text)) for number in own):
        return "unknown"
    replies = after(reading.script, index, ANSWER_SECONDS, ANSWER_SEGMENTS)
    if any(_DONT_KNOW.search(_plain(segments[number].text)) for number in replies[:UNKNOWN_SEGMENTS]):
        return "unknown"
    words = 0
    for number in replies:
        reply = _plain(segments[number].text)
        words += segments[number].words
        if "?" not in reply and (words >= ANSWER_WORDS or _ANSWERED.match(reply)):
            return "answered"
    return "silence"


def _plain(text: str) -> str:
    return text.replace("’", "'")
