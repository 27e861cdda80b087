"""The digest as an HTML mail: nothing remote, styles in place, readable in light and dark."""

from __future__ import annotations

from typing import Final

from extractor.reports.digest.model import Digest
from extractor.reports.digest.page import Tone, more_text, page_of

_COLOURS: Final[dict[Tone, str]] = {"new": "#1a7f4b", "needs": "#9a6700", "problem": "#c0362c"}
"""Each reads on white and, lightened by the style sheet, on black."""


def as_html(digest: Digest) -> str:
    """A whole page. Mail programs that drop its style sheet still have the styles of each element."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("extractor.reports.digest"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["more"] = more_text
    environment.globals["colours"] = _COLOURS
    return environment.get_template("mail.html").render(page=page_of(digest), id=digest.id)
