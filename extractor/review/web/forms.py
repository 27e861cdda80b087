"""Forms of a record: what stands in them, and the act that a form asks for.

A field that comes back as it was shown is no change. People and short lists are written with semicolons between
them, longer ones a line each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args

from extractor.errors import UsageError
from extractor.log.views import CLAIM_FIELD
from extractor.records import ActionItem, Decision, Information, OpenQuestion, Roles, Stance, Status
from extractor.review import acts
from extractor.review.fields import due_of, person_id, several
from extractor.review.web.rendering import shown

if TYPE_CHECKING:
    from extractor.log.views import LogRecord

Pairs = Sequence[tuple[str, str]]
STANCES: Final[tuple[str, ...]] = ("", *get_args(Stance))
STATUSES: Final[tuple[str, ...]] = get_args(Status)
SIGNIFICANCES: Final = ("", "high", "medium", "low")
_PEOPLE: Final = ("owners", "decided_by", "raised_by")
_ROLES: Final = tuple(Roles.model_fields)
_INFORMATION: Final[tuple[str, ...]] = get_args(Information.model_fields["state"].annotation)
_MODELS: Final = {one.model_fields["act"].default: one for one in (*get_args(acts.OnRecord), acts.Add, acts.Restrict)}
_WITH_FIELDS: Final = ("approve", "edit", "add")


@dataclass(frozen=True)
class Field:
    """A field of a form. ``rows`` is how many lines it has, 0 for one line; ``hint`` says how to write it."""

    name: str
    label: str
    value: str = ""
    choices: tuple[str, ...] = ()
    rows: int = 0
    people: bool = False
    hint: str = ""


def fields_of(known: LogRecord) -> tuple[Field, ...]:
    """All fields of a record that can be edited, with their values as they are written."""
    said = known.record
    claim = CLAIM_FIELD[known.type]
    fields = [Field(claim, claim.capitalize(), known.text, rows=3)]
    if isinstance(said, Decision):
        fields += _of_decision(known, said)
    elif isinstance(said, ActionItem):
        fields += [_people(known, "owners", "Owners"), _due(said)]
    else:
        fields += _of_question(known, said)
    return (*fields, Field("flags", "Flags", "; ".join(said.flags), hint="Semicolons between them."))


def _of_decision(known: LogRecord, said: Decision) -> list[Field]:
    line = "One a line."
    return [
        Field("status", "Status", said.status, choices=STATUSES),
        Field("significance", "Significance", said.significance or "", choices=SIGNIFICANCES),
        _people(known, "decided_by", "Who decided"),
        _people(known, "owners", "Owners"),
        _due(said),
        Field("topic", "Topic", said.topic or ""),
        Field("category", "Category", said.category or ""),
        Field("rationale", "Reasons for it", said.rationale or "", rows=2),
        Field(
            "alternatives",
            "Alternatives",
            "\n".join(f"{one.option} | {one.why_not}" if one.why_not else one.option for one in said.alternatives),
            rows=2,
            hint="One a line; after a bar, why not: steel posts | too dear",
        ),
        Field("conditions", "Conditions", "\n".join(said.conditions), rows=2, hint=line),
        Field(
            "information",
            "Information it rests on",
            "\n".join(f"{one.state}: {one.what}" for one in said.information),
            rows=2,
            hint="One a line, with what became of it: present: two offers; missing: the drawings; assumed: ...",
        ),
        *(
            Field(f"roles.{role}", role.capitalize(), "; ".join(known.names(getattr(said.roles, role))), people=True)
            for role in _ROLES
        ),
    ]


def _of_question(known: LogRecord, said: OpenQuestion) -> list[Field]:
    return [
        _people(known, "raised_by", "Who asked"),
        _people(known, "owners", "Owners"),
        Field("blocks", "What it holds up", said.blocks or "", rows=2),
        Field("missing_information", "What is missing", said.missing_information or "", rows=2),
    ]


def _people(known: LogRecord, name: str, label: str) -> Field:
    names = known.names(getattr(known.record, name))
    return Field(name, label, "; ".join(names), people=True, hint="Semicolons between people.")


def _due(said: Decision | ActionItem) -> Field:
    value = "" if said.due is None else said.due.date.isoformat() if said.due.date else said.due.text
    return Field("due", "Due", value, hint="A day as 2026-06-12, or the words as said.")


def agreement_of(known: LogRecord) -> tuple[Field, ...]:
    """One field for each participant's stance, for a decision."""
    said = known.record
    if not isinstance(said, Decision):
        return ()
    stances = {one.person: one.stance for one in said.agreement}
    people = dict.fromkeys((*stances, *known.people))
    return tuple(
        Field(f"agreement.{one}", known.people.get(one, one), stances.get(one, ""), choices=STANCES) for one in people
    )


def act_of(pairs: Pairs, known: LogRecord | None) -> acts.OnRecord | acts.Add | acts.Restrict | None:
    """The act that a form asks for, None where it changes nothing; ``known`` is its record as it was shown.

    Raises UsageError for what is no act, naming the first thing that does not fit.
    """
    from pydantic import ValidationError

    given = dict(pairs)
    name = given.get("act", "")
    model = _MODELS.get(name)
    if model is None:
        raise UsageError(f"There is no act “{name[:40]}”.", "Use a button of the page.")
    asked: dict[str, Any] = {
        key: value for key, value in given.items() if key in model.model_fields and (value.strip() or key == "act")
    }
    if name in _WITH_FIELDS:
        asked["fields"] = changed_fields(pairs, known)
    if name == "split":
        asked["parts"] = _parts(pairs, known)
    if name == "add":
        asked["passages"] = _passages(pairs)
    if name == "restrict":
        asked["people"] = [one for line in _all(pairs, "people") for one in several(line.replace("\n", ";"))]
    if name == "edit" and not asked["fields"]:
        return None
    try:
        return acts.ACTS.validate_python(asked)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"] if part != name)
        raise UsageError(f"{field or name}: {first['msg']}.", "Correct it, and send it again.") from None


def _all(pairs: Pairs, name: str) -> list[str]:
    return [value for key, value in pairs if key == name]


def changed_fields(pairs: Pairs, known: LogRecord | None) -> dict[str, Any]:
    """The fields that a form changes, as the acts take them."""
    was: dict[str, str] = {}
    if known is not None:
        was = {one.name: shown(_lines(one.value)) for one in (*fields_of(known), *agreement_of(known))}
    given = {key[6:]: _lines(value) for key, value in pairs if key.startswith("field.")}
    changed = {name: value for name, value in given.items() if was.get(name, "").strip() != value.strip()}
    return fields_from(changed, known)


def _lines(value: str) -> str:
    """Text as the browser had it before it wrote each end of a line in two characters."""
    return value.replace("\r\n", "\n")


def fields_from(written: Mapping[str, str], known: LogRecord | None) -> dict[str, Any]:
    """Fields of the contract from what stands in a form."""
    fields: dict[str, Any] = {}
    for name, value in written.items():
        if "." not in name:
            fields[name] = _value(name, value.strip())
    roles = {name.partition(".")[2]: value for name, value in written.items() if name.startswith("roles.")}
    if roles:
        fields["roles"] = _roles(roles, known)
    stances = {name.partition(".")[2]: value for name, value in written.items() if name.startswith("agreement.")}
    if stances:
        fields["agreement"] = _agreement(stances, known)
    return fields


def _value(name: str, value: str) -> Any:
    if name in _PEOPLE or name == "flags":
        return several(value)
    if name == "conditions":
        return [line.strip() for line in value.splitlines() if line.strip()]
    if name == "alternatives":
        return [_alternative(line) for line in value.splitlines() if line.strip()]
    if name == "information":
        return [_information(line) for line in value.splitlines() if line.strip()]
    if name == "due":
        return due_of(value) if value else None
    return value or None


def _alternative(line: str) -> dict[str, Any]:
    option, _, why = line.partition("|")
    return {"option": option.strip(), "why_not": why.strip() or None}


def _information(line: str) -> dict[str, Any]:
    state, mark, what = line.partition(":")
    if mark and state.strip().casefold() in _INFORMATION:
        return {"state": state.strip().casefold(), "what": what.strip()}
    raise UsageError(
        f"“{line.strip()[:60]}” does not say what became of it.", "Begin with present:, missing: or assumed:."
    )


def _roles(written: Mapping[str, str], known: LogRecord | None) -> dict[str, list[str]]:
    now = known.record.roles if known is not None and isinstance(known.record, Decision) else Roles()
    people = known.people if known is not None else {}
    roles = {role: list(getattr(now, role)) for role in _ROLES}
    return roles | {role: [person_id(people, one) for one in several(value)] for role, value in written.items()}


def _agreement(written: Mapping[str, str], known: LogRecord | None) -> list[dict[str, Any]]:
    """Stances with some changed; the words that prove a stance stay with the person."""
    before = known.record.agreement if known is not None and isinstance(known.record, Decision) else ()
    kept = {one.person: one.model_dump() for one in before}
    for person, stance in written.items():
        if person not in kept and (known is None or person not in known.people):
            raise UsageError(f"“{person[:60]}” takes no part in this conversation.", "Choose among those who do.")
        if stance:
            kept[person] = {"evidence": (), **kept.get(person, {}), "person": person, "stance": stance}
        else:
            kept.pop(person, None)
    return list(kept.values())


def _parts(pairs: Pairs, known: LogRecord | None) -> list[dict[str, Any]]:
    """The parts of a split, ``part.N.evidence`` and ``part.N.field.NAME``; one without either is none."""
    parts: dict[str, dict[str, Any]] = {}
    for key, value in pairs:
        mark, _, rest = key.partition(".")
        number, _, name = rest.partition(".")
        if mark != "part" or not number:
            continue
        part = parts.setdefault(number, {"evidence": [], "fields": {}})
        if name == "evidence":
            part["evidence"].append(value)
        elif name.startswith("field.") and value.strip():
            part["fields"][name[6:]] = _lines(value)
    wanted = [part for part in parts.values() if part["evidence"] or part["fields"]]
    for place, part in enumerate(wanted, 1):
        if not part["evidence"]:
            raise UsageError(f"Part {place} has no words that prove it.", "Choose at least one quote for each part.")
    if len(wanted) < 2:
        raise UsageError("To split a record takes two parts or more.", "Write each, and choose its quotes.")
    return [{"evidence": part["evidence"], "fields": fields_from(part["fields"], known)} for part in wanted]


def _passages(pairs: Pairs) -> list[dict[str, Any]]:
    """Passages of ``turn``, ``start``, ``end`` and ``role``, each named once for every passage."""
    columns: dict[str, Iterable[str]] = {
        "turn": _all(pairs, "turn"),
        "start_char": _all(pairs, "start"),
        "end_char": _all(pairs, "end"),
        "role": _all(pairs, "role"),
    }
    passages: list[dict[str, Any]] = [{} for _ in columns["turn"]]
    for column, values in columns.items():
        for passage, value in zip(passages, values, strict=False):
            if value.strip():
                passage[column] = value
    return passages
