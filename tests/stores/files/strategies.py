"""Any digest that format 1 allows, and ways to break one."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bot.domain.digests import KINDS

SENTENCES = 9
DAY = "2026-01-10"

# Lone surrogates are no Unicode text: no UTF-8 file can hold them.
_CHARACTERS = st.characters(exclude_categories=["Cs"])
_slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
_numbers = st.lists(st.integers(1, SENTENCES), min_size=1, max_size=3)
_dates = st.sampled_from(["2026", "2024-02", "2024-02-29", "1968", "2026-12-31"])
_instants = st.sampled_from(["2026-01-10T12:00:00Z", "2026-01-10T23:59:59.5+05:30", "2026-01-11T00:00:00-03:00"])


def words(longest: int = 40) -> st.SearchStrategy[str]:
    """Text that shows something, in any script, with any control character."""
    return st.text(_CHARACTERS, min_size=1, max_size=longest - 1).map(lambda text: text + "x")


def _optional(required: dict[str, Any], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


_statements = _optional({"text": words(), "evidence": _numbers})
_roles = _optional(
    {"title": words(), "stated": st.just(DAY), "evidence": _numbers}, **{"from": _dates, "until": _dates}
)
_figures = _optional(
    {
        "text": words(),
        "value": st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
        "what": words(),
        "evidence": _numbers,
    },
    unit=words(),
)
_events = _optional(
    {
        "date": st.just("2026-01-10"),
        "precision": st.sampled_from(["day", "month", "year"]),
        "text": words(),
        "evidence": _numbers,
    }
)


@st.composite
def raw_digests(draw: st.DrawFn) -> dict[str, Any]:
    """The JSON object of a digest that holds together."""
    ids = draw(st.lists(_slugs, max_size=3, unique=True))
    known = st.sampled_from(ids) if ids else st.nothing()
    return draw(
        _optional(
            {
                "format": st.just(1),
                "id": st.from_regex(r"2026-01-10-[a-z0-9]{1,8}(-[a-z]{1,8})?-[0-9a-f]{8}", fullmatch=True),
                "article": _facts(),
                "headline": words(),
                "summary": words(),
                "entities": st.tuples(*(_entity(id_, known) for id_ in ids)).map(list),
                "made": _optional(
                    {"by": st.sampled_from(["hand", "extractive/1", "llm:any"]), "at": _instants}, reviewed=_instants
                ),
            },
            why_it_matters=_statements,
            key_points=st.lists(_statements, max_size=2),
            quotes=st.lists(
                _optional(
                    {"text": words(), "speaker": known, "evidence": _numbers},
                    about=st.lists(known, max_size=2),
                    context=words(),
                    said=_dates,
                ),
                max_size=2 if ids else 0,
            ),
            figures=st.lists(_figures, max_size=2),
            events=st.lists(_events, max_size=2),
            next=st.lists(_statements, max_size=2),
            background=st.lists(_statements, max_size=2),
            topics=st.lists(_slugs, max_size=2),
        )
    )


def _facts() -> st.SearchStrategy[dict[str, Any]]:
    return _optional(
        {
            "title": words(),
            "outlet": _optional({"name": words()}, domain=st.just("example.com")),
            "published": st.sampled_from(["2026-01-10T00:00:00Z", "2026-01-10T23:59:00+14:00"]),
            "language": st.sampled_from(["en", "pt-BR", "zh-Hant"]),
            "sha256": st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
            "sentences": st.just(SENTENCES),
        },
        url=st.just("https://example.com/a?b=c"),
        byline=st.lists(words(), max_size=2),
        retrieved=_instants,
        supersedes=words(),
    )


def _entity(id_: str, known: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return _optional(
        {"id": st.just(id_), "kind": st.sampled_from(KINDS), "name": words(), "mentions": _numbers},
        aliases=st.lists(words(), max_size=2),
        wikidata=st.just("Q42"),
        roles=st.lists(_roles, max_size=2),
        relations=st.lists(_optional({"to": known, "as": words(), "evidence": _numbers}), max_size=2),
        salience=st.floats(0, 1),
    )


_anything = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 99) | st.sampled_from([0.5, "", " ", "x", "2026", "hand", "9"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["text", "id", "from_"]), inner),
    max_leaves=4,
)


@st.composite
def broken(draw: st.DrawFn, base: dict[str, Any]) -> dict[str, Any]:
    """``base`` with one thing somewhere in it left out, added or replaced."""
    places = list(_places(base))
    holder, key = draw(st.sampled_from(places))
    match draw(st.sampled_from(["remove", "replace", "add"])):
        case "remove":
            del holder[key]
        case "replace":
            holder[key] = draw(_anything)
        case _:
            target = next((h for h, _ in places if h is holder and isinstance(h, dict)), base)
            target[draw(st.sampled_from(["from_", "as_", "next_", "colour"]))] = draw(_anything)
    return base


def _places(value: Any) -> Any:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in list(items):
        yield value, key
        yield from _places(each)
