"""Issue trackers and forums."""

from extractor.sources.base import Format
from extractor.sources.forums import discourse, github

FORMATS: tuple[Format, ...] = (github.FORMAT, discourse.FORMAT)
