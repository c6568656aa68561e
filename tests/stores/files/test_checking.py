from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.stores.files import FileArticleStore, check
from bot.stores.files.text import json_text
from tests.stores.files.situations import article, content, digest, put, raw


def test_a_sound_folder_is_clean(tmp_path: Path) -> None:
    """Every digest and the decisions count; there is nothing to say about them."""
    put(tmp_path, "2026/01/a.json", digest(1))
    put(tmp_path, "b.json", digest(2))
    put(tmp_path, "entities.json", b'{"format": 1}')
    put(tmp_path, "digest.schema.json", b"{}")
    report = check([tmp_path])

    assert (report.checked, report.valid, report.problems) == (3, 3, ())


def test_every_fault_of_a_folder_is_named(tmp_path: Path) -> None:
    """Truncated, empty, wrong type, evidence out of range, duplicate, not UTF-8, too large, a link out: all at once."""
    folder = tmp_path / "digests"
    outside = put(tmp_path, "outside.json", digest(9))
    put(folder, "a-good.json", digest(1))
    put(folder, "duplicate.json", digest(1))
    put(folder, "truncated.json", content(raw(2))[:300])
    put(folder, "empty.json", b"")
    put(folder, "type.json", content(raw(3) | {"headline": 3, "topics": "lamps"}))
    put(folder, "evidence.json", content(raw(4) | {"next": [{"text": "More.", "evidence": [4, 5]}]}))
    put(folder, "latin1.json", json_text(raw(5) | {"headline": "café"}).encode("latin-1"))
    put(folder, "entities.json", b'{"format": 2}')
    (folder / "link.json").symlink_to(outside)
    with (folder / "huge.json").open("wb") as huge:
        huge.truncate(50 * 1024 * 1024)
    report = check([folder])

    assert (report.checked, report.valid) == (10, 1)
    assert {(Path(p.path).name, p.field) for p in report.problems} == {
        ("duplicate.json", "id"),
        ("truncated.json", "line 1"),
        ("empty.json", ""),
        ("type.json", "headline"),
        ("type.json", "topics"),
        ("evidence.json", "next.0.evidence"),
        ("latin1.json", "line 17"),
        ("entities.json", "format"),
        ("link.json", ""),
        ("huge.json", ""),
    }
    assert len([p for p in report.problems if "evidence" in p.path]) == 2
    assert all(p.path.startswith(str(folder)) for p in report.problems)


def test_files_and_folders_may_be_mixed_and_overlap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file named twice is looked at once and is no duplicate of itself; paths are shown as they were given."""
    path = put(tmp_path, "digests/a.json", digest(1))
    put(tmp_path, "more/b.json", b"{")
    monkeypatch.chdir(tmp_path)
    report = check([Path("digests"), path, Path("digests/a.json"), Path("more/b.json")])

    assert (report.checked, report.valid) == (2, 1)
    assert [p.path for p in report.problems] == [os.path.join("more", "b.json")]  # noqa: PTH118  # as the system writes


def test_duplicates_are_found_across_folders(tmp_path: Path) -> None:
    """One id in two of the folders asked for is a fault of the second."""
    put(tmp_path, "one/a.json", digest(1))
    put(tmp_path, "two/a.json", digest(1))
    [problem] = check([tmp_path / "one", tmp_path / "two"]).problems

    assert problem.path == str(tmp_path / "two" / "a.json")
    assert str(tmp_path / "one" / "a.json") in problem.reason


def test_a_path_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """A mistyped path never passes for a clean one."""
    report = check([tmp_path / "nothing"])

    assert report.checked == 0
    assert [(p.path, p.reason) for p in report.problems] == [(str(tmp_path / "nothing"), "is not there")]


def _other_text(value: dict[str, Any]) -> None:
    value["sentences"][2] = "It burns for ever."


def _longer(value: dict[str, Any]) -> None:
    value["sentences"].append("And then it went out.")


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [(_other_text, "article.sha256", "its text changed"), (_longer, "article.sentences", "the article has 4")],
)
def test_a_digest_of_another_text_is_found(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], field: str, reason: str
) -> None:
    """Where the article is kept, a digest that counts or hashes other sentences is named."""
    value = article(1).model_dump(mode="json")
    change(value)
    put(tmp_path, f"articles/{article(1).id}.json", content(value))
    put(tmp_path, "digests/a.json", digest(1))
    [problem] = check([tmp_path / "digests"], FileArticleStore(tmp_path / "articles")).problems

    assert problem.field == field
    assert reason in problem.reason


@pytest.mark.parametrize(
    ("quoted", "clean"),
    [
        ("It is bright", True),
        ("“It  is bright”", False),
        ("It is very bright", False),
        ("“It is bright,” said keeper Ode", True),
    ],
)
def test_a_quotation_must_be_in_its_evidence(tmp_path: Path, quoted: str, *, clean: bool) -> None:
    """A quotation stands word for word in its sentences; only quotation marks and spaces may be set otherwise."""
    value = raw(1)
    value["quotes"][0]["text"] = quoted
    put(tmp_path, f"articles/{article(1).id}.json", content(article(1).model_dump(mode="json")))
    put(tmp_path, "digests/a.json", content(value))
    report = check([tmp_path / "digests"], FileArticleStore(tmp_path / "articles"))

    assert [p.field for p in report.problems] == ([] if clean else ["quotes.0.text"])


def test_a_broken_article_is_a_fault_of_its_digest(tmp_path: Path) -> None:
    """When the sentences are kept but cannot be read, the check says so instead of passing over it."""
    put(tmp_path, f"articles/{article(1).id}.json", b"{")
    put(tmp_path, "digests/a.json", digest(1))
    [problem] = check([tmp_path / "digests"], FileArticleStore(tmp_path / "articles")).problems

    assert problem.field == "article"
    assert "cannot be used" in problem.reason


@pytest.mark.parametrize(
    ("decisions", "field", "reason"),
    [
        ({"merges": [{"into": "a", "ids": ["a"]}]}, "merges.0.ids", "into itself"),
        (
            {"merges": [{"into": "a", "ids": ["b"]}, {"into": "c", "ids": ["b"]}]},
            "merges.1.ids",
            "already merged into a",
        ),
        ({"merges": [{"into": "a", "ids": ["b"]}], "never_merge": [["b", "a"]]}, "never_merge.0", "merged by merges"),
        (
            {"merges": [{"into": "a", "ids": ["b", "c"]}], "never_merge": [["b", "c"]]},
            "never_merge.0",
            "b and c are merged",
        ),
        ({"never_merge": [["a", "a"]]}, "never_merge.0", "from itself"),
    ],
)
def test_contrary_decisions_are_named(tmp_path: Path, decisions: dict[str, Any], field: str, reason: str) -> None:
    """What people decided both ways is told: only one way can hold."""
    put(tmp_path, "entities.json", content({"format": 1} | decisions))
    [problem] = check([tmp_path]).problems

    assert problem.field == field
    assert reason in problem.reason


def test_a_circle_of_merges_ends(tmp_path: Path) -> None:
    """Merges that lead back to where they began do not hold the check up."""
    merges = [{"into": "a", "ids": ["b"]}, {"into": "b", "ids": ["a"]}]
    put(tmp_path, "entities.json", content({"format": 1, "merges": merges, "never_merge": [["a", "c"]]}))

    assert check([tmp_path]).problems == ()
