"""How good a judge of links is: per kind, and for whether two records are linked at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from extractor.linking.sides import KINDS, Judged
from extractor.scoring.figures import Figure, exact_interval
from extractor.scoring.link_pairs import LinkTask

ANY = "any link"


def link_figures(tasks: Sequence[LinkTask], judged: Iterable[Sequence[Judged]]) -> dict[str, dict[str, Figure]]:
    """Precision and recall for each kind and for any link, with Clopper and Pearson's intervals.

    ``judged`` has the links of each task. Precision is over the pairs that are known to be linked or not: those with a
    label, and those of two series, which never are. A label outside the candidates counts as missed.
    """
    said: Counter[str] = Counter()
    right: Counter[str] = Counter()
    true: Counter[str] = Counter(kind for task in tasks for kind in task.labels.values())
    true[ANY] = sum(true[kind] for kind in KINDS)
    for task, links in zip(tasks, judged, strict=True):
        for link in links:
            if not task.known(link.earlier):
                continue
            label = task.labels.get(link.earlier.id, "none")
            said.update((link.kind, ANY))
            right[link.kind] += label == link.kind
            right[ANY] += label != "none"
    return {
        kind: {
            "precision": _rate(f"{kind}.precision", right[kind], said[kind]),
            "recall": _rate(f"{kind}.recall", right[kind], true[kind]),
        }
        for kind in (*KINDS, ANY)
    }


def _rate(name: str, k: int, n: int) -> Figure:
    if not n:
        return Figure(name=name, value=float("nan"), low=float("nan"), high=float("nan"), k=k, n=n)
    low, high = exact_interval(k, n)
    return Figure(name=name, value=k / n, low=low, high=high, k=k, n=n)
