"""Extraction of many conversations, in this process or on Ray; one piece of code does one conversation in both.

with extractor_for("ray", "local", settings) as extractor:
    for one in extractor.each(conversations):
        ...  # in the order given; commit each before the next is asked for, and a rerun goes on with what is left
"""

from extractor.extraction import Extracted
from extractor.spreading.places import Extractor, Place, extractor_for, here, on_ray, where

__all__ = ["Extracted", "Extractor", "Place", "extractor_for", "here", "on_ray", "where"]
