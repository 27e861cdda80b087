"""Labelled conversations to matrices: features, labels and weights of every segment."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, vstack

from extractor.embedding import load_embedder
from extractor.engines.local.features import BUCKETS, features_of
from extractor.engines.local.model import HEADS
from extractor.engines.local.train.data import Example
from extractor.engines.local.train.weak import weak_segments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

GOLD_OF = {"decision": ("decisions",), "action": ("action_items",), "question": ("questions", "problems")}


@dataclass(frozen=True)
class Rows:
    """Segments of several conversations, in order.

    ``labels`` and ``weights`` are (rows, 3 heads); weight 0 means that the row says nothing about the head. ``example``
    is the number of each row's conversation, ``edges`` where the conversations begin (and where the last ends).
    """

    examples: tuple[Example, ...]
    dense: Floats
    cheap: Floats
    sparse: csr_matrix
    labels: Floats
    weights: Floats
    edges: NDArray[np.int64]

    @property
    def example(self) -> NDArray[np.int64]:
        return np.repeat(np.arange(len(self.examples)), np.diff(self.edges))


def rows_of(examples: Sequence[Example], cache: Path | None = None) -> Rows:
    """Features, labels and weights of the conversations; embeddings are kept in the folder ``cache``."""
    texts: dict[str, int] = {}
    for example in examples:
        spoken = [segment.text for segment in example.script.segments]
        written = [gold.text for kind in ("decisions", "action_items") for gold in example.gold[kind]]
        for text in spoken + written:
            texts.setdefault(text, len(texts))
    table = _embedded(list(texts), cache)
    dense, cheap, sparse, labels, weights, edges = [], [], [], [], [], [0]
    for example in examples:
        vectors = table[[texts[segment.text] for segment in example.script.segments]]
        found = features_of(example.script, vectors)
        dense.append(found.dense)
        cheap.append(found.cheap)
        shape = (len(vectors), BUCKETS)
        sparse.append(csr_matrix((found.values, found.buckets, found.starts), shape=shape))
        conclusions = {
            kind: table[[texts[gold.text] for gold in example.gold[kind]]] for kind in ("decisions", "action_items")
        }
        marked = _labels(example, vectors, conclusions)
        labels.append(marked[0])
        weights.append(marked[1])
        edges.append(edges[-1] + len(vectors))
    return Rows(
        tuple(examples),
        np.vstack(dense),
        np.vstack(cheap),
        vstack(sparse).tocsr(),
        np.vstack(labels),
        np.vstack(weights),
        np.array(edges),
    )


def _labels(example: Example, vectors: Floats, conclusions: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Labels and weights of one conversation: annotated evidence where there is any, weak labels otherwise."""
    turns = np.array([segment.turn for segment in example.script.segments])
    labels = np.zeros((len(turns), len(HEADS)), np.float32)
    weights = np.zeros_like(labels)
    for head, name in enumerate(HEADS):
        kinds = GOLD_OF[name]
        if example.linked:
            evidence = {turn for kind in kinds for gold in example.gold[kind] for turn in gold.evidence}
            labels[:, head] = np.isin(turns, sorted(evidence))
            weights[:, head] = float(name == "question" or kinds[0] in example.complete)
        elif name == "decision" or (name == "action" and example.gold["action_items"]):
            labels[:, head], weights[:, head] = weak_segments(example, kinds[0], vectors, conclusions[kinds[0]])
    return labels, weights


def _embedded(texts: list[str], cache: Path | None) -> Floats:
    embedder = load_embedder()
    digest = hashlib.sha256("\x1f".join([embedder.name, *texts]).encode("utf-8", "replace")).hexdigest()[:16]
    path = cache / f"{digest}.npy" if cache else None
    if path is not None and path.is_file():
        stored: Floats = np.load(path, allow_pickle=False).astype(np.float32)
        return stored
    vectors = embedder.embed(texts).astype(np.float16)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, vectors, allow_pickle=False)
    return vectors.astype(np.float32)
