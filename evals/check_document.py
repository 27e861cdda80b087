"""Checks the output of ``decisions extract`` against the files it was made from, without any code of ours.

    decisions schema > schema.json
    decisions read FILE... --format json > read.json
    decisions extract FILE... --format json > records.json
    python evals/check_document.py schema.json read.json records.json

Checks that the document meets its schema; that it holds every conversation that was read and no other; that every quote
is exactly the text of its turn between its offsets, by the speaker and at the time the turn has; that coverage adds up,
covers every character of a text file as Python decodes it, and that what is used is the text of the turns. Prints a
line per conversation and exits with 4 if anything is wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema

RECORDS = ("decisions", "action_items", "open_questions")


def quotes(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from record["evidence"]
    for stance in record.get("agreement", []):
        yield from stance["evidence"]


def wrong_quotes(entry: dict[str, Any], turns: list[dict[str, Any]]) -> Iterator[str]:
    people = {person["id"] for person in entry["conversation"]["participants"]}
    for kind in RECORDS:
        for record in entry[kind]:
            if not record["evidence"]:
                yield f"{record['id']} has no evidence"
            for person in [*record.get("owners", []), *record.get("decided_by", []), *record.get("raised_by", [])]:
                if person not in people:
                    yield f"{record['id']} names {person}, who is nobody"
            for quote in quotes(record):
                for fault in wrong_quote(quote, turns):
                    yield f"{record['id']}: {fault}"


def wrong_quote(quote: dict[str, Any], turns: list[dict[str, Any]]) -> Iterator[str]:
    if not 0 <= quote["turn"] < len(turns):
        yield f"there is no turn {quote['turn']}"
        return
    turn = turns[quote["turn"]]
    cut = turn["text"][quote["start_char"] : quote["end_char"]]
    when = [mark["time"] for mark in turn["marks"] if mark["char"] <= quote["start_char"]][-1:]
    when = when or [turn["start"] if turn["start"] is not None else turn["sent_at"]]
    if not quote["quote"] or cut != quote["quote"]:
        yield f"{quote['quote']!r} is not the text of turn {quote['turn']}: {cut!r}"
    if (quote["speaker"], quote["time"]) != (turn["speaker"], when[0]):
        yield f"turn {quote['turn']} has another speaker or time"


def wrong_coverage(coverage: dict[str, Any]) -> Iterator[str]:
    accounted = coverage["used"] + sum(part["characters"] for part in coverage["set_aside"])
    if accounted != coverage["characters"]:
        yield f"{coverage['characters']} characters, {accounted} accounted for"


def wrong_source(source: dict[str, Any], conversations: list[dict[str, Any]]) -> Iterator[str]:
    if source["coverage"] is None:
        return
    yield from wrong_coverage(source["coverage"])
    path = Path(source["path"])
    if path.suffix not in (".vtt", ".srt", ".txt"):
        return
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        yield f"its characters cannot be counted: {error}"
        return
    if len(text) != source["coverage"]["characters"]:
        yield f"{len(text)} characters in the file, {source['coverage']['characters']} in its coverage"
    turns = ((turn["source"] or one["source"], turn["text"]) for one in conversations for turn in one["turns"])
    used = sum(len(said) for path_of_turn, said in turns if path_of_turn == source["path"])
    if used != source["coverage"]["used"]:
        yield f"the turns hold {used} characters, {source['coverage']['used']} are said to be used"


def place(conversation: dict[str, Any]) -> tuple[str, str]:
    return conversation["source"], conversation["id"]


def wrong_conversations(read: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    were_read = {place(one) for one in read["conversations"]}
    reported = {place(entry["conversation"]) for entry in document["conversations"]}
    yield from (f"{source}: conversation {name} is missing" for source, name in sorted(were_read - reported))
    yield from (f"{source}: conversation {name} was never read" for source, name in sorted(reported - were_read))


def wrong_shape(document: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    for error in jsonschema.Draft202012Validator(schema).iter_errors(document):
        yield f"{error.json_path}: {error.message}"


def faults_in(document: dict[str, Any], read: dict[str, Any]) -> Iterator[str]:
    """Every fault of a document that meets its schema; prints a line per conversation on the way."""
    yield from wrong_conversations(read, document)
    for source in document["sources"]:
        yield from (f"{source['path']}: {fault}" for fault in wrong_source(source, read["conversations"]))
    by_place = {place(one): one for one in read["conversations"]}
    for entry in document["conversations"]:
        header = entry["conversation"]
        conversation = by_place.get(place(header))
        quoted = wrong_quotes(entry, conversation["turns"]) if conversation else ()
        found = [*quoted, *wrong_coverage(entry["coverage"])]
        numbers = ", ".join(f"{len(entry[kind])} {kind}" for kind in RECORDS)
        print(f"{header['title']}: {numbers}, {len(entry['ungrounded'])} ungrounded, {len(found)} faults")
        yield from (f"{header['source']}: {fault}" for fault in found)


def main(schema_path: str, read_path: str, records_path: str) -> int:
    paths = (schema_path, read_path, records_path)
    schema, read, document = (json.loads(Path(path).read_text(encoding="utf-8")) for path in paths)
    faults = list(wrong_shape(document, schema)) or list(faults_in(document, read))
    for fault in faults:
        print(f"WRONG {fault}")
    return 4 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
