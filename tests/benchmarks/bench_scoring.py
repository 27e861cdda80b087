"""Scoring 100 meetings: the time it takes, as a multiple of embedding the same sentences once.

Predictions are the labels of another conversation beside the labels themselves, so that there is something to match and
something to refuse.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scoring.oracle import examples, oracle

from extractor.embedding import load_embedder
from extractor.scoring.counting import scorer
from extractor.scoring.figures import figures

MEETINGS = 100


def main() -> None:
    rows = [examples()[number % len(examples())] for number in range(MEETINGS)]
    records = {row.id: oracle(row) for row in examples()}
    texts = [record.text for row in rows for record in (*row.gold.decisions, *row.gold.action_items)]
    embedder = load_embedder()
    embedder.embed(texts[:1])
    began = time.perf_counter()
    for text in 2 * texts:
        embedder.embed([text])
    embedding = time.perf_counter() - began
    by = scorer()
    began = time.perf_counter()
    tallies = [by.tally(row, records[row.id]) for row in rows]
    counting = time.perf_counter() - began
    began = time.perf_counter()
    figures(tallies)
    intervals = time.perf_counter() - began
    count = sum(len(row.gold.decisions) + len(row.gold.action_items) + len(row.gold.open_questions) for row in rows)
    print(f"{MEETINGS} meetings, {count} labels: matched in {counting:.1f} s, {counting / embedding:.2f} x embedding")
    print(f"all figures with intervals: {intervals:.2f} s, {intervals / embedding:.2f} x")


if __name__ == "__main__":
    main()
