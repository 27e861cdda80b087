"""Trains the local engine's weights from the labelled conversations.

``python -m extractor.engines.local.train --data ../shared/data/labelled``: writes ``model.npz``, ``MANIFEST.json`` and
``metrics.json``. The same data and the same libraries give the same file.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from extractor.embedding import load_embedder
from extractor.engines.local.model import FOLDER, GENRES, HEADS, MANIFEST_FILE, WEIGHTS_FILE
from extractor.engines.local.train import data
from extractor.engines.local.train.calibration import platt, probability
from extractor.engines.local.train.fitting import SPEECH, WRITTEN, log_odds, train
from extractor.engines.local.train.folds import out_of_fold
from extractor.engines.local.train.logistic import Linear
from extractor.engines.local.train.metrics import calibration_error
from extractor.engines.local.train.rows import Rows, rows_of
from extractor.engines.local.train.shown import best_cut, pooled, precision_recall_f, shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

Scored: TypeAlias = "tuple[Rows, NDArray[np.float64]]"
QUESTION_SHARE = 0.25  # share of segments that the question head lets through to the rules, which do the rest


def main(arguments: list[str] | None = None) -> int:
    """Run the training; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m extractor.engines.local.train", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with ami.train.jsonl.gz and its siblings")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the weights go (default: into the package)")
    parser.add_argument("--cache", type=Path, help="folder that keeps embeddings from one run to the next")
    options = parser.parse_args(arguments)
    names = (*data.TRAIN_FILES, *data.DEV_FILES)
    hashes = {name: data.sha256_of(data.file_of(options.data, name)) for name in names}
    for name, digest in hashes.items():
        say(f"{name}: sha256 {digest}")
    rows = {name: rows_of(data.load(data.file_of(options.data, name)), options.cache) for name in names}
    training = [rows[name] for name in data.TRAIN_FILES]
    speech, written = train(training, SPEECH), train(training, WRITTEN)
    say("trained")
    dev = {
        "speech": (rows["ami.dev"], log_odds(speech, rows["ami.dev"])),
        "minutes": (rows["tc39.dev"], log_odds(written, rows["tc39.dev"])),
    }
    folds = {
        "speech": (rows["ami.train"], out_of_fold(training, [0], SPEECH)[0]),
        "minutes": (rows["tc39.train"], out_of_fold(training, [2], WRITTEN)[2]),
    }
    thresholds, slope, offset, errors = tuned(folds, dev)
    arrays = {**stacked(speech, written), "thresholds": thresholds, "slope": slope, "offset": offset}
    write(options.out, arrays, hashes, errors)
    say(f"wrote {options.out}")
    return 0


def tuned(
    folds: dict[str, Scored], dev: dict[str, Scored]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], dict[str, Any]]:
    """Thresholds, slopes and offsets, each (genres, heads), and figures on dev.

    Confidence is calibrated on what would be shown of the training conversations by out-of-fold models; thresholds are
    those with the highest F on dev, and of near equals the one that shows least. Only for tasks in speech it is the one
    that shows most: there are few, and the scenario meetings of the dev set hold fewer commitments than real ones.
    ``thread`` has no data of its own and takes over what ``minutes`` has; the question head has no labels of open
    questions as such: it lets a fixed share of segments through and is not calibrated.
    """
    thresholds = np.zeros((len(GENRES), len(HEADS)), np.float32)
    slope, offset = np.ones_like(thresholds), np.zeros_like(thresholds)
    figures: dict[str, Any] = {}
    for row, genre in enumerate(("speech", "minutes")):
        for column, head in enumerate(HEADS[:2]):
            slope[row, column], offset[row, column] = platt(*pooled(shown(*folds[genre], head)))
            found = shown(*dev[genre], head)
            cut = best_cut(found, fewest=(genre, head) != ("speech", "action"))
            thresholds[row, column] = cut
            scores, right = pooled(found)
            kept = scores >= cut
            stated = probability(scores, float(slope[row, column]), float(offset[row, column]))
            precision, recall, value = precision_recall_f(found, cut)
            figures[f"{genre}.{head}"] = {
                "precision": round(precision, 3),
                "recall": round(recall, 3),
                "f": round(value, 3),
                "shown": int(kept.sum()),
                "calibration_error": round(calibration_error(right, stated), 4),
            }
            say(f"{genre} {head}: threshold {cut:.1f}, {figures[f'{genre}.{head}']}")
    for table in (thresholds, slope, offset):
        table[2] = table[1]
    thresholds[:, 2] = np.quantile(dev["speech"][1][:, HEADS.index("question")], 1 - QUESTION_SHARE)
    return thresholds, slope, offset, figures


def stacked(speech: Linear, written: Linear) -> dict[str, NDArray[Any]]:
    """Both sets of weights as the arrays of the weights file; those of hashed words as float16."""
    arrays: dict[str, NDArray[Any]] = {
        name: np.stack([getattr(speech, name), getattr(written, name)]) for name in ("dense", "cheap", "bias")
    }
    arrays["sparse"] = np.stack([speech.sparse, written.sparse]).astype(np.float16)
    return arrays


def write(out: Path, arrays: dict[str, NDArray[Any]], hashes: dict[str, str], errors: dict[str, Any]) -> None:
    """The weights file, its manifest, and the figures that belong to it."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    content = buffer.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    manifest = {
        "name": "linear-1",
        "files": {WEIGHTS_FILE: digest},
        "embedder": load_embedder().name,
        "trained_on": {name: hashes[name] for name in data.TRAIN_FILES},
        "thresholds_chosen_on": {name: hashes[name] for name in data.DEV_FILES},
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / WEIGHTS_FILE).write_bytes(content)
    (out / MANIFEST_FILE).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    metrics = {"weights": digest, "on_dev": errors, "bytes": len(content)}
    (out / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")


def say(text: str) -> None:
    """A line of progress, on standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main())
