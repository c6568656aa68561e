from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digests import Digest, as_json
from bot.stores.files.reading import Unusable, digest_of
from bot.stores.files.text import json_text
from tests.stores.files.situations import content, digest, raw
from tests.stores.files.strategies import raw_digests

WHOLE = content(raw())


def faults(of: bytes) -> list[tuple[str, str]]:
    """Why those bytes hold no digest."""
    with pytest.raises(Unusable) as refused:
        digest_of(of)
    return list(refused.value.faults)


@pytest.mark.parametrize(
    ("broken", "field", "reason"),
    [
        (b"", "", "is empty"),
        (b" \n\t", "", "is empty"),
        (WHOLE[:100], "line 1", "is cut off"),
        (WHOLE[:-1], "line 1", "is cut off"),
        (WHOLE + b"}", "line 1", "is not JSON: Extra data"),
        (b'{\n "format": 1,\n "id": oops}', "line 3", "is not JSON: Expecting value at column 8"),
        (b"\xef\xbb\xbf" + WHOLE, "", "byte order mark"),
        ("{}".encode("utf-16"), "", "UTF-16"),
        ("{}".encode("utf-32"), "", "UTF-32"),
        (b'{\n"a": "\xe9"}', "line 2", "is not UTF-8: byte 0xe9"),
        (b'{"a": "\\ud800"}', "", "is not JSON"),
        (b'{"a": NaN}', "", "holds NaN"),
        (b'{"a": -Infinity}', "", "holds -Infinity"),
        (b'{"a": ' + b"9" * 5000 + b"}", "", "too many digits"),
        (b'{"a": 1, "b": {"id": 2, "id": 3}}', "id", "more than once"),
        (b"[" * 100_000, "", "nested too deeply"),
        (b"[" * 400 + b"]" * 400, "", "recursion limit"),
        (b"[]", "", "should be an object"),
        (b"null", "", "should be an object"),
        (b'"digest"', "", "should be an object"),
        (b"\x00\x00", "line 1", "is not JSON"),
    ],
)
def test_what_is_no_json_object_is_refused(broken: bytes, field: str, reason: str) -> None:
    """A file that holds no JSON object says why, and on which line."""
    [(where, why)] = faults(broken)

    assert where == field
    assert reason in why


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """A good digest after ``change``."""
    value = raw()
    change(value)
    return content(value)


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        (lambda d: d.pop("headline"), "headline", "is missing"),
        (lambda d: d.update(colour=1), "colour", "is no field of format 1"),
        (lambda d: d.update(next_=[]), "next_", "is no field of format 1"),
        (lambda d: d.update(format=2), "format", "should be 1"),
        (lambda d: d.update(format="1"), "format", "should be 1"),
        (lambda d: d.update(headline=" "), "headline", "is blank"),
        (lambda d: d.update(headline="x" * 121), "headline", "at most 120 characters"),
        (lambda d: d.update(summary=7), "summary", "should be a valid string"),
        (lambda d: d.update(key_points={}), "key_points", "should be a valid array"),
        (lambda d: d["article"].update(published="yesterday"), "article.published", "should be a valid datetime"),
        (lambda d: d["article"].update(published="2026-01-05T09:00:00"), "article.published", "timezone"),
        (lambda d: d["article"].update(sentences="3"), "article.sentences", "should be a valid integer"),
        (lambda d: d["figures"][0].update(value="many"), "figures.0.value", "number, or null"),
        (lambda d: d["figures"][0].pop("value"), "figures.0.value", "is missing"),
        (lambda d: d["quotes"][0].update(evidence=[]), "quotes.0.evidence", "at least 1 item"),
        (lambda d: d["quotes"][0].update(evidence=["2"]), "quotes.0.evidence.0", "should be a valid integer"),
        (lambda d: d["quotes"][0].update(evidence=[0]), "quotes.0.evidence.0", "greater than or equal to 1"),
        (lambda d: d["quotes"][0].update(said="2026-02-30"), "quotes.0.said", "no day of the calendar"),
        (lambda d: d["entities"][0].update(kind="cat"), "entities.0.kind", "should be 'person'"),
        (lambda d: d["quotes"][0].update(evidence=[4]), "quotes.0.evidence", "sentence 4 is not there"),
        (lambda d: d["quotes"][0].update(speaker="nobody"), "quotes.0.speaker", "nobody is no entity"),
        (lambda d: d["quotes"][0].update(about=["nobody"]), "quotes.0.about.0", "nobody is no entity"),
        (lambda d: d["figures"][0].update(stated_by="nobody"), "figures.0.stated_by", "nobody is no entity"),
        (lambda d: d["entities"].append(d["entities"][0]), "entities.1.id", "already an entity"),
        (lambda d: d.update(id="2026-01-06-other-01234567"), "id", "does not begin with the date"),
    ],
)
def test_a_wrong_field_is_named(change: Callable[[dict[str, Any]], object], field: str, reason: str) -> None:
    """A fault names its field with the whole path, in a person's words."""
    [(where, why)] = faults(changed(change))

    assert where == field
    assert reason in why


def test_every_fault_of_a_file_is_named() -> None:
    """Mending one fault at a time would take a person one round per fault, so all are told at once."""
    value = raw()
    del value["summary"]
    value["headline"] = ""
    value["quotes"][0]["evidence"] = [True]

    assert {field for field, _ in faults(content(value))} == {"summary", "headline", "quotes.0.evidence.0"}


def test_every_contradiction_of_a_file_is_named() -> None:
    """A digest of the right form is told all that contradicts itself, each with its field."""
    value = raw()
    value["quotes"][0] |= {"evidence": [1, 8, 9], "speaker": "nobody"}
    value["key_points"][0]["evidence"] = [7]

    assert [field for field, _ in faults(content(value))] == [
        "key_points.0.evidence",
        "quotes.0.evidence",
        "quotes.0.evidence",
        "quotes.0.speaker",
    ]


@given(raw_digests())
def test_a_digest_survives_its_file(value: dict[str, Any]) -> None:
    """What is written is read back as the same digest, and writing that again gives the same bytes."""
    first = digest_of(content(value))
    written = json_text(as_json(first))

    assert digest_of(written.encode()) == first
    assert json_text(as_json(digest_of(written.encode()))) == written


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_no_invisible_character_is_written_raw(text: str) -> None:
    """Whatever a text holds, its file shows controls and reordering marks as escapes and means the same text."""
    written = json_text({"text": text, "numbers": [1, 2, 3], "more": {"numbers": [4]}})

    assert json.loads(written)["text"] == text
    assert '"numbers": [1, 2, 3]' in written
    assert not set(written) & set("\u200b\u202e\u2066\ufeff\x1b\x85\u2028")


def test_a_shown_list_of_numbers_inside_a_text_stays() -> None:
    """Only lists are joined to one line, never a text that looks like one."""
    text = "[\n  1,\n  2\n]"

    assert json.loads(json_text({"text": text}))["text"] == text


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_give_a_digest_or_reasons(noise: bytes) -> None:
    """No bytes make the reader fail in another way than by naming faults."""
    assert all(reason for _, reason in faults(noise))


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_one_wrong_byte_gives_a_digest_or_reasons(position: int, byte: int) -> None:
    """A flipped byte gives another digest or named faults, nothing else."""
    broken = bytearray(WHOLE)
    broken[position] = byte
    try:
        result: object = digest_of(bytes(broken))
    except Unusable as unusable:
        result = unusable.faults

    assert isinstance(result, Digest) or result


def test_a_digest_reads_as_itself() -> None:
    """The digest that the situations are built from is one."""
    assert digest_of(WHOLE) == digest(1)
