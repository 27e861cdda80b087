"""Recorded answers of language models, so that a measured run can be repeated by anyone: no key, no cost, same answers.

A folder holds one file a request, named by a hash of the request (:func:`request_id`), and may hold ``ABOUT.json``,
which says what answered. :func:`extractor.scoring.answers.serving` answers an engine from it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import secrets
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from extractor.conversation import Model
from extractor.errors import DatasetError

CHARACTERS_PER_TOKEN: Final = 4
"""Rule of thumb for English, as OpenAI's help pages give it; for usage that nobody counted."""

_NAME: Final = re.compile(r"[0-9a-f]{20}")
_ABOUT: Final = "ABOUT.json"
SomeModel = TypeVar("SomeModel", bound=Model)


class Recorded(Model):
    """An answer as it came: the text, None where there was none, and what the server said of it.

    ``usage`` is the server's own count in the shape of the API, None where it gave none; ``usage_estimated`` marks one
    that was worked out from the number of characters.
    """

    answer: str | None
    model: str | None
    usage: dict[str, Any] | None
    finish_reason: str | None
    refusal: str | None = None
    usage_estimated: bool = False


class About(Model):
    """What answered: the class of model (no more than may be told), the day, and how the answers came about."""

    model_class: str
    date: dt.date
    how: str


def request_id(body: Mapping[str, Any]) -> str:
    """The name of a chat-completion request: 20 hex digits of the SHA-256 over model, messages and JSON schema.

    Nothing else in a request changes its name, neither a temperature nor a limit of tokens.
    """
    asked = [body.get("model"), body.get("messages", []), _schema(body)]
    text = json.dumps(asked, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def is_request(body: Any) -> bool:
    """Whether a body has a list of messages, as a chat-completion request must."""
    messages = body.get("messages") if isinstance(body, dict) else None
    return isinstance(messages, list) and all(isinstance(message, dict) for message in messages)


class AnswerStore:
    """A folder of recorded answers, ``ID.json`` each. Safe for several threads and processes: files come whole.

    ``missing`` collects the ids that were asked for in vain, ``problems`` sentences about answers that could not be
    read or kept; whoever runs a measurement tells of both.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._missing: dict[str, None] = {}
        self._problems: list[str] = []

    @property
    def about(self) -> About | None:
        """What ``ABOUT.json`` says, None without one; raises DatasetError where it is not made as it must be."""
        return _read(self.folder / _ABOUT, About)

    @property
    def missing(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(self._missing)

    @property
    def problems(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(self._problems)

    def names(self) -> list[str]:
        """The ids of all recorded answers, sorted."""
        found = self.folder.glob("*.json") if self.folder.is_dir() else ()
        return sorted(file.stem for file in found if _NAME.fullmatch(file.stem))

    def get(self, name: str) -> Recorded | None:
        """The answer to a request, None where none is recorded; raises DatasetError where its file is damaged."""
        return _read(self._file(name), Recorded)

    def put(self, name: str, recorded: Recorded) -> None:
        """Keeps an answer, in the place of an earlier one; raises DatasetError where it cannot be written."""
        text = json.dumps(recorded.model_dump(exclude_defaults=True), indent=1, ensure_ascii=False) + "\n"
        file = self._file(name)
        unfinished = file.with_name(f".{name}-{secrets.token_hex(4)}.tmp")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with unfinished.open("x", encoding="utf-8", errors="backslashreplace") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(file)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            what = f"An answer cannot be kept in {self.folder}: {error.strerror}."
            raise DatasetError(what, "Make room there, or name another folder.") from None

    def check(self) -> None:
        """Raises DatasetError where the folder is not there, or for the first file in it that is damaged."""
        if not self.folder.is_dir():
            raise DatasetError(f"There is no folder of answers {self.folder}.", "Name one, or record answers first.")
        for name in self.names():
            self.get(name)
        _ = self.about

    def note_missing(self, name: str) -> None:
        with self._lock:
            self._missing[name] = None

    def note_problem(self, what: str) -> None:
        with self._lock:
            self._problems.append(what)

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no request's id")
        return self.folder / f"{name}.json"


def take_over(spool: Path, folder: Path) -> int:
    """Takes over answers from a spool: ``answers/ID.json`` holds a bare text, ``requests/ID.json`` what was asked.

    Nobody counted tokens there, so usage is estimated from the characters of both and marked so. Requests that have no
    answer are left. Returns how many answers are new in ``folder``.

    Raises DatasetError where the spool holds no answers, one without its request, a request that is not the one its
    name says, or another answer than ``folder`` has.
    """
    store = AnswerStore(folder)
    files = sorted((spool / "answers").glob("*.json"))
    if not files:
        raise DatasetError(f"{spool} holds no answers.", "Name the folder that holds answers/ and requests/.")
    found = {file.stem: _from_spool(spool / "requests" / file.name, file) for file in files}
    new = 0
    for name, recorded in found.items():
        known = store.get(name)
        if known is not None and known.answer != recorded.answer:
            what = f"{folder} has another answer to {name} than {spool}."
            raise DatasetError(what, "Delete the one that is not to be used.")
        if known is None:
            store.put(name, recorded)
            new += 1
    return new


def _from_spool(request: Path, answer: Path) -> Recorded:
    try:
        body = json.loads(request.read_text(encoding="utf-8"))
        text = answer.read_text(encoding="utf-8")
    except OSError as error:
        raise DatasetError(f"{error.filename} cannot be read: {error.strerror}.", "Restore or delete it.") from None
    except (ValueError, RecursionError):
        what = f"{request} or {answer} is damaged."
        raise DatasetError(what, "Restore both, or delete both.") from None
    if not is_request(body) or request_id(body) != answer.stem:
        what = f"{request} is not the chat-completion request that its name says."
        raise DatasetError(what, "Restore it, or delete it and its answer.")
    return Recorded(
        answer=text,
        model=body.get("model"),
        usage=_estimated(body, text),
        finish_reason="stop",
        usage_estimated=True,
    )


def _estimated(body: Mapping[str, Any], text: str) -> dict[str, Any]:
    sent = sum(len(_text_of(message.get("content"))) for message in body["messages"])
    prompt = (sent + len(json.dumps(_schema(body) or ""))) // CHARACTERS_PER_TOKEN
    completion = len(text) // CHARACTERS_PER_TOKEN
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _text_of(content: Any) -> str:
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _schema(body: Mapping[str, Any]) -> Any:
    form = body.get("response_format")
    described = form.get("json_schema") if isinstance(form, dict) else None
    return described.get("schema") if isinstance(described, dict) else None


def _read(file: Path, model: type[SomeModel]) -> SomeModel | None:
    try:
        return model.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DatasetError(f"{file} cannot be read: {error.strerror}.", "Check its permissions.") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise DatasetError(f"{file} is damaged ({where}: {first['msg']}).", "Restore or delete it.") from None
