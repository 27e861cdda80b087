"""Engines to be measured against: cue words, everything, and one plain paragraph for a language model.

They are there to be beaten, so each is the honest version of its idea. None gives a confidence: it would be made up.
"""

from __future__ import annotations

import re
from typing import Final

from pydantic import SecretStr

from extractor.conversation import Conversation, Participant
from extractor.drafts import (
    DraftActionItem,
    DraftDecision,
    DraftEvidence,
    DraftOpenQuestion,
    Drafts,
    Engine,
)
from extractor.engines.choice import make_engine
from extractor.engines.local.segments import Segment, script_of
from extractor.errors import UsageError
from extractor.records import EngineInfo, EvidenceRole
from extractor.settings import Settings, openai_key

LEAST_WORDS: Final = 8
"""Words from which a turn counts for :class:`Everything`: shorter ones are mostly "yes" and "thank you"."""

_CHOICES: Final = "Choose local, openai, openai:MODEL, plain, plain:MODEL, cues, or everything."

_DECISION: Final = re.compile(
    r"\b(?:(?:we|they|i)(?: have|'ve)? (?:all )?(?:decided|agreed|chose|chosen|settled on|approved|voted|resolved)"
    r"|agreed|it(?:'s| is) (?:decided|settled)|(?:the|our|final) decision|decision:|decided (?:to|that|on|against|not)"
    r"|we(?:'ll| will|'re going to| are going to) |we(?:'re| are) going (?:with|for|ahead)|going with|go ahead with"
    r"|let's (?:go|do|use|keep|take|make|stick|stay|start|drop|try|say|have|leave|move forward)\b"
    r"|(?:the|that's the|our) plan is|consensus|approved|motion (?:carries|carried|passes|passed)|signed off)",
    re.IGNORECASE,
)
_ACTION: Final = re.compile(
    r"\b(?:i'll|i will|i'm going to|i am going to|i can (?:do|take|send|write|check|look|set up|ask|follow up)"
    r"|let me (?:check|send|find out|follow up|look into|take)|action items?|action:|to-?do\b"
    r"|(?:can|could|will|would) you(?: please)? (?!hear|see)|please |follow up|take care of|get back to"
    r"|(?:needs?|has|have) to be done|will do)",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(
    r"\b(?:open questions?|open issues?|(?:don't|do not) know (?:yet|if|whether|how|what|who|when|where|why|which)"
    r"|not (?:sure|clear|certain) (?:yet|if|whether|how|what|who|when|where|why|which|about)|unclear|unresolved"
    r"|(?:need|have|needs|has) to (?:find out|figure out|clarify)|to be (?:decided|determined|confirmed|clarified)"
    r"|tbd|tbc|still (?:open|unknown)|remains to be seen|up in the air"
    r"|(?:who|what|when|where|why|how|which|should we|shall we|do we|can we|could we|are we|is there|will we)\b"
    r"[^?]*\?)",
    re.IGNORECASE,
)
_SELF: Final = re.compile(r"\bi(?:'ll| will)\b", re.IGNORECASE)


class CueWords:
    """A record for each sentence that holds a cue phrase of a type: what an afternoon of regular expressions gives.

    The phrases are common English; none was chosen or changed by looking at labelled conversations. Sentences are the
    local engine's segments, so that speech without punctuation is cut too; quoted lines, code and what programs say
    are left out. The statement is the sentence, and every decision counts as decided. An action item is owned by
    whoever says "I'll" or "I will", and by participants of whom the sentence says "NAME will" or "NAME to".
    """

    info = EngineInfo(name="cues", model="none", version="1", leaves_machine=False)
    destination = None

    def extract(self, conversation: Conversation) -> Drafts:
        """A draft for each sentence and each type whose cue stands in it, in the order of the conversation."""
        named = _named(conversation)
        sentences = [(part, _plain(part.text)) for part in script_of(conversation).segments if not part.foreign]
        return Drafts(
            decisions=tuple(_decision(part.turn, part.text) for part, text in sentences if _DECISION.search(text)),
            action_items=tuple(
                _action_item(part, _owners(part, text, named))
                for part, text in sentences
                if _ACTION.search(text) or (named is not None and named.search(text))
            ),
            open_questions=tuple(
                DraftOpenQuestion(question=part.text, raised_by=_speaker(part), evidence=_quote("raised", part))
                for part, text in sentences
                if _QUESTION.search(text)
            ),
        )


class Everything:
    """Every turn of at least ``least_words`` words is a decision: the floor of precision, nearly all of recall."""

    destination = None

    def __init__(self, least_words: int = LEAST_WORDS) -> None:
        self._least_words = least_words

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(name="everything", model=f"{self._least_words} words", version="1", leaves_machine=False)

    def extract(self, conversation: Conversation) -> Drafts:
        """A decision for each turn that is long enough, in the order of the conversation; nothing else."""
        long = (turn for turn in conversation.turns if len(turn.text.split()) >= self._least_words)
        return Drafts(decisions=tuple(_decision(turn.index, turn.text) for turn in long))


def engine_named(
    spec: str, settings: Settings, *, base_url: str | None = None, api_key: SecretStr | None = None
) -> Engine:
    """The engine or baseline that ``spec`` names.

    ``cues`` and ``everything`` are the classes here; ``plain`` and ``plain:MODEL`` a language model with
    ``prompts/plain.md``, the default model where none is named; any other name is one of
    :func:`extractor.engines.choice.make_engine`. ``base_url`` and ``api_key`` replace those of the settings and the
    environment for language models.

    Raises UsageError for any other name and EngineSetupError where the engine cannot start.
    """
    name, colon, model = spec.strip().partition(":")
    if name == "cues" and not colon:
        return CueWords()
    if name == "everything" and not colon:
        return Everything()
    plain = name == "plain"
    try:
        return make_engine(
            f"openai{colon}{model}" if plain else spec,
            base_url=base_url or settings.openai_base_url,
            api_key=api_key or openai_key(),
            timeout_s=settings.openai_timeout,
            max_retries=settings.openai_max_retries,
            max_input_tokens=settings.openai_max_input_tokens,
            prompt="plain" if plain else "extraction",
        )
    except UsageError:
        raise UsageError(f"There is no engine {spec!r}.", _CHOICES) from None


def _decision(turn: int, text: str) -> DraftDecision:
    evidence = DraftEvidence(role="accepted", turn=turn, quote=text)
    return DraftDecision(statement=text, statement_source="quoted", status="decided", evidence=(evidence,))


def _quote(role: EvidenceRole, sentence: Segment) -> tuple[DraftEvidence, ...]:
    return (DraftEvidence(role=role, turn=sentence.turn, quote=sentence.text),)


def _action_item(sentence: Segment, owners: tuple[str, ...]) -> DraftActionItem:
    evidence = _quote("owner" if owners else "proposed", sentence)
    return DraftActionItem(task=sentence.text, owners=owners, evidence=evidence)


def _owners(sentence: Segment, text: str, named: re.Pattern[str] | None) -> tuple[str, ...]:
    """Names as the sentence says them, and "I" for its speaker; which participants they mean is resolved later."""
    speaker = _speaker(sentence) if _SELF.search(text) else ()
    return tuple(dict.fromkeys([*speaker, *(named.findall(text) if named else [])]))


def _speaker(sentence: Segment) -> tuple[str, ...]:
    return ("I",) if sentence.speaker is not None else ()


def _named(conversation: Conversation) -> re.Pattern[str] | None:
    """What finds a participant's name or first name before "will" or "to", None where nobody has a name."""
    names = {form for person in conversation.participants for form in _forms(person)}
    if not names:
        return None
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<!\w)({longest_first})(?:'ll| will| to)\b")


def _forms(person: Participant) -> list[str]:
    name = _plain(person.name)
    return [form for form in (name, name.split(" ")[0], *map(_plain, person.aliases)) if len(form) > 1]


def _plain(text: str) -> str:
    """The text on one line, with straight apostrophes."""
    return " ".join(text.replace("’", "'").split())
