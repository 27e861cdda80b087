"""Are questions answered from the log right, and is it said when the log does not say?

The questions of ``evals/answering/questions.json`` are asked over records of the train half of the labelled links, as
if all of them had been approved and their links confirmed: the ten records and the two passages that sound most like
the question. An answer is right if it cites the records that it must and has the words that it must. Answers of the
language model are those in ``evals/answering/answers``; see ``asking.py``. Writes ``evals/results/answering.json``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from asking import SENT_TOGETHER, add_options, connected, each, store

from extractor.answering import Answer, AnsweringModel, Cited, answer
from extractor.chunking import chunk_turns
from extractor.embedding import Embedder, load_embedder
from extractor.errors import EngineError
from extractor.linking.sides import Side
from extractor.scoring.labelled import TYPE_OF, Labelled, conversation_of
from extractor.scoring.link_labels import LinkLabels, read_link_labels
from extractor.scoring.link_pairs import sides_of

HERE = Path(__file__).resolve().parent
RESULT = HERE / "results" / "answering.json"
RECORDS, PASSAGES = 10, 2
Question = dict[str, Any]


def main() -> int:
    """Ask, check, print, write; with ``--ask`` only put the requests."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add_options(parser, HERE / "answering" / "answers")
    options = parser.parse_args()
    questions = json.loads((HERE / "answering" / "questions.json").read_text(encoding="utf-8"))
    labels = read_link_labels(HERE / "links" / "labels.json", [HERE / "examples", HERE / "links" / "series"])
    known = Known(labels, load_embedder())
    shown = [known.nearest(one["question"]) for one in questions]
    with connected(options) as (connection, _):
        model = AnsweringModel(connection)
        pairs = list(zip(questions, shown, strict=True))
        answers = each(pairs, lambda pair: answer(pair[0]["question"], pair[1], model), together=SENT_TOGETHER)
    if options.ask:
        print(f"{len(answers)} requests put; {sum(isinstance(one, Answer) for one in answers)} answered.")
        return 0
    results = [checked(question, one) for question, one in zip(questions, answers, strict=True)]
    for result in results:
        print(f"{'right' if result['right'] else 'WRONG'}  {result['question']}\n       {result['text']}")
    document = {"version": model.version, "answers": results, **totals(questions, results, answers)}
    print({name: value for name, value in document.items() if name != "answers"})
    return store(document, RESULT, options.check)


class Known:
    """Everything that can be shown, with its vectors."""

    def __init__(self, labels: LinkLabels, embedder: Embedder) -> None:
        self._embedder = embedder
        rows = [row for _, row in sorted(labels.conversations.items()) if row.split == "train"]
        self._records = records(labels, rows)
        self._passages = [passage for row in rows for passage in passages(row, embedder)]
        self._vectors = [embedder.embed([one.text for one in some]) for some in (self._records, self._passages)]

    def nearest(self, question: str) -> list[Cited]:
        """The records and the passages that sound most like a question."""
        vector = self._embedder.embed([question])[0]
        chosen = []
        for some, vectors, most in zip(
            (self._records, self._passages), self._vectors, (RECORDS, PASSAGES), strict=True
        ):
            order = np.argsort(-(vectors @ vector), kind="stable")[:most]
            chosen += [some[at] for at in order]
        return chosen


def records(labels: LinkLabels, rows: list[Labelled]) -> list[Cited]:
    """All records of these conversations, approved, and with the links that were labelled."""
    replaced: dict[str, tuple[str, ...]] = {}
    answered: dict[str, tuple[str, ...]] = {}
    for label in labels.part("train"):
        new, old = ("/".join(map(str, ref.key)) for ref in (label.later, label.earlier))
        links = {"supersedes": replaced, "answers": answered}.get(label.kind)
        if links is not None:
            links[old] = (*links.get(old, ()), new)
    return [cited(side, replaced.get(side.id, ()), answered.get(side.id, ())) for row in rows for side in sides_of(row)]


def cited(side: Side, superseded_by: tuple[str, ...], answered_by: tuple[str, ...]) -> Cited:
    """A labelled record as an answer may cite it."""
    return Cited(
        id=side.id,
        kind="record",
        text=side.text,
        type=side.type,
        status=side.status,
        state="approved",
        said_on=side.said_on,
        title=side.title,
        owners=side.owners,
        decided_by=side.decided_by,
        due=side.due,
        superseded_by=superseded_by,
        answered_by=answered_by,
        quotes=side.quotes,
    )


def passages(row: Labelled, embedder: Embedder) -> list[Cited]:
    """The stretches of a conversation that are indexed."""
    said_on = sides_of(row)[0].said_on if any(row.gold.of(section) for section in TYPE_OF) else None
    chunks = chunk_turns(conversation_of(row), embedder.count_tokens, embedder.max_tokens)
    return [
        Cited(f"{row.id}/passage/{chunk.ordinal}", "passage", chunk.text, said_on=said_on, title=row.conversation.title)
        for chunk in chunks
    ]


def checked(question: Question, given: Answer | EngineError) -> dict[str, Any]:
    """Whether an answer is right, and what it said."""
    if isinstance(given, EngineError):
        return {"question": question["question"], "right": False, "said": None, "text": given.what, "unproven": 0}
    text = " ".join(sentence.text for sentence in given.sentences)
    cites = {one for sentence in given.sentences for one in sentence.cites}
    right = given.said == question["said"]
    if question["said"]:
        right = right and set(question["cites"]) <= cites
        right = right and all(word.casefold() in text.casefold() for word in question["words"])
    return {
        "question": question["question"],
        "right": right,
        "said": given.said,
        "text": text,
        "cites": sorted(cites),
        "unproven": len(given.unproven),
    }


def totals(questions: list[Question], results: list[dict[str, Any]], answers: list[Any]) -> dict[str, Any]:
    """How many of the questions that the log answers, and of those it does not, came out right; and the cost."""
    usages = [one.usage for one in answers if isinstance(one, Answer)]
    return {
        name: [
            sum(result["right"] for result, one in zip(results, questions, strict=True) if one["said"] is said),
            sum(one["said"] is said for one in questions),
        ]
        for name, said in (("answered", True), ("not_said", False))
    } | {
        "input_tokens": sum(one.input_tokens for one in usages),
        "output_tokens": sum(one.output_tokens for one in usages),
    }


if __name__ == "__main__":
    raise SystemExit(main())
