"""Checks the output of ``decisions extract`` against the files it was made from, without any code of ours.

    decisions schema > schema.json
    decisions read FILE... --format json > read.json
    decisions extract FILE... --format json > records.json
    python evals/check_document.py schema.json read.json records.json

Checks that the document meets its schema; that every quote is exactly the text of its turn between its offsets, by the
speaker and at the time the turn has; that coverage adds up, covers every character of a text file as Python decodes it,
and that what is used is the text of the turns. Prints a line per conversation and exits with 4 if anything is wrong.
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
                turn = turns[quote["turn"]]
                cut = turn["text"][quote["start_char"] : quote["end_char"]]
                when = [mark["time"] for mark in turn["marks"] if mark["char"] <= quote["start_char"]][-1:]
                when = when or [turn["start"] if turn["start"] is not None else turn["sent_at"]]
                if not quote["quote"] or cut != quote["quote"]:
                    yield f"{record['id']}: {quote['quote']!r} is not the text of turn {quote['turn']}: {cut!r}"
                if (quote["speaker"], quote["time"]) != (turn["speaker"], when[0]):
                    yield f"{record['id']}: turn {quote['turn']} has another speaker or time"


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
    text = path.read_bytes().decode("utf-8-sig")
    if len(text) != source["coverage"]["characters"]:
        yield f"{path}: {len(text)} characters in the file, {source['coverage']['characters']} in its coverage"
    used = sum(len(turn["text"]) for one in conversations if one["source"] == source["path"] for turn in one["turns"])
    if used != source["coverage"]["used"]:
        yield f"{path}: the turns hold {used} characters, {source['coverage']['used']} are said to be used"


def main(schema_path: str, read_path: str, records_path: str) -> int:
    schema, read, document = (json.loads(Path(path).read_text()) for path in (schema_path, read_path, records_path))
    jsonschema.validate(document, schema)
    by_place = {(one["source"], one["id"]): one for one in read["conversations"]}
    faults = [f"{s['path']}: {fault}" for s in document["sources"] for fault in wrong_source(s, read["conversations"])]
    for entry in document["conversations"]:
        header = entry["conversation"]
        turns = by_place[header["source"], header["id"]]["turns"]
        found = [*wrong_quotes(entry, turns), *wrong_coverage(entry["coverage"])]
        faults += [f"{header['source']}: {fault}" for fault in found]
        numbers = ", ".join(f"{len(entry[kind])} {kind}" for kind in RECORDS)
        print(f"{header['title']}: {numbers}, {len(entry['ungrounded'])} ungrounded, {len(found)} faults")
    for fault in faults:
        print(f"WRONG {fault}")
    return 4 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
