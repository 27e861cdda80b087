"""Word documents for tests, written by hand: a zip with the parts that Word needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def run(text: str, *, bold: bool = False, properties: str = "") -> str:
    """A run of text; ``\\n`` becomes a line break, ``\\t`` a tab."""
    inner = []
    for number, line in enumerate(text.split("\n")):
        inner.append("<w:br/>" if number else "")
        for place, piece in enumerate(line.split("\t")):
            inner.append("<w:tab/>" if place else "")
            inner.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "")
    marks = f"{'<w:b/>' if bold else ''}{properties}"
    return f"<w:r>{f'<w:rPr>{marks}</w:rPr>' if marks else ''}{''.join(inner)}</w:r>"


def paragraph(*runs: str, style: str = "") -> str:
    """A paragraph of runs (XML) or of texts."""
    inner = "".join(each if each.startswith("<") else run(each) for each in runs)
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{inner}</w:p>"


def document(paragraphs: Sequence[str], prolog: str = "") -> str:
    """The XML of a document of paragraphs (XML) or of texts."""
    body = "".join(each if each.startswith("<") else paragraph(each) for each in paragraphs)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}{prolog}<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of parts, with the list of content types that marks an Office document."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(paragraphs: Sequence[str], **parts: str) -> bytes:
    """A document of paragraphs; other parts by their name in ``word/``, without the ``.xml``."""
    return packed({"word/document.xml": document(paragraphs), **{f"word/{k}.xml": v for k, v in parts.items()}})
