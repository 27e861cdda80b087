"""The local engine: reads a conversation without a key, a network or a GPU, and says what it found and how surely."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from extractor.conversation import Conversation
from extractor.drafts import DraftActionItem, DraftDecision, DraftOpenQuestion, Drafts
from extractor.records import EngineInfo

if TYPE_CHECKING:
    from extractor.embedding import Embedder
    from extractor.engines.local.model import Model
    from extractor.engines.local.reading import Reading


class LocalEngine:
    """Embeddings and wording into a calibrated linear model, then rules for quotes, owners, dates and status.

    The weights are read and verified when they are first needed. The same conversation gives the same drafts, which is
    why ``usage`` is left empty: what a run took is for the caller to measure.
    """

    def __init__(self, threads: int | None = None) -> None:
        """``threads`` sentences are embedded at once, one a processor when not given; the drafts are the same."""
        self._threads = threads

    @property
    def info(self) -> EngineInfo:
        """Name, model and version (first 8 hex digits of the weights' sha256); raises ModelError."""
        return EngineInfo(name="local", model="linear-1", version=self._model.version, leaves_machine=False)

    @property
    def destination(self) -> str | None:
        """None: no text leaves the machine."""
        return None

    def extract(self, conversation: Conversation) -> Drafts:
        """Draft records of a conversation, best first.

        Raises:
            ModelError: the weights or the embedding model are missing or are not those that were shipped.
        """
        from extractor.engines.local.candidates import best
        from extractor.engines.local.reading import genre_of

        reading = self._read(conversation)
        genre = genre_of(reading.script)
        decisions: list[DraftDecision] = []
        actions: list[DraftActionItem] = []
        questions: list[DraftOpenQuestion] = []
        for head in ("decision", "action", "question"):
            for score, draft in best(reading, head, self._model.threshold(genre, head)):
                if isinstance(draft, DraftOpenQuestion):
                    questions.append(draft)
                    continue
                confidence = self._model.confidence(genre, head, score)
                if isinstance(draft, DraftDecision):
                    decisions.append(draft.model_copy(update={"confidence": confidence}))
                else:
                    actions.append(draft.model_copy(update={"confidence": confidence}))
        return Drafts(
            decisions=tuple(decisions),
            action_items=tuple(actions),
            open_questions=tuple(questions),
            warnings=_warnings(conversation),
        )

    def _read(self, conversation: Conversation) -> Reading:
        from extractor.engines.local.features import features_of
        from extractor.engines.local.model import HEADS
        from extractor.engines.local.people import People
        from extractor.engines.local.reading import Reading, genre_of
        from extractor.engines.local.segments import script_of

        script = script_of(conversation)
        people = People(conversation.participants)
        if not script.segments:
            return Reading(conversation, script, {}, people)
        vectors = self._embedder.embed([segment.text for segment in script.segments])
        scores = self._model.scores(features_of(script, vectors), genre_of(script))
        return Reading(conversation, script, {head: scores[:, n] for n, head in enumerate(HEADS)}, people)

    @cached_property
    def _model(self) -> Model:
        from extractor.engines.local.model import load_model

        return load_model()

    @cached_property
    def _embedder(self) -> Embedder:
        from extractor.embedding import load_embedder

        return load_embedder(self._threads)


def _warnings(conversation: Conversation) -> tuple[str, ...]:
    from extractor.engines.local.language import language_of, warning_for

    code = language_of("\n".join(turn.text for turn in conversation.turns if turn.kind != "system"))
    return (warning_for(code),) if code else ()
