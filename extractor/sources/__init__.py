"""File -> conversations. One module a family of formats; :mod:`extractor.sources.registry` lists them."""

from extractor.sources.base import Blob, Bundle, BundleFormat, Format, Hints, Reading
from extractor.sources.reading import read_blobs, read_bundle, read_source, read_sources, read_unit
from extractor.sources.targets import Listing, Target, listed

__all__ = [
    "Blob",
    "Bundle",
    "BundleFormat",
    "Format",
    "Hints",
    "Listing",
    "Reading",
    "Target",
    "listed",
    "read_blobs",
    "read_bundle",
    "read_source",
    "read_sources",
    "read_unit",
]
