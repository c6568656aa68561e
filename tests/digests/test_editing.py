"""``lede digest`` as an editor meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.cli.reviewing import digest
from bot.digesters.extractive.compose import digest_of
from bot.domain.digests import as_json
from bot.domain.errors import BadRequest, NotFound
from tests.digesters.samples import FERRY, NOW


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one stored digest, in which the command is run."""
    made = digest_of(FERRY, NOW)
    path = tmp_path / "digests" / made.id[:4] / made.id[5:7] / f"{made.id}.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(as_json(made)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def _edit(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> Result:
    """Edit with an editor that puts ``new`` for ``old``."""
    script = Path("editor.sh")
    script.write_text(f"#!/bin/sh\nsed -i 's/{old}/{new}/' \"$1\"\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script.resolve()))
    return CliRunner().invoke(digest, ["edit", FERRY.id])


def test_a_good_edit_is_kept_and_counts_as_read(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the editor saved is what is stored, reviewed now."""
    result = _edit(monkeypatch, '"headline": "Harbourton', '"headline": "The town')

    stored = json.loads(desk.read_text(encoding="utf-8"))
    assert "is changed and reviewed" in result.output
    assert stored["headline"].startswith("The town")
    assert stored["made"]["reviewed"]


@pytest.mark.parametrize(
    ("old", "new", "why"), [('"summary":', '"sumary":', "summary"), ('"summary":', "summary:", "Line")]
)
def test_a_refused_edit_changes_nothing_and_loses_nothing(
    desk: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, why: str
) -> None:
    """The reason is told, the text kept in a file of its own, and from there it can be taken once corrected."""
    before = desk.read_text(encoding="utf-8")
    results = [_edit(monkeypatch, old, new) for _ in range(2)]
    kept = [Path(f"{FERRY.id}.refused.json"), Path(f"{FERRY.id}.refused1.json")]

    assert all(isinstance(result.exception, BadRequest) for result in results)
    assert why in str(results[0].exception)
    assert desk.read_text(encoding="utf-8") == before
    assert all(new in path.read_text(encoding="utf-8") for path in kept)

    mended = kept[0].read_text(encoding="utf-8").replace(new, old).replace("Harbourton will", "The town will")
    kept[0].write_text(mended, encoding="utf-8")
    result = CliRunner().invoke(digest, ["edit", FERRY.id, "--from", str(kept[0])])
    assert result.exit_code == 0, result.output
    assert "The town will" in desk.read_text(encoding="utf-8")


def test_a_number_that_no_sentence_holds_is_told(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person's word stands, but a slip of the finger in a sum is worth a line."""
    path = Path("var/articles") / f"{FERRY.id}.json"
    path.parent.mkdir(parents=True)
    path.write_text(FERRY.model_dump_json(), encoding="utf-8")

    shown = CliRunner().invoke(digest, ["show", FERRY.id, "--evidence"])
    result = _edit(monkeypatch, "300,000 passengers", "900,000 passengers")

    assert f"    [9] {FERRY.sentence(9)}" in shown.output
    assert result.exit_code == 0, result.output
    assert "900,000 is not in the sentences given as evidence" in result.output


def test_the_list_names_what_waits_and_approval_ends_the_wait(desk: Path) -> None:
    """Whoever reviews finds what to read without looking into the folder."""
    waiting = CliRunner().invoke(cli, ["digest", "list", "--waiting"])
    approved = CliRunner().invoke(cli, ["digest", "approve", FERRY.id])
    after = CliRunner().invoke(cli, ["digest", "list", "--waiting"])
    listed = CliRunner().invoke(cli, ["digest", "list", "--json"])

    assert waiting.output.startswith(f"waiting   {FERRY.id}  {FERRY.outlet.name}: ")
    assert f"{FERRY.id} is reviewed" in approved.output
    assert after.output == "No digest waits to be read.\n"
    assert [each["id"] for each in json.loads(listed.output)] == [FERRY.id]
    assert json.loads(listed.output)[0]["reviewed"]


def test_of_several_digests_all_are_approved_or_none(desk: Path) -> None:
    """A mistyped id among them leaves nobody wondering which were taken."""
    refused = CliRunner().invoke(cli, ["digest", "approve", FERRY.id, "no-such-digest"])

    assert isinstance(refused.exception, NotFound)
    assert json.loads(desk.read_text(encoding="utf-8"))["made"].get("reviewed") is None


def test_what_another_stands_in_place_of_waits_for_nobody(desk: Path) -> None:
    """Nobody reads a state of an article that has been corrected since."""
    made = json.loads(desk.read_text(encoding="utf-8"))
    later = {**made, "id": made["id"].replace("2026-01-10", "2026-01-11")}
    published = made["article"]["published"].replace("01-10", "01-11")
    later["article"] = {**made["article"], "published": published, "supersedes": made["id"]}
    desk.with_name(f"{later['id']}.json").write_text(json.dumps(later), encoding="utf-8")

    listed = CliRunner().invoke(cli, ["digest", "list"]).output
    waiting = CliRunner().invoke(cli, ["digest", "list", "--waiting"]).output

    assert f"replaced  {made['id']}" in listed
    assert waiting.split()[:2] == ["waiting", later["id"]]
    assert made["id"] not in waiting
