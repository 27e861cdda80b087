"""File -> conversations. One module a family of formats; :mod:`extractor.sources.registry` lists them."""

from extractor.sources.base import Blob, Bundle, BundleFormat, Format, Hints, Reading
from extractor.sources.reading import read_source, read_sources

__all__ = ["Blob", "Bundle", "BundleFormat", "Format", "Hints", "Reading", "read_source", "read_sources"]
