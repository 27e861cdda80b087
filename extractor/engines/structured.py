"""Answers in a strict JSON schema, whatever they are about: the schema that goes out, the JSON that comes back.

Wire models are made for strict schemas: every field is required, none has a default, a bound or an open key. What
comes back is read again on our side, whatever the server promised, and may be asked for once more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import AnswerEmptyError, AnswerInvalidError, EngineError
from extractor.records import Usage

if TYPE_CHECKING:
    from extractor.engines.exchange import Exchange, Message, Reply

REMEDY: Final = "Run again, or choose a model that supports structured outputs."
REPAIR_CHARACTERS: Final = 8_000
"""How much of an answer that cannot be used is sent back with the request to repair it."""

_FENCE: Final = re.compile(r"```[a-zA-Z]*\s*\n(.*?)\n?\s*```", re.DOTALL)
_THOUGHTS: Final = re.compile(r"\s*<think>.*?</think>", re.DOTALL)
_NOTES: Final = ("title", "description")
Read = TypeVar("Read")
SomeWire = TypeVar("SomeWire", bound="Wire")


class Wire(BaseModel):
    """Base of what goes over the wire: an object with these fields and no others."""

    model_config = ConfigDict(extra="forbid")


def strict_format(name: str, model: type[Wire]) -> dict[str, Any]:
    """The ``response_format`` of a request: a strict JSON schema of ``model``."""
    schema = _plain(model.model_json_schema())
    return {"type": "json_schema", "json_schema": {"name": name, "strict": True, "schema": schema}}


def _plain(node: Any) -> Any:
    """A schema without titles and descriptions, which cost tokens and say nothing that the prompt does not."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items() if not (key in _NOTES and isinstance(value, str))}
    return [_plain(part) for part in node] if isinstance(node, list) else node


def read_object(text: str) -> dict[str, Any]:
    """The JSON object in an answer, out of a code fence and after thoughts where it has them.

    Raises AnswerEmptyError for no content and AnswerInvalidError for what is no JSON object.
    """
    content = _THOUGHTS.sub("", encodable(text), count=1).strip()
    fenced = _FENCE.fullmatch(content)
    content = fenced[1] if fenced else content
    if not content:
        raise AnswerEmptyError("The answer has no content.", REMEDY)
    try:
        root = json.loads(content)
        if "\\ud" in content.lower():
            # An escaped lone surrogate is no character: nothing could print or store it.
            root = json.loads(encodable(json.dumps(root, ensure_ascii=False)))
    except (ValueError, RecursionError) as error:
        where = f" ({error.msg}, line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise AnswerInvalidError(f"The answer is not valid JSON{where}.", REMEDY) from None
    if not isinstance(root, dict):
        raise AnswerInvalidError("The answer is JSON, but not an object.", REMEDY)
    return root


def read_wire(text: str, model: type[SomeWire]) -> SomeWire:
    """An answer that must meet the schema as a whole; raises as ``read_object``, and where it does not meet it."""
    try:
        return model.model_validate(read_object(text))
    except ValidationError as error:
        raise AnswerInvalidError(f"The answer does not meet the schema ({reason(error)}).", REMEDY) from None


def reason(error: ValidationError, whole: str = "answer") -> str:
    """The first thing wrong with an answer or a part of one, in words that hold none of its text."""
    first = error.errors(include_input=False, include_url=False)[0]
    place = ".".join("*" if isinstance(part, int) else part for part in first["loc"])
    return f"{place or whole}: {first['msg'][0].lower()}{first['msg'][1:]}"


def encodable(text: str) -> str:
    """The text with a question mark for each lone surrogate, which no request body can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def with_repair(messages: Sequence[Message], reply: Reply, request: str) -> list[Message]:
    """The conversation with the model continued: the answer that cannot be used, and the request to repair it."""
    from extractor.engines.exchange import Message

    said = [Message("assistant", reply.text[:REPAIR_CHARACTERS])] if reply.text.strip() else []
    return [*messages, *said, Message("user", request)]


def ask_for(
    exchange: Exchange,
    system: str,
    user: str,
    read: Callable[[str], Read],
    repair: Callable[[str], str],
) -> tuple[Read, Usage]:
    """What ``read`` makes of the model's answer, and what it cost.

    An answer that is empty, or that ``read`` finds invalid (AnswerInvalidError, AnswerEmptyError), is asked for once
    more with the text that ``repair`` makes of what is wrong. Raises EngineError where there is no answer, or none
    that can be used, with the calls and tokens it cost.
    """
    from extractor.engines.exchange import Message

    spent = Usage()
    messages = [Message("system", system), Message("user", user)]
    for last in (False, True):
        try:
            reply = exchange.ask(messages)
        except EngineError as error:
            raise _paid(error, spent + Usage(calls=1)) from None
        spent += reply.usage
        try:
            if reply.fault is not None:
                raise reply.fault
            return read(reply.text), spent
        except (AnswerInvalidError, AnswerEmptyError) as error:
            if last:
                raise _paid(error, spent) from None
            messages = with_repair(messages, reply, repair(error.what))
        except EngineError as error:
            raise _paid(error, spent) from None
    raise AssertionError("the second answer is read or refused")


def _paid(error: EngineError, spent: Usage) -> EngineError:
    error.calls, error.input_tokens, error.output_tokens = spent.calls, spent.input_tokens, spent.output_tokens
    return error
