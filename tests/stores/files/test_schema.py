from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # its stubs are not kept with it
from pydantic import ValidationError

from bot.domain.digests import Digest
from bot.stores.files.fields import MEANINGS
from bot.stores.files.reading import digest_of
from bot.stores.files.schema import schema, schema_text
from tests.stores.files.situations import content
from tests.stores.files.strategies import broken, raw_digests

DIGESTS = Path(__file__).parents[3] / "digests"
VALIDATOR = Draft202012Validator(schema())

# What a schema cannot say: what a date means, and that the parts agree.
BEYOND_SCHEMA = {"value_error", "datetime_parsing", "datetime_from_date_parsing", "timezone_aware", "date_parsing"}


def test_the_shipped_schema_is_current() -> None:
    """The file in the repository is what the model says now; `make schema` writes it."""
    assert (DIGESTS / "digest.schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_a_schema() -> None:
    """It is valid itself, says which dialect it is, and calls every field as the file does."""
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"next", "id", "article"} <= schema()["properties"].keys()
    assert {"from", "as"} <= schema()["$defs"]["Role"]["properties"].keys() | schema()["$defs"]["Relation"][
        "properties"
    ].keys()


def test_every_field_says_what_it_means() -> None:
    """An editor has a sentence for each field, and no sentence is left of a field that is gone."""
    parts = {"Digest": schema(), **schema()["$defs"]}

    assert {name: set(part["properties"]) for name, part in parts.items()} == {
        name: set(fields) for name, fields in MEANINGS.items()
    }
    assert all(field["description"] for part in parts.values() for field in part["properties"].values())


@pytest.mark.parametrize("path", sorted(DIGESTS.rglob("????-*.json")), ids=lambda path: path.stem[:40])
def test_every_shipped_digest_fits_the_schema(path: Path) -> None:
    """What is committed passes the published schema as well as the model."""
    VALIDATOR.validate(json.loads(path.read_bytes()))


@given(raw_digests())
def test_every_digest_fits_the_schema(value: dict[str, Any]) -> None:
    """Whatever the model takes, the schema takes."""
    digest_of(content(value))
    VALIDATOR.validate(value)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(raw_digests().flatmap(broken))
def test_schema_and_model_refuse_the_same(value: dict[str, Any]) -> None:
    """A digest with one thing wrong is refused by both, unless it is wrong in a way that no schema can say."""
    kinds = set()
    try:
        Digest.model_validate_json(content(value), strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        kinds = {detail["type"] for detail in error.errors()}

    assert VALIDATOR.is_valid(value) == (not kinds - BEYOND_SCHEMA)
