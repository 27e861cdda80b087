"""How good are suggested links? Both judges on the test half of the labelled links.

Each record that has a conversation of its series before it is judged against the eight earlier records that sound most
like it, of its own series and of the others, with which it has nothing to do. Suggestions for pairs of its own series
that nobody judged are counted beside the figures. Answers of the language model are those in ``evals/links/answers``;
see ``asking.py`` for how they come there. Writes ``evals/results/links.json``; ``--split train`` and ``--show`` write
nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from asking import SENT_TOGETHER, add_options, connected, each, store

from extractor.embedding import load_embedder
from extractor.errors import EngineError
from extractor.linking.by_features import FeatureJudge
from extractor.linking.by_model import ModelJudge
from extractor.linking.sides import Judge, Judged
from extractor.records import Usage
from extractor.scoring.figures import Figure
from extractor.scoring.link_figures import link_figures
from extractor.scoring.link_labels import read_link_labels
from extractor.scoring.link_pairs import LinkTask, link_tasks

HERE = Path(__file__).resolve().parent
RESULT = HERE / "results" / "links.json"


def main() -> int:
    """Judge, print, write; with ``--ask`` only put the requests."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add_options(parser, HERE / "links" / "answers")
    parser.add_argument("--split", choices=["train", "test"], default="test")
    parser.add_argument("--show", action="store_true", help="print every suggestion that differs from the labels")
    options = parser.parse_args()
    labels = read_link_labels(HERE / "links" / "labels.json", [HERE / "examples", HERE / "links" / "series"])
    tasks = link_tasks(labels, options.split, load_embedder())
    if options.ask:
        with connected(options) as (connection, _):
            outcome = each(tasks, lambda task: judged_by(ModelJudge(connection), task), together=SENT_TOGETHER)
        print(f"{len(outcome)} requests put; {sum(not isinstance(one, EngineError) for one in outcome)} answered.")
        return 0
    document: dict[str, Any] = {"split": options.split, "records": len(tasks), "labels": count(tasks)}
    features = FeatureJudge()
    found = [judged_by(features, task) for task in tasks]
    document["features"] = {"version": features.version, **summary(tasks, found)}
    if options.show:
        show(tasks, found)
    if options.take_over or any(options.answers.glob("*.json")):
        with connected(options) as (connection, recorded):
            model = ModelJudge(connection)
            outcome = each(tasks, lambda task: judged_by(model, task), together=2)
        answered = [(task, links) for task, links in zip(tasks, outcome, strict=True) if isinstance(links, list)]
        kept, given = [task for task, _ in answered], [links for _, links in answered]
        document["model"] = {
            "version": model.version,
            "unjudged": len(tasks) - len(answered),
            "tokens": tokens(model.usage),
            **summary(kept, given),
        }
        missing = len(recorded.missing) if recorded else 0
        print(f"{len(tasks) - len(answered)} of {len(tasks)} records unjudged, {missing} answers not recorded")
        if options.show:
            show(kept, given)
    return store(document, RESULT, options.check) if options.split == "test" and not options.show else 0


def judged_by(judge: Judge, task: LinkTask) -> list[Judged]:
    """The links that a judge suggests for one record."""
    return judge.judge(task.new, task.earlier, task.similarities)


def count(tasks: Sequence[LinkTask]) -> dict[str, int]:
    """How many links were labelled, how many pairs were labelled as none, and how many links are no candidates."""
    kinds = [
        (kind, any(side.id == name for side in task.earlier)) for task in tasks for name, kind in task.labels.items()
    ]
    return {
        "links": sum(kind != "none" for kind, _ in kinds),
        "none": sum(kind == "none" for kind, _ in kinds),
        "links_not_among_candidates": sum(kind != "none" and not near for kind, near in kinds),
    }


def tokens(usage: Usage) -> dict[str, int]:
    """What the answers cost."""
    return {"calls": usage.calls, "input": usage.input_tokens, "output": usage.output_tokens}


def summary(tasks: Sequence[LinkTask], found: Sequence[Sequence[Judged]]) -> dict[str, Any]:
    """Figures by kind, printed and as JSON, and how many suggestions they leave out."""
    pairs = [(task, link) for task, links in zip(tasks, found, strict=True) for link in links]
    unknown = sum(not task.known(link.earlier) for task, link in pairs)
    foreign = sum(link.earlier.series != task.series for task, link in pairs)
    figures = link_figures(tasks, found)
    for kind, both in figures.items():
        print(f"{kind:12} precision {shown(both['precision'])}   recall {shown(both['recall'])}")
    print(f"{len(pairs)} suggestions, {unknown} for pairs that nobody judged, {foreign} across series\n")
    rates = {kind: {name: [one.k, one.n] for name, one in both.items()} for kind, both in figures.items()}
    return {"kinds": rates, "suggestions": len(pairs), "unjudged_pairs": unknown, "across_series": foreign}


def shown(figure: Figure) -> str:
    """``0.80 (8 of 10, 0.44 to 0.97)``"""
    counted = f"{figure.k:.0f} of {figure.n:.0f}"
    return f"{figure.value:.2f} ({counted}, {figure.low:.2f} to {figure.high:.2f})" if figure.n else f"- ({counted})"


def show(tasks: Sequence[LinkTask], found: Sequence[Sequence[Judged]]) -> None:
    """Prints what was suggested otherwise than labelled, and what was missed."""
    for task, links in zip(tasks, found, strict=True):
        said = {link.earlier.id: link.kind for link in links}
        for side in task.earlier:
            label, kind = task.labels.get(side.id), said.get(side.id, "none")
            if kind != (label or "none"):
                print(f"{kind} for {label or 'unlabelled'}\n  new: {task.new.text}\n  old: {side.text}")


if __name__ == "__main__":
    raise SystemExit(main())
