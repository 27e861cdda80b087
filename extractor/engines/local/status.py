"""Decided, or only suggested, put off, turned down? A proposal is not a decision."""

from __future__ import annotations

import re

from extractor.engines.local import cues
from extractor.records import Status

_REJECTED = re.compile(
    r"\b(?:we(?: won't| will not|'re not (?:going to|gonna)| are not (?:going to|gonna)|(?: have"
    r"|'ve)? decided (?:not to|against)| rejected?"
    r"| can't move forward)|let's not|no consensus|not (?:\w+ )?(?:reach|get|have|see)\w*(?: a| any)? consensus"
    r"|not advanc\w+|does(?: not|n't) advance"
    r"|(?:is|was|been) (?:rejected|declined|withdrawn|dropped)|ruled? (?:that |it |this )?out|decided against)\b"
    r"|n't (?:\w+ )?(?:reach|get|have|see)\w*(?: a| any)? consensus\b",
    re.IGNORECASE,
)
_DEFERRED = re.compile(
    r"\b(?:(?:let's|we(?:'ll| will| can| should| could)|i(?:'d)? (?:suggest|propose|think)(?: that)? we|going to"
    r"|gonna|to|and)"
    r" (?:\w+ ){0,2}?(?:come back (?:to|next)|revisit|defer|postpone|table (?:this|it|that)|take (?:(?:it|this|that"
    r"|these) )?(?:offline|async\w*|to the)"
    r"|(?:discuss|decide|talk about|continue|finali[sz]e|pick)(?: \w+){0,5}? (?:later|next (?:time|week|call|meeting"
    r"|plenary)|offline|async\w*|another (?:time|day)|on discord|in the issue)"
    r"|move (?:it|this|that)(?: \w+){0,3}? to (?:the )?next"
    r"|(?:take|pick|bring) (?:it|this|that|these) (?:back )?up\b"
    r"|(?:leave|keep) (?:it|this|that) (?:for (?:now|later|next)|open)"
    r"|wait (?:for|until|with)|hold off|continue (?:offline|async))"
    r"|(?:is|are|was|been) (?:deferred|postponed|tabled|on hold)|no decision (?:today|yet|for now)"
    r"|not (?:going to )?(?:decide|make (?:a|the|any) decision)"
    r"|deferred (?:to|until)|postponed (?:to|until))\b",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(?:(?:we|everyone|group|committee|team)(?:'ve| have| all|'re all)? ?(?:just |already |all )?(?:decided"
    r"|agreed?|settled|resolved|concluded|approved|accepted|adopted)"
    r"(?! if\b)|(?:it's|is|are|that's|been|was) (?:decided|agreed|settled|approved|accepted|resolved)"
    r"|we have (?:consensus|agreement|stage)|(?:we're|we are|everyone's) (?:all )?in agreement"
    r"|(?:there's|there is|rough|have|got|reached) (?:a )?(?:clear |rough )?consensus|has (?:consensus|stage)|(?:you"
    r"|we)(?:'ve| have)? (?:got )?(?:have )?stage (?:\d|one|two|three|four)"
    r"|that's (?:final|settled|decided)"
    r"|the decision (?:is|was|here is)|decision:|the final (?:decision|answer|call) is|hearing no\w*(?: objections?)?"
    r"|(?:there are|seeing|with) no objections"
    r"|let's (?:just )?(?:go (?:with|for|ahead)|do|use|keep|make|stick|say(?!,| you\b)|move|merge|ship|include|drop"
    r"|remove|add"
    r"|take|have|set|start|schedule|target|plan)"
    r"|(?:so|okay|then|and),? we(?:'ll| will|'re (?:going to|gonna)| are (?:going to|gonna))(?! (?:be|have to|need"
    r"|get|probably be|see"
    r"|talk|discuss|look|get to|come|start with|move on|go through))"
    r"|we(?:'re|'ll| are| will)(?: going to| gonna)?(?: just| then| probably| also)? (?:going (?:with|for|ahead)"
    r"|go(?:ing)? (?:with|for|ahead)|stick(?:ing)? (?:with|to)"
    r"|mov(?:e|ing) (?:forward|ahead|to)|use|keep|drop(?:ping)?|includ\w+|merg\w+|remov\w+"
    r"|ship(?:ping)?|adopt\w*|tak(?:e|ing) out|leav(?:e|ing) out|make (?:it|the|a)|switch\w*|schedul\w+)"
    r"|i(?: decide|'ll make the call| will make the call)|going ahead with)\b|^\W*(?:resolved|resolution|agreed"
    r"|decision|consensus)\b\s*:",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:(?:i|we)(?: would| could| might|'d) (?!be (?:going|using))|maybe|perhaps|what if|how about|why don't"
    r"|should we|shall we|could we|can we|do we|if we|would be (?:nice|good|great)"
    r"|i(?:'d| would)? (?:suggest|propose|prefer|like to)|proposal is|wonder\w*|hopefully|i hope|might|whether)\b"
    r"|\?\W*$",
    re.IGNORECASE,
)
_PERSONAL_CALL = re.compile(
    r"\bi(?:(?:'ve| have)? decided?|'ll make the call| will make the call| am making the call|'m making the call)\b",
    re.IGNORECASE,
)


_SUPPOSED = re.compile(
    r"\b(?:if|unless|once|whether|hard time|suppose|assuming|in case|imagine|whenever|would (?:be|have|then|need"
    r"|just)|could|might"
    r"|don't (?:like|want)|suggesting|instead of|rather than|or do|then we'll)\b",
    re.IGNORECASE,
)
_TO_BE_DECIDED = re.compile(
    r"\b(?:(?:not|n't|can|will|we'll|could|should|would|to|gonna|going to|expect to|have|be|and|already) (?:\w+ ){0,4}?"
    r"(?:mak(?:e|ing)|have|take|reach) (?:a|the|any|that|this|our|it|some|final"
    r"|\w+ selection)? ?(?:\w+ )?(?:decision|call"
    r"|selection|determination)s?|decision (?:will|can|should|would|could|to be) (?:\w+ )?made"
    r"|(?:not|n't|should|can|need to|have to|want to|to|gonna|going to|later) decide)\b",
    re.IGNORECASE,
)
_NO_MORE_TODAY = re.compile(
    r"(?:\bnot|n't)\b[^.?!]{0,50}\b(?:today|now|yet|this (?:call|meeting|week))\b|\b(?:next|two|a few|four"
    r"|couple of) (?:weeks?|calls?|meetings?)\b"
    r"|\bnext (?:time|month)\b|\blater\b|\basync\w*|\boffline\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:i(?:'d| would)? (?:suggest|propose|recommend|vote|say|like to (?:propose|suggest))|my (?:proposal"
    r"|suggestion|preference)|proposal (?:is|would be)"
    r"|let's|let us|(?:should|shall|can|could|why don't) we|we should|(?:we will|we'll)(?! (?:be|have|need|see|get)\b)"
    r"|(?:what|how) about|what if|maybe we|i'd (?:go|say|keep|use|merge|rather)|(?:i'm|are (?:we|you|people"
    r"|everyone)) (?:okay|ok|fine|happy|good) (?:with|to)"
    r"|any objections?|objections\?|i(?:'d| would) prefer|plan is)\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"^\W*(?:(?:so|then|okay|ok|alright|all right|and|well|right)\b[\s,]*)+we (?!have\b|had\b|are\b|were\b|can\b"
    r"|could\b|need\b|got\b|know\b|did|do(?:n't| not|es)?\b(?! (?:it|that|this))|should|would|might|may\b|think\b"
    r"|want\b|see\b|saw\b|just\b|still\b|also\b|actually\b|haven't|weren't|aren't|can't|\w+ed\b)\w+",
    re.IGNORECASE,
)
_ASKS_CONSENT = re.compile(
    r"\b(?:let's|(?:should|shall) we|suggest|propose|proposal is|any objections?)\b", re.IGNORECASE
)


def status_of(text: str, accepted: bool) -> Status:
    """The status of a decision stated by ``text``; ``accepted``: somebody else plainly accepted it.

    What is only supposed ("if we dropped it", "whether to wait") is tentative, and talk about a decision that is yet to
    be made is put off where it says until when, else tentative. An acceptance counts only of what was put forward.
    """
    text = text.replace("’", "'")
    supposed = _SUPPOSED.search(text) is not None
    asks = text.rstrip().endswith("?")
    if _TO_BE_DECIDED.search(text) and not is_personal_call(text):
        return "deferred" if _NO_MORE_TODAY.search(text) and not asks and not supposed else "tentative"
    if not supposed and _DEFERRED.search(text):
        return "deferred"
    if not supposed and not asks and _REJECTED.search(text):
        return "rejected"
    put_forward = puts_forward(text) and (not supposed or _ASKS_CONSENT.search(text) is not None)
    if (accepted and put_forward) or is_personal_call(text):
        return "decided"
    plain = not supposed and not _WISH.search(text)
    formal = cues.has("formal", text) and not re.match(r"^\W*(?:proposed|todo|action)", text, re.IGNORECASE)
    return "decided" if formal or (plain and _SETTLED.search(text)) else "tentative"


def puts_forward(text: str) -> bool:
    """Whether a text proposes, asks for consent, or says what the group is to do."""
    return _OPENS.search(text.replace("’", "'")) is not None


def announces(text: str) -> bool:
    """Whether a text announces what the group does from now on: "so we ship the message this week"."""
    return _ANNOUNCES.match(text.replace("’", "'")) is not None


def is_supposed(text: str) -> bool:
    """Whether a text says what would be, not what is to be: "if", "whether", "could", "might"."""
    return _SUPPOSED.search(text.replace("’", "'")) is not None


def is_personal_call(text: str) -> bool:
    """Whether the speaker says that the decision is theirs and that they take it."""
    return _PERSONAL_CALL.search(text.replace("’", "'")) is not None
