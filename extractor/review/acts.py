"""The acts of a reviewer, as data: the same whether a key, a form, the API or a command asks for them.

``seen`` is the stamp of the record as the reviewer saw it (``Standing.stamp``). Where others have judged or worded it
since, the act is refused with what changed, and nothing is lost; without it the act is done whatever came between.
``fields`` are fields of the contract; people may be given by their ids in the conversation or by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from extractor.index.model import storable
from extractor.records import EvidenceRole, LinkKind, RecordType

LONGEST: int = 20_000
"""Characters of any text: a comment, an answer, what a record says."""
GREATEST: int = 2**31 - 1
"""The greatest number that a column of the log holds, in either database."""
Words = Annotated[str, Field(max_length=LONGEST)]
Name = Annotated[str, Field(min_length=1, max_length=500)]
RecordId = Annotated[str, Field(min_length=1, max_length=100)]


class _Act(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="after")
    def _can_be_kept(self) -> Self:
        for value in _parts(self.__dict__):
            if isinstance(value, str) and len(value) > LONGEST:
                raise ValueError(f"a text is longer than {LONGEST} characters")
            if isinstance(value, str) and storable(value) != value:
                raise ValueError("a text holds a character that cannot be kept")
            if isinstance(value, int | float) and not abs(value) <= GREATEST:  # NaN neither
                raise ValueError("a number is too large, or none")
        return self


class _OnRecord(_Act):
    record: RecordId
    seen: int | None = Field(default=None, ge=0, le=GREATEST, description="stamp of the record as the reviewer saw it")
    comment: Words | None = None


class Approve(_OnRecord):
    """The record is right, with these ``fields`` changed first where there are any."""

    act: Literal["approve"] = "approve"
    fields: dict[str, Any] = {}


class Edit(_OnRecord):
    """The record says something else."""

    act: Literal["edit"] = "edit"
    fields: dict[str, Any] = Field(min_length=1)


class Reject(_OnRecord):
    """The record is wrong; ``comment`` is the reason."""

    act: Literal["reject"] = "reject"


class Reopen(_OnRecord):
    """What was said of the record is open again: it waits for review, or its question or action is not done."""

    act: Literal["reopen"] = "reopen"


class Merge(_OnRecord):
    """The record is the same as another one, which stays."""

    act: Literal["merge"] = "merge"
    into: RecordId


class SplitPart(_Act):
    """One of the records that a record is: the fields that change, and the numbers of its evidence."""

    fields: dict[str, Any] = {}
    evidence: tuple[int, ...] = Field(min_length=1)


class Split(_OnRecord):
    """The record is several; it becomes the first of them."""

    act: Literal["split"] = "split"
    parts: tuple[SplitPart, ...] = Field(min_length=2, max_length=20)


class LinkTo(_OnRecord):
    """The record is linked to an earlier one: it supersedes it, answers it, repeats it."""

    act: Literal["link"] = "link"
    kind: LinkKind
    to: RecordId


class Unlink(_OnRecord):
    """A link of the record, suggested or confirmed, does not hold."""

    act: Literal["unlink"] = "unlink"
    link: RecordId


class Close(_OnRecord):
    """A question is answered by ``comment``, or an action is done."""

    act: Literal["close"] = "close"


class Comment(_OnRecord):
    """A remark."""

    act: Literal["comment"] = "comment"
    comment: Annotated[str, Field(min_length=1, max_length=LONGEST)]


class Assign(_OnRecord):
    """Somebody is to review the record; nobody in particular where ``person`` is None."""

    act: Literal["assign"] = "assign"
    person: Name | None = None


class TakeRevision(_OnRecord):
    """The record says what a later reading suggests."""

    act: Literal["take_revision"] = "take_revision"
    revision: RecordId


class DismissRevision(_OnRecord):
    """The record keeps its words."""

    act: Literal["dismiss_revision"] = "dismiss_revision"
    revision: RecordId


class Undo(_OnRecord):
    """What the reviewer did last with the record is taken back, or the act with this number."""

    act: Literal["undo"] = "undo"
    number: int | None = None


class Passage(_Act):
    """Words of a turn: code points, end exclusive; the whole turn where no end is given."""

    turn: int = Field(ge=0)
    start_char: int = Field(default=0, ge=0)
    end_char: int | None = Field(default=None, ge=0)
    role: EvidenceRole = "proposed"


class Add(_Act):
    """A record that the engine missed, from words of the conversation."""

    act: Literal["add"] = "add"
    conversation: Name
    type: RecordType
    passages: tuple[Passage, ...] = Field(min_length=1, max_length=50)
    fields: dict[str, Any]
    comment: Words | None = None


class Restrict(_Act):
    """Only these people, and who says so, see the conversation; nobody named, everybody does."""

    act: Literal["restrict"] = "restrict"
    conversation: Name
    people: tuple[Name, ...] = Field(default=(), max_length=1000)


OnRecord = (
    Approve
    | Edit
    | Reject
    | Reopen
    | Merge
    | Split
    | LinkTo
    | Unlink
    | Close
    | Comment
    | Assign
    | TakeRevision
    | DismissRevision
    | Undo
)
Act = Annotated[OnRecord | Add | Restrict, Field(discriminator="act")]
ACTS: TypeAdapter[OnRecord | Add | Restrict] = TypeAdapter(Act)
"""Reads an act from JSON or from a mapping."""


def _parts(value: Any) -> list[Any]:
    """All values within a value, however deep, the keys of mappings too."""
    ahead, found = [value], []
    while ahead:
        one = ahead.pop()
        if isinstance(one, Mapping):
            ahead += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple):
            ahead += one
        else:
            found.append(one)
    return found
