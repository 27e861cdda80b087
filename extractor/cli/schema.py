"""``decisions schema``: the published shape of the output."""

from __future__ import annotations

from extractor.cli.console import put
from extractor.cli.options import Out


def schema(out: Out = None) -> None:
    """Print the JSON Schema of what `decisions extract --format json` prints."""
    import json

    from extractor.records import Document

    body = Document.model_json_schema(mode="serialization")
    body["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    put(json.dumps(body, indent=2, ensure_ascii=False) + "\n", out)
