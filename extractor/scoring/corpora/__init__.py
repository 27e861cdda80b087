"""Public corpora of real conversations with labelled decisions: where each comes from, and its conversion.

``EVERY`` lists them and ``find`` gives one by its name; ``download`` fetches its files, ``convert`` turns what was
downloaded into labelled conversations, ``write`` writes these as a dataset.
"""

from extractor.scoring.corpora.conversion import ConversionResult, convert, write
from extractor.scoring.corpora.downloads import download
from extractor.scoring.corpora.material import Skipped
from extractor.scoring.corpora.registry import EVERY, Corpus, find

__all__ = [
    "EVERY",
    "ConversionResult",
    "Corpus",
    "Skipped",
    "convert",
    "download",
    "find",
    "write",
]
