"""The local engine's model against three baselines: cue words, last turns, TF-IDF with logistic regression.

``python evals/local_baselines.py --data ../shared/data/labelled`` measures every ranker in the same way, with the same
candidates rule and its own threshold chosen on dev, and writes ``evals/results/local-v1.json`` and ``.md``.

Headline metrics, fixed before the baselines were run (but after the model had been tuned on the same dev sets):
average precision of turns for decisions and action items on
ami.dev (evidence annotated); mean reciprocal rank of the deciding turn for decisions on tc39.dev (a weak label, made
from words alone: see ``extractor.engines.local.train.weak``). A gain counts where the 90 % interval of the difference,
over conversations, lies above 0.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from extractor.engines.local import cues
from extractor.engines.local.features import Features
from extractor.engines.local.model import GENRES, HEADS, Model, load_model
from extractor.engines.local.reading import genre_of
from extractor.engines.local.train import data, evaluate
from extractor.engines.local.train.calibration import probability
from extractor.engines.local.train.data import Example
from extractor.engines.local.train.evaluate import Value, best_threshold, deciding_turn, region_f, turn_ranking
from extractor.engines.local.train.fitting import SPEECH
from extractor.engines.local.train.folds import fold_of, out_of_fold
from extractor.engines.local.train.metrics import average_precision, bootstrap, calibration_error
from extractor.engines.local.train.rows import Rows, rows_of
from extractor.engines.local.train.shown import pooled, precision_recall_f, shown

Scores = list[NDArray[np.float64]]
RESULTS = Path(__file__).resolve().parent / "results"
KINDS = {"decisions": "decision", "action_items": "action"}
CUES = {
    "decisions": ("decide", "lets", "go_with", "we_will", "assent", "no_objection", "formal"),
    "action_items": ("commit", "assign", "follow_up", "due", "formal"),
}


def main() -> int:
    """Measure and write; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="folder that keeps embeddings from one run to the next")
    parser.add_argument("--no-folds", action="store_true", help="leave out five-fold cross-validation (minutes)")
    options = parser.parse_args()
    model = load_model()
    names = (*data.TRAIN_FILES, *data.DEV_FILES, *data.HELD_OUT_FILES)
    rows = {name: rows_of(data.load(data.file_of(options.data, name)), options.cache) for name in names}
    odds = {name: model_log_odds(model, rows[name]) for name in (*data.DEV_FILES, *data.HELD_OUT_FILES)}
    scores = {name: evaluate.turn_scores(rows[name], odds[name]) for name in odds}
    result: dict[str, Any] = {
        "weights": model.version,
        "data": {name: data.sha256_of(data.file_of(options.data, name)) for name in names},
        "ami.dev": {kind: speech_figures(rows, kind, scores["ami.dev"]) for kind in KINDS},
        "tc39.dev": {kind: topic_figures(rows, "tc39.dev", kind, scores["tc39.dev"]) for kind in KINDS},
        "held out": {
            name: topic_figures(rows, name, kind, scores[name])
            for name, kind in (("w3c.dev", "decisions"), ("ietf.dev", "decisions"), ("solid.dev", "action_items"))
        },
        "shown": as_shown(model, rows, odds),
    }
    if not options.no_folds:
        result["folds"] = folds(rows)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "local-v1.json").write_text(json.dumps(result, indent=1, default=str) + "\n", encoding="utf-8")
    (RESULTS / "local-v1.md").write_text(as_markdown(result), encoding="utf-8")
    print(as_markdown(result))
    return 0


def model_log_odds(model: Model, rows: Rows) -> NDArray[np.float64]:
    """Log-odds of all segments as the engine computes them: (rows, heads)."""
    total = np.zeros((len(rows.labels), len(HEADS)))
    for number, example in enumerate(rows.examples):
        part = slice(rows.edges[number], rows.edges[number + 1])
        sparse = rows.sparse[part]
        found = Features(rows.dense[part], rows.cheap[part], sparse.indices, sparse.data, sparse.indptr)
        total[part] = model.scores(found, genre_of(example.script))
    return total


def column(scores: Scores, kind: str) -> Scores:
    """One head's scores."""
    return [part[:, HEADS.index(KINDS[kind])] for part in scores]


def cue_scores(examples: Sequence[Example], kind: str) -> Scores:
    """How many kinds of cue a turn shows; of equal turns the later comes first."""
    return [
        np.array([sum(cues.has(name, turn.text) for name in CUES[kind]) for turn in e.conversation.turns], np.float64)
        + 0.1 * place
        for e, place in zip(examples, last_turns(examples), strict=True)
    ]


def last_turns(examples: Sequence[Example]) -> Scores:
    """The later, the higher."""
    return [np.arange(len(e.conversation.turns)) / max(len(e.conversation.turns), 1) for e in examples]


def weak_turns(rows: Rows, kind: str) -> list[NDArray[np.bool_]]:
    """Turns that hold a segment labelled positive for training."""
    found = []
    head = HEADS.index(KINDS[kind])
    for number, example in enumerate(rows.examples):
        marked = np.zeros(len(example.conversation.turns), bool)
        part = rows.labels[rows.edges[number] : rows.edges[number + 1], head] > 0
        marked[[s.turn for s, positive in zip(example.script.segments, part, strict=True) if positive]] = True
        found.append(marked)
    return found


def tfidf_ranker(
    examples: Sequence[Example], labels: Sequence[NDArray[np.bool_]], strength: float
) -> Callable[[Sequence[Example]], Scores]:
    """Word and word-pair TF-IDF of a turn into logistic regression, trained on these turns."""
    texts = [turn.text for example in examples for turn in example.conversation.turns]
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    matrix = vectorizer.fit_transform(texts)
    regression = LogisticRegression(C=strength, max_iter=300).fit(matrix, np.concatenate(labels))

    def ranker(others: Sequence[Example]) -> Scores:
        return [
            np.asarray(regression.decision_function(vectorizer.transform([t.text for t in e.conversation.turns])))
            for e in others
        ]

    return ranker


def best_tfidf(
    train: Rows, kind: str, dev: Sequence[Example], quality: Callable[[Scores], float]
) -> tuple[Scores, Callable[[Sequence[Example]], Scores]]:
    """The TF-IDF baseline with the regularisation that does best on the dev set, which favours the baseline."""
    kept = [i for i, e in enumerate(train.examples) if e.linked or e.gold[kind]]
    labels = weak_turns(train, kind)
    rankers = [
        tfidf_ranker([train.examples[i] for i in kept], [labels[i] for i in kept], strength)
        for strength in (1, 10, 100)
    ]
    scored = [(quality(scores), scores, ranker) for ranker in rankers for scores in (ranker(dev),)]
    _, scores, ranker = max(scored, key=lambda entry: entry[0])
    return scores, ranker


def speech_figures(rows: dict[str, Rows], kind: str, scores: Scores) -> dict[str, Any]:
    """Turn ranking and regions on ami.dev for the model and the baselines, and the model's lead over each."""
    examples = rows["ami.dev"].examples
    tfidf, _ = best_tfidf(rows["ami.train"], kind, examples, lambda s: turn_ranking(examples, kind, s)[0].value)
    rankers = {
        "model": column(scores, kind),
        "cue words": cue_scores(examples, kind),
        "last turns": last_turns(examples),
        "TF-IDF + LR": tfidf,
    }
    return ranked(examples, kind, rankers)


def ranked(examples: Sequence[Example], kind: str, rankers: dict[str, Scores]) -> dict[str, Any]:
    """Turn ranking and region figures of several rankers on conversations with annotated evidence."""
    figures: dict[str, Any] = {}
    for name, scores in rankers.items():
        precision, area = turn_ranking(examples, kind, scores)
        figures[name] = {"AP": precision, "AUROC": area}
        for tolerance in (30.0, 10.0):
            threshold = best_threshold(examples, kind, scores, tolerance)
            figures[name][f"regions {tolerance:.0f} s (P, R, F)"] = region_f(
                examples, kind, scores, threshold, tolerance
            )
        if name != "model":
            figures[name]["model's lead in AP"] = ap_lead(examples, kind, rankers["model"], scores)
    return figures


def ap_lead(examples: Sequence[Example], kind: str, ours: Scores, theirs: Scores) -> Value:
    """Difference in average precision, with the interval of the difference over conversations."""
    marked = [evaluate.evidence_turns(example, kind) for example in examples]
    kept = [number for number, example in enumerate(examples) if example.linked]

    def lead(which: NDArray[np.int64]) -> float:
        chosen = [kept[i] for i in which]
        labels = np.concatenate([marked[i] for i in chosen])
        a, b = (average_precision(labels, np.concatenate([s[i] for i in chosen])) for s in (ours, theirs))
        return a - b

    return Value(lead(np.arange(len(kept))), *bootstrap(lead, len(kept), rounds=300))


def topic_figures(rows: dict[str, Rows], name: str, kind: str, scores: Scores) -> dict[str, Any]:
    """The deciding turn on conversations whose outcome was written down; TF-IDF is trained on tc39.train throughout."""
    examples = rows[name].examples
    judged = rows["tc39.dev"].examples
    _, ranker = best_tfidf(rows["tc39.train"], kind, judged, lambda s: deciding_turn(judged, kind, s)[3].value)
    rankers = {
        "model": column(scores, kind),
        "cue words": cue_scores(examples, kind),
        "last turns": last_turns(examples),
        "TF-IDF + LR": ranker(examples),
    }
    ranks = {ranked: np.array(evaluate.ranks_of(examples, kind, s), np.float64) for ranked, s in rankers.items()}
    figures: dict[str, Any] = {}
    for ranked_by, s in rankers.items():
        number, first, third, reciprocal = deciding_turn(examples, kind, s)
        figures[ranked_by] = {"topics": number, "top-1": first, "top-3": third, "MRR": reciprocal}
        if ranked_by != "model":
            gain = 1 / ranks["model"] - 1 / ranks[ranked_by]
            low, high = bootstrap(lambda which, g=gain: float(g[which].mean()), number)  # type: ignore[misc]
            figures[ranked_by]["model's lead in MRR"] = Value(float(gain.mean()), low, high)
    return figures


def as_shown(model: Model, rows: dict[str, Rows], odds: dict[str, NDArray[np.float64]]) -> dict[str, Any]:
    """What the engine shows, rules included, at its own thresholds, and how well its confidence is calibrated.

    Right is a record with evidence within 10 s (30 s) of annotated evidence, or within one turn of the weak label. The
    calibration error is that of all candidates above a very low score, right meaning within 10 s or one turn.
    """
    found = {}
    for name, head in (
        ("ami.dev", "decision"),
        ("ami.dev", "action"),
        ("tc39.dev", "decision"),
        ("tc39.dev", "action"),
        ("w3c.dev", "decision"),
        ("ietf.dev", "decision"),
        ("solid.dev", "action"),
    ):
        genre = genre_of(next(e for e in rows[name].examples if e.script.segments).script)
        place = (GENRES.index(genre), HEADS.index(head))
        cut = model.threshold(genre, head)
        near, wide = (shown(rows[name], odds[name], head, seconds) for seconds in (10.0, 30.0))
        values, right = pooled(near)
        stated = probability(values, float(model.slope[place]), float(model.offset[place]))
        kept = values >= cut
        found[f"{name} {head}"] = {
            "shown a conversation": round(float(kept.sum()) / len(near), 1),
            "10 s / 1 turn (P, R, F)": " ".join(f"{value:.2f}" for value in precision_recall_f(near, cut)),
            "30 s (P, R, F)": " ".join(f"{value:.2f}" for value in precision_recall_f(wide, cut)),
            "ECE": round(calibration_error(right, stated), 3),
            "mean confidence": round(float(stated.mean()), 3),
            "share right": round(float(right.mean()), 3),
        }
    return found


def folds(rows: dict[str, Rows]) -> dict[str, Any]:
    """Five folds over series on ami.train + ami.dev, and on icsi.train: nothing of a series is seen in training."""
    sets = [rows[name] for name in ("ami.train", "ami.dev", "icsi.train", "tc39.train")]
    scored = out_of_fold(sets, [0, 1, 2], SPEECH)
    ours = {number: evaluate.turn_scores(sets[number], scored[number]) for number in scored}
    ami = [*sets[0].examples, *sets[1].examples]
    result: dict[str, Any] = {}
    for kind in KINDS:
        labels = [evaluate.evidence_turns(example, kind) for example in ami]
        rankers = {
            "model": column([*ours[0], *ours[1]], kind),
            "cue words": cue_scores(ami, kind),
            "last turns": last_turns(ami),
            "TF-IDF + LR": _folded_tfidf(ami, labels),
        }
        result[f"AMI {kind}"] = ranked(ami, kind, rankers)
    icsi = sets[2].examples
    rankers = {
        "model": column(ours[2], "decisions"),
        "cue words": cue_scores(icsi, "decisions"),
        "last turns": last_turns(icsi),
        "TF-IDF + LR": _folded_tfidf(icsi, [evaluate.evidence_turns(e, "decisions") for e in icsi]),
    }
    result["ICSI decisions"] = ranked(icsi, "decisions", rankers)
    return result


def _folded_tfidf(examples: Sequence[Example], labels: Sequence[NDArray[np.bool_]]) -> Scores:
    places = fold_of([example.series for example in examples])
    scores: Scores = [np.zeros(0)] * len(examples)
    for fold in set(places):
        kept = [i for i, place in enumerate(places) if place != fold and examples[i].linked]
        left = [i for i, place in enumerate(places) if place == fold]
        ranker = tfidf_ranker([examples[i] for i in kept], [labels[i] for i in kept], 10)
        for number, found in zip(left, ranker([examples[i] for i in left]), strict=True):
            scores[number] = found
    return scores


def as_markdown(result: dict[str, Any]) -> str:
    """The figures as tables, with what they mean."""
    parts = [
        "# The local engine's model and three baselines",
        "",
        f"Weights `{result['weights']}`. Square brackets: 90 % bootstrap interval over conversations. Thresholds are",
        "chosen on the same set for every ranker. A region is found when a candidate lies within 30 s or 10 s of its",
        "annotated evidence. Where none was annotated, the deciding turn is a weak label made from words alone.",
    ]
    sections = [
        ("ami.dev", result["ami.dev"]),
        ("tc39.dev", result["tc39.dev"]),
        ("held out genres", result["held out"]),
    ]
    if "folds" in result:
        sections.append(("five folds over series", result["folds"]))
    for title, tables in sections:
        for name, figures in tables.items():
            parts += ["", f"## {title}: {name}", "", *_table(figures)]
    parts += ["", "## As shown by the engine, rules included", "", *_table(result["shown"])]
    return "\n".join(parts) + "\n"


def _table(figures: dict[str, Any]) -> list[str]:
    columns = list(dict.fromkeys(key for row in figures.values() for key in row))
    lines = ["| ranker | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, row in figures.items():
        lines.append(f"| {name} | " + " | ".join(_cell(row.get(key, "")) for key in columns) + " |")
    return lines


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return f"{value[0]:.2f} {value[1]:.2f} {value[2]}"
    return str(value)


if __name__ == "__main__":
    raise SystemExit(main())
