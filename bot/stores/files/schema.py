"""The JSON Schema of a digest file, made from the model, so that editors and other programs can check one.

``python -m bot.stores.files.schema PATH`` writes it. A schema cannot say everything: that evidence lies within the
article, that every id is known, that a date exists in the calendar. ``lede check`` looks at these as well.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from bot.domain.digests import FORMAT, Digest
from bot.stores.files.atomic import write_atomically
from bot.stores.files.fields import MEANINGS
from bot.stores.files.text import json_text


class _Generator(GenerateJsonSchema):
    """Leaves out the titles that pydantic derives from field names: they say nothing that the name does not."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a digest file, with the meaning of every field."""
    made = Digest.model_json_schema(by_alias=True, schema_generator=_Generator)
    for name, part in (("Digest", made), *made["$defs"].items()):
        part["description"] = " ".join(part["description"].replace("`", "").split())
        for field, meaning in MEANINGS[name].items():
            part["properties"][field] = {"description": meaning} | part["properties"][field]
    made["description"] = "One article, digested: every statement says which sentences of the article bear it out."
    return {
        "$schema": _Generator.schema_dialect,
        **made,
        "title": f"Digest of a news article, format {FORMAT}",
    }


def schema_text() -> str:
    """The schema as the file that is shipped."""
    return json_text(schema())


if __name__ == "__main__":
    write_atomically(Path(sys.argv[1]), schema_text().encode())
