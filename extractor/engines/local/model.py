"""The trained model: weights from one verified file, features in, log-odds and calibrated confidences out."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from extractor.engines.local.features import BUCKETS, Features
from extractor.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FOLDER = Path(__file__).parent / "weights"
WEIGHTS_FILE = "model.npz"
MANIFEST_FILE = "MANIFEST.json"
HEADS = ("decision", "action", "question")
GENRES = ("speech", "minutes", "thread")
REMEDY = "Reinstall the package; in a checkout, restore the folder from version control."


@dataclass(frozen=True)
class Model:
    """Linear weights, one set for recorded speech and one for written text, and what turns log-odds into decisions.

    ``dense`` (2, 1152, 3), ``cheap`` (2, cheap features, 3) and ``bias`` (2, 3) act on raw features: standardisation is
    folded in. ``sparse`` is (2, ``BUCKETS``, 3). The last axis is the head; the first is 0 for the genre ``speech``, 1
    for the others. ``thresholds`` (3 genres, 3 heads) are log-odds below which nothing is shown.
    ``slope`` and ``offset`` (genres, heads) give the confidence of a candidate: sigmoid(slope * log-odds + offset).
    ``version`` is the first 8 hex digits of the weights file's sha256.
    """

    dense: Floats
    cheap: Floats
    sparse: Floats
    bias: Floats
    thresholds: Floats
    slope: Floats
    offset: Floats
    version: str

    def scores(self, features: Features, genre: str) -> Floats:
        """Log-odds of each head for each segment: (segments, 3)."""
        part = 0 if genre == "speech" else 1
        total = features.dense @ self.dense[part] + features.cheap @ self.cheap[part] + self.bias[part]
        rows = np.repeat(np.arange(len(features.starts) - 1), np.diff(features.starts))
        for head in range(len(HEADS)):
            weighted = features.values * self.sparse[part, features.buckets, head]
            total[:, head] += np.bincount(rows, weighted, len(total)).astype(np.float32)
        return np.asarray(total, np.float32)

    def confidence(self, genre: str, head: str, log_odds: float) -> float:
        """Estimated probability that a candidate of this score is what the head looks for, rounded to 4 decimals."""
        row, column = GENRES.index(genre), HEADS.index(head)
        value = float(self.slope[row, column]) * log_odds + float(self.offset[row, column])
        return round(1.0 / (1.0 + float(np.exp(-value))), 4)

    def threshold(self, genre: str, head: str) -> float:
        """Log-odds from which a segment is a candidate."""
        return float(self.thresholds[GENRES.index(genre), HEADS.index(head)])


def load_model(folder: Path = FOLDER) -> Model:
    """Read the weights and check them against the manifest.

    Raises:
        ModelError: a file is missing or unreadable, or the weights are not those that the manifest names.
    """
    path = folder / WEIGHTS_FILE
    try:
        content = path.read_bytes()
        expected = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))["files"][WEIGHTS_FILE]
    except OSError as error:
        raise ModelError(f"The local engine has no readable {error.filename}.", REMEDY) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder / MANIFEST_FILE} is not a manifest of the local engine.", REMEDY) from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != expected:
        raise ModelError(f"{path} is not the file that {MANIFEST_FILE} names: its sha256 differs.", REMEDY)
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            loaded = {name: arrays[name].astype(np.float32) for name in arrays.files}
        model = Model(**loaded, version=digest[:8])
    except (ValueError, TypeError, OSError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path} does not hold the local engine's weights.", REMEDY) from error
    if model.sparse.shape != (2, BUCKETS, len(HEADS)):
        raise ModelError(f"{path} was trained for other features than this version computes.", REMEDY)
    return model
