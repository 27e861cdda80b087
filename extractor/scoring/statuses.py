"""The status of a labelled decision whose dataset has none: by the kind of its dataset and the words of its label.

A status that was labelled always stands. Otherwise:

**Resolutions** (w3c, solid): what stands in minutes as resolved is decided. Their text says what was resolved and not
how it stands, so it is not searched for cues. Votes of which more are against than for belong to no resolution:
nothing can be said.

**Summaries** (ami, icsi): sentences that annotators wrote under the heading "decisions". Decided, unless the sentence
says otherwise; one about leaving something out is a refusal.

**Conclusions** (everything else: tc39, ietf): notes on how a matter stands, among them reasons, tasks and headings. A
status is given only where the words give one; a conclusion marked as negative that has no other cue is a refusal.
Where there are votes and no cue, the majority of +1 over -1 decides.

A text is read clause by clause. The first clause that says how the matter stands counts, and is changed by what
follows: a refusal that is to be looked at again is deferred; a refusal beside something that was chosen, and a
deferral beside it, are decided; a decision with a condition is tentative; where nothing was asked for, a refusal says
nothing.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from extractor.records import Status
from extractor.scoring.labelled import GoldRecord

RESOLUTIONS: Final = frozenset({"w3c", "solid"})
SUMMARIES: Final = frozenset({"ami", "icsi"})


class Cue(Enum):
    """What a clause says of how a matter stands."""

    REVERSED = "reversed"
    REFUSED = "refused"
    CONDITIONAL = "conditional"
    LATER = "later"
    TAKEN = "taken"
    NOT_ASKED = "not asked"


def status_of(record: GoldRecord, dataset: str) -> Status | None:
    """The status of ``record``, None where nothing can be said. ``dataset`` is its name, with or without a split."""
    if record.status is not None:
        return record.status
    family = dataset.partition(".")[0]
    majority = _majority(record.votes)
    if family in RESOLUTIONS:
        return None if majority == "rejected" else "decided"
    summary = family in SUMMARIES
    parts = clauses(record.text)
    cues = [cue for clause in parts if (cue := cue_of(clause, summary=summary))]
    found = _combined(cues)
    if found is not None:
        return found
    if summary:
        return None if Cue.NOT_ASKED in cues else "decided"
    silent = Cue.NOT_ASKED in cues or any(_NO_OUTCOME.search(clause.lower()) for clause in parts)
    return "rejected" if record.polarity == "negative" and not silent else majority


def _majority(votes: dict[str, int] | None) -> Status | None:
    if not votes:
        return None
    balance = votes.get("+1", 0) - votes.get("-1", 0)
    return "decided" if balance > 0 else "rejected" if balance < 0 else None


def _combined(cues: list[Cue]) -> Status | None:
    if Cue.REVERSED in cues:
        return "reversed"
    first = next((cue for cue in cues if cue is not Cue.NOT_ASKED), None)
    if first is Cue.REFUSED:
        if Cue.NOT_ASKED in cues:
            return "deferred" if Cue.LATER in cues else None
        return "decided" if Cue.TAKEN in cues else "deferred" if Cue.LATER in cues else "rejected"
    if first is Cue.LATER:
        return "decided" if Cue.TAKEN in cues and Cue.NOT_ASKED not in cues else "deferred"
    if first is Cue.TAKEN:
        return "tentative" if Cue.CONDITIONAL in cues else "decided"
    return "tentative" if first is Cue.CONDITIONAL else None


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|https?://\S+|[*_`>]+|~~[^~]*~~")
_BOUNDARY = re.compile(r"[!;]+|\.(?=\s|$)|\n+|\s+[-–—]+\s+|,\s+(?:but|however|though)\b|\((?=no|not|will)")
_LABEL = re.compile(
    r"^\s*(?:[-*•]\s*)?(?:(?:conclusion|outcome|resolution|decision|tl;?dr|result)s?\s*:"
    r"|(?:as )?discuss(?:ed|ion) (?:at|in|on)\b[^,:.]{0,60}[,:])\s*(?:[-*•]\s*)?",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The clauses of a text, without markup, addresses and a leading "Conclusion:"."""
    plain = _LABEL.sub("", _MARKUP.sub(lambda found: found[1] or "", text.replace("’", "'").replace("\u200b", "")))
    parts = (part.strip(" \t-:,.()") for part in _BOUNDARY.split(plain))
    return [" ".join(part.split()) for part in parts if part]


_NO = r"(?:not|never|no longer|cannot|can't|won't|wont|don't|doesn't|didn't|isn't|aren't)"
_FEW_WORDS = r"(?: (?!only\b)[\w'\"-]+){0,3}?"
_STAGE = r"stage[ -]?(?:\d|one\b|two\b|three\b|four\b)"
_OUTCOME = (
    r"(?:advanc|approv|accept|adopt|proceed|progress|promot|reach|achiev|merg|pursu|agree|land|ratif|endors|clos"
    r"|mov(?:e|ing) (?:forward|ahead|to|on)|go(?:ing)? (?:to|ahead|forward|with)|get(?:ting)? stage|ready)"
)

_NOT_ASKED = _any(
    rf"\b{_NO}{_FEW_WORDS} (?:seek|ask|request|propos|attempt|look|going for)\w*\b(?! consensus)",
    r"\b(?:just|purely|only) (?:an? )?(?:update|presentation|report|discussion)|\bno \w+ (?:sought|requested)\b",
    r"\b(?:topic|update|report) presented\b|^none\b|\bsuccessfully delivered\b",
)
_NO_OUTCOME = _any(
    r"\bno (?:specific |official |concrete |final |formal |clear )*(?:conclusions?|outcomes?|decisions?)\b",
    r"\b(?:nothing|not|no) (?:was )?recorded|\bno record\b",
)
_NO_CHOICE = _any(
    r"^(?!after |once |until )(?:\w+ ){0,3}(?:reviewers?|volunteers?|attendees)\b",
    rf"^{_STAGE} (?:concerns?|requirements?|reviewers?|volunteers?|champions?)\b",
    r"^(?:to resolve|reasons?|notes?|lists?|items|see|rationale|background|interest|pr|summary)\b"
    r"(?: of| for)?\s*(?::|$)",
)
_ONLY_TALKED = re.compile(
    r"^(?:the group|they|participants|speakers?(?: \w+ and \w+)?) (?:discuss(?:ed)?|debated?) (?:how|whether|plans)\b"
    r"|\b(?:received favou?rable comments|would like to investigate)\b"
)
_REVERSED = _any(
    r"\b(?:demot(?:e|ed|ing)|revert(?:ed|ing)?|rescind(?:ed)?|revok(?:e|ed)|overturn(?:ed)?|undo|undone|reversed?)\b",
    r"\b(?:roll(?:ed|ing)?|back(?:ed|ing)?) (?:it |this |that |the change |pr )?(?:back|out)\b|\bwill no longer\b",
)
_REVERSAL_DENIED = re.compile(rf"\b{_NO}\b{_FEW_WORDS} (?:demot|revert|rescind|revok|overturn|undo|roll|back|reverse)")
_REFUSED = _any(
    rf"\b{_NO}{_FEW_WORDS} {_OUTCOME}\w*\b|\b{_NO} get {_STAGE}|^not (?:yet )?(?:at )?{_STAGE}",
    rf"\bno (?:stage |formal |further )?(?:advance(?:ment)?|{_STAGE}|con[cs]ensus|support)\b",
    rf"\bno for {_STAGE}",
    r"\bconsensus (?:is |was )?not (?:reached|achieved)|(?:\bnot|n't) (?:have |seem to be |be )*(?:\w+ )?consensus",
    r"\bno \w+ (?:has|have|had|reached) consensus\b|\brecommendation is not made\b|^opposed to\b",
    r"(?<!\ba )(?<!\ban )\b(?:reject(?:ed|ing)?|withdraw(?:ing|s)?|(?<!was )withdrawn|dropped|abandoned|discarded)\b",
    r"\b(?:declined|vetoed|denied|eliminated?|ruled out|turned down|voted down|blocked|deemed unsuitable)\b",
    r"\bdecid\w+ against\b|(?:\bnot|n't) (?:worth|help)\b|\bnot an? (?:direction|option|change) \w+ want\b",
    rf"\b(?:remain|stay|keep)(?:s|ed|ing)?\b(?: \w+)?(?: at| in)? {_STAGE}|\bno changes?\b(?! (?:sought|requested))",
    r"\b(?:do not|don't) (?:merge|land|accept|add|adopt)\b|\bclos(?:e|ed|ing) (?:the |this )?pr\b",
    r"\b(?:preference|consensus|agreed|decided) (?:is |was )?(?:to ignore|to drop|against|not to|to close)\b",
)
_LEFT_OUT = _any(
    r"\b(?:will|shall|should|is going to|are going to|going)(?: be)? (?:not|no)\b(?: \w+){0,3}? (?:to )?(?:be )?"
    r"(?:used?|includ\w+|featur\w+|have|contain|incorporat\w+|implement\w*|work|present|come|involve|create|add\w*"
    r"|adopt\w*|pay|place\w*|backed)\b|\bnot going to be\b",
    r"\bthere (?:will|is to) (?:be no|not be)\b|^(?:have )?no (?!one\b)(?:[\w-]+ ?){1,6}(?:, no (?:[\w-]+ ?){1,4})*$",
    r"\b(?:does|do) not want to\b|\bto be left out\b|\bno need for\b|\btak(?:e|en) out\b",
    r"\bnot to (?:include|use|add|have)\b",
)
_A_LIMIT = _any(r"\bno (?:more|less|fewer|later|longer) than\b|\bnot (?:be )?too\b|\bnot only\b|\btoo (?:many|much)\b")
_CHOSEN_TOO = _any(
    r"\binstead\b|\brather than\b|\b(?:but|and) (?:will|with|rather|decided to)\b|, (?:it|they|the \w+) will\b"
)
_CONDITION = _any(
    r"\b(?:conditional(?:ly)?(?! prob)|tentative(?:ly)?|provisional(?:ly)?|pending(?! issues)|contingent|modulo)\b",
    r"\bsubject to (?!change)|\bprovided (?:that|there)\b|\bon (?:the )?condition\b|\bfor now\b.*\buntil\b",
    r"\bif (?:the (?:budget|price|money)|there is enough)\b|\bdesigned without\b.*\buntil\b",
)
_CONDITION_OF_APPROVAL = _any(
    r"\bassuming\b|\bconditions?:?$|\bif (?:good|web|no|none|the tests?)\b|\bdepend(?:s|ing)\b|\bsign-?off\b",
    r"\b(?:after|once|until)\b.*\b(?:review\w*|satisf\w+|add\w+|confirm\w*|tests?|land\w*|complete|verif\w+|approv\w+)\b",
    r"\bgiven (?:editorial|some|a few) \w+|\bweak consensus\b",
)
_PUT_OFF = _any(
    r"(?<!could )(?<!may )\b(?:revisit\w*|re-?discuss\w*|reconvene|defer(?:red|ring|s)?|postpon\w+|tabled|undecided)\b",
    r"\b(?:unresolved|inconclusive|unsettled|re-?raised?|no name picked)\b|\b(?:are to be |be )left (?:to|until)\b",
    r"\bnot (?:yet )?(?:finished|resolved|decided|settled|been (?:defined|decided))\b|\bcannot be resolved\b",
    r"\b(?:make|take) (?:the |a )?decision\b|\bdecide (?:later|whether|in)\b|\b(?:yet )?to be decided\b",
)
_LATER = _any(
    r"\b(?:come|comes|coming|bring|brings|brought|go|report)(?: \w+){0,3} back\b|\bdelay(?:ed|ing)? \w+|\bto resume\b",
    r"\bdiscuss\w*(?: \w+){0,6} (?:continue[sd]?|happen|offline|later|further|next|tomorrow|thursday)\b",
    r"\b(?:continue\w*|resume)\b(?: \w+){0,4} (?:discuss\w*|discussion|talk\w*|conversation|think)|\bpushed to\b",
    r"\b(?:to|will) (?:be )?(?:discuss(?:ed)?|re-?consider(?:ed)?)\b|\bopen (?:for discussion|topics?)\b",
    r"\b(?:to|will) continue (?:in|on|at|offline)\b|\b(?:to|will) continue$|\boverflow (?:time|to discuss|queue)\b",
    r"\b(?:talk|meet|converse|discuss)(?: \w+){0,3} (?:offline|more|later)|\bnext meeting we will vote\b",
    r"\bto be (?:approved|presented|determined|voted on|proposed) (?:at|in|by|on)\b|\baddress it again\b",
)
_LATER_BY_ITSELF = _any(
    r"\b(?:further|more|remaining|future|continued) (?:discussions?|research|exploration|investigation)\b(?! happened)",
    r"\bneeds? (?:to )?(?:more|further|look into|explore|follow up|additional)\b|\bwait(?:ing)? (?:for|on)\b",
    r"\bawaiting\b",
)
_TO_BE_WEIGHED = _any(
    r"\b(?:consider|considering) (?:includ|us|add|hav|mak)ing\b|\bto consider the following\b|\blook further\b",
    r"\bpossibility\b.*\b(?:investigated|discussed|considered)\b|\bresearch the possibility\b",
    r"\bwill discuss (?:wh\w+|how|the)\b|\bdiscussed further\b|\bbe discussed shortly\b",
    r"\b(?:must|should|(?:will )?have to|needs? to) decide\b|\bdiscuss what they will\b",
)
_SETTLED = _any(
    r"(?<!no )\bconsensus\b|\b(?:approv|accept|adopt|ratif|agree|confirm|achiev|resolv|charter)\w*\b|\bunanimous\b",
    rf"^(?:at )?{_STAGE}(?!')|(?<!still )\b(?:to|for|at|as|becomes?|reach\w*|gets?|has|is|in) (?:a )?\"?{_STAGE}",
    r"^yes\b|\byes to\b",
    r"\b(?:advance[sd]?|advancement|acceptance|proceed(?:s|ing|ed)?|progress(?:es|ed)?|merged?)\b|\bpasse[sd]\b",
    r"\bno (?:objections?|concerns|opposition)\b|\b(?:ready|clear|look) to merge\b|\bmov(?:e|es|ing) forward\b",
)
_CHOSEN = _any(
    r"\b(?:will|shall|should|must) (?:not |now )?(?:be|have|start|use|keep|return|throw|become|support|remain|stay)\b",
    r"\b(?:will|shall|should|must) not\b|\bwon't\b|\bwont\b|\brenamed\b|\bdecided\b|\bgo(?:ing)? with\b|\bhave moved\b",
    r"\b(?:is|are|was|were|be) (?:now )?(?:allowed|disallowed|removed|changed|split|added|kept|dropped|ok|legal)\b",
    r"\bto (?:be(?:come)? )(?!(?:discuss|decid|determin|resolv|continu|found))\w+",
    r"^(?:we|let's|tc39|the committee) (?:will|are|have|go|vote|charter)",
    r"^(?:add|allow|keep|leave|let|make|merge|move|remove|rename|replace|stick|stay|take|use|land|include|extend)\b",
    r"^(?:implement|publish|set|specify|treat|change|changing|switch|disallow|encourage|limit|throw|process with)\b",
    r"^(?:removing|renaming|soften|combine|formaliz\w+|pursue)\b",
)
_A_TASK = re.compile(
    r"^(?!(?:PR|IETF|TC39|WG) )(?:[A-Z]{2,4}|[A-Z][a-z]+ [A-Z][a-z]+)(?:(?:,| and| &|,? or)+ [A-Z]{2,4})*:? "
    r"(?:have volunteered|(?:to|will|can|could) (?!be\b|become\b|not\b|stay\b|remain\b|advance\b|proceed\b)\w+)"
)


def cue_of(clause: str, *, summary: bool = False) -> Cue | None:
    """What one clause says of how its matter stands.

    ``summary`` is whether somebody else reports the decision: then leaving something out is a refusal, and weighing
    something a deferral; in a conclusion such words describe what was chosen.
    """
    task = bool(_A_TASK.search(clause))
    clause = clause.lower()
    if _NO_CHOICE.search(clause) or _NO_OUTCOME.search(clause):
        return None
    if (_ONLY_TALKED if summary else _NOT_ASKED).search(clause):
        return Cue.NOT_ASKED
    if _REVERSED.search(clause) and not _REVERSAL_DENIED.search(clause):
        return Cue.REVERSED
    return _cue_in_summary(clause) if summary else _cue_in_conclusion(clause, task)


def _cue_in_conclusion(clause: str, task: bool) -> Cue | None:
    later = bool(_PUT_OFF.search(clause) or _LATER.search(clause))
    if _REFUSED.search(clause):
        return Cue.LATER if later or " yet" in clause else Cue.REFUSED
    if task:
        return Cue.LATER if later else None
    settled = bool(_SETTLED.search(clause))
    conditional = bool(_CONDITION.search(clause) or _CONDITION_OF_APPROVAL.search(clause))
    if later and not (settled and conditional):
        return Cue.LATER
    if conditional:
        return Cue.CONDITIONAL
    if _LATER_BY_ITSELF.search(clause) and not settled:
        return Cue.LATER
    return Cue.TAKEN if settled or _CHOSEN.search(clause) else None


def _cue_in_summary(clause: str) -> Cue | None:
    if _A_LIMIT.search(clause):
        return Cue.TAKEN
    if _CONDITION.search(clause):
        return Cue.CONDITIONAL
    if _CHOSEN_TOO.search(clause):
        return Cue.TAKEN
    if _PUT_OFF.search(clause) or _TO_BE_WEIGHED.search(clause):
        return Cue.LATER
    return Cue.REFUSED if _LEFT_OUT.search(clause) or _REFUSED.search(clause) else None
