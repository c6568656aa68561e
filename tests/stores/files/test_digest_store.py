from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.entities import AliasChange, Decisions, Merge
from bot.domain.errors import NotFound, StoreError
from bot.stores.files import FileDigestStore
from bot.stores.files import folder as folder_module
from bot.stores.files.reading import DIGEST_BYTES
from tests.stores.files.situations import digest, put, raw

pytestmark = pytest.mark.anyio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty digest folder."""
    folder = tmp_path / "digests"
    folder.mkdir()
    return folder


@pytest.fixture
def store(folder: Path) -> FileDigestStore:
    """A store over :func:`folder`."""
    return FileDigestStore(folder)


def names(folder: Path) -> list[str]:
    """The names of all files below, and of what is called like one."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file() or "." in path.name)


async def set_aside(store: FileDigestStore) -> dict[str, str]:
    """The reasons by path."""
    await store.load()
    return {problem.path: problem.reason for problem in await store.problems()}


async def test_filed_digests_are_loaded_newest_first(store: FileDigestStore, folder: Path) -> None:
    """What is filed can be loaded, by another store as well, from the path that format 1 pins."""
    assert [await store.file(digest(number)) for number in (1, 3, 2)] == [True, True, True]

    assert list(await store.load()) == [digest(3), digest(2), digest(1)]
    assert list(await FileDigestStore(folder).load()) == [digest(3), digest(2), digest(1)]
    assert (folder / "2026" / "01" / f"{digest(1).id}.json").is_file()
    assert await store.problems() == ()


async def test_filing_again_replaces(store: FileDigestStore) -> None:
    """One id is one file; the second filing says that it was there."""
    await store.file(digest(1))

    assert await store.file(digest(1, "Corrected")) is False
    assert list(await store.load()) == [digest(1, "Corrected")]
    assert await store.get(digest(1).id) == digest(1, "Corrected")


async def test_filing_the_same_touches_nothing(store: FileDigestStore, folder: Path) -> None:
    """A digest that did not change wakes no one."""
    await store.file(digest(1))
    path = folder / "2026" / "01" / f"{digest(1).id}.json"
    before = path.stat()

    assert await store.file(digest(1)) is False
    assert path.stat().st_ino == before.st_ino
    assert path.stat().st_mtime_ns == before.st_mtime_ns


async def test_a_digest_is_replaced_where_it_lies(store: FileDigestStore, folder: Path) -> None:
    """A person's own file name is kept: a second file would make a duplicate."""
    put(folder, "mine/lamp.json", digest(1))

    assert await store.file(digest(1, "Corrected")) is False
    assert names(folder) == ["lamp.json"]
    assert list(await store.load()) == [digest(1, "Corrected")]


async def test_a_renamed_file_is_followed(store: FileDigestStore, folder: Path) -> None:
    """A digest whose file was renamed since the last load is replaced under its new name."""
    path = put(folder, "old.json", digest(1))
    await store.load()
    path.rename(folder / "new.json")

    assert await store.file(digest(1, "Corrected")) is False
    assert names(folder) == ["new.json"]


async def test_another_digest_is_never_overwritten(store: FileDigestStore, folder: Path) -> None:
    """When someone's file of another digest has the name that is needed, nothing is lost."""
    path = put(folder, f"2026/01/{digest(1).id}.json", digest(2))
    with pytest.raises(StoreError, match=digest(2).id):
        await store.file(digest(1))

    assert path.read_bytes()
    assert list(await store.load()) == [digest(2)]


async def test_a_broken_file_is_replaced_by_a_good_digest(store: FileDigestStore, folder: Path) -> None:
    """Filing mends a file that was cut off, and its problem is gone at once."""
    put(folder, f"2026/01/{digest(1).id}.json", b'{"format": 1,')
    assert len(await set_aside(store)) == 1

    assert await store.file(digest(1)) is True
    assert await store.problems() == ()


async def test_a_failed_write_leaves_the_earlier_digest(store: FileDigestStore, folder: Path) -> None:
    """When the new file cannot take its place the error names it, and no leftover lies about."""
    (folder / "2026" / "01" / f"{digest(1).id}.json" / "occupied").mkdir(parents=True)
    with pytest.raises(StoreError, match=f"{digest(1).id}.json could not be written"):
        await store.file(digest(1))

    assert names(folder) == [f"{digest(1).id}.json"]


async def test_a_digest_too_large_to_be_served_is_not_filed(store: FileDigestStore, folder: Path) -> None:
    """The cap holds for writing as well: the store never makes a file that it would set aside."""
    one = digest(1).key_points[0].model_copy(update={"text": "é" * 2000})
    large = digest(1).model_copy(update={"key_points": (one,) * 1000})
    with pytest.raises(StoreError, match=r"Shorten it"):
        await store.file(large)

    assert names(folder) == []


async def test_unknown_ids_are_not_found(store: FileDigestStore) -> None:
    """An id that no file holds, however it is written, is told as such."""
    for id_ in ("2026-01-05-none-01234567", "../../etc/passwd", "", "\x00"):
        with pytest.raises(NotFound):
            await store.get(id_)


async def test_get_sees_what_was_written_since(store: FileDigestStore, folder: Path) -> None:
    """A digest is given as its file says now, whether it was added, changed or removed since the load."""
    await store.load()
    path = put(folder, "a.json", digest(1))
    assert (await store.get(digest(1).id)).headline == "Lamp 1 is lit"
    put(folder, "a.json", digest(1, "Changed"))
    assert (await store.get(digest(1).id)).headline == "Changed"
    path.unlink()
    with pytest.raises(NotFound):
        await store.get(digest(1).id)


@pytest.mark.parametrize("settled", [True, False], ids=["settled", "just written"])
async def test_a_reload_sees_every_kind_of_change(
    store: FileDigestStore, folder: Path, monkeypatch: pytest.MonkeyPatch, *, settled: bool
) -> None:
    """Added, replaced, rewritten with the same length, removed: a reload serves what the files say."""
    if settled:
        trust_stamps_at_once(monkeypatch)
    for number in (1, 2, 3, 4):
        put(folder, f"{number}.json", digest(number))
    await store.load()

    put(folder, "1.json", digest(1, "Lamp 1 is out"))
    put(folder, "new", digest(2, "Lamp 2 is new")).replace(folder / "2.json")
    (folder / "3.json").unlink()
    put(folder, "deep/down/5.json", digest(5))

    assert [d.headline for d in await store.load()] == [
        "Lamp 5 is lit",
        "Lamp 4 is lit",
        "Lamp 2 is new",
        "Lamp 1 is out",
    ]


async def test_an_unchanged_file_is_not_read_again(
    store: FileDigestStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reload gives the very values of the load before for files that did not change."""
    trust_stamps_at_once(monkeypatch)
    put(folder, "1.json", digest(1))
    put(folder, "2.json", digest(2))
    first = {each.id: each for each in await store.load()}
    put(folder, "2.json", digest(2, "Changed"))
    second = {each.id: each for each in await store.load()}

    assert second[digest(1).id] is first[digest(1).id]
    assert second[digest(2).id] == digest(2, "Changed")


async def test_a_file_just_written_is_read_again(store: FileDigestStore, folder: Path) -> None:
    """A second write within the file system's grain of time may leave the stamp as it was: it is seen all the same."""
    path = put(folder, "1.json", digest(1, "One"))
    await store.load()
    store._folder._readings["1.json"] = replace(store._folder._readings["1.json"], result=digest(1, "Stale"))

    assert [each.headline for each in await store.load()] == ["One"]
    assert path.exists()


def trust_stamps_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every file for settled, as if it had been written long before it was read."""
    monkeypatch.setattr(folder_module, "_COARSEST_TIME", -1)


async def test_bad_files_are_set_aside_and_the_rest_is_served(store: FileDigestStore, folder: Path) -> None:
    """Every kind of bad file is named with its reason; none hides a good one."""
    put(folder, "good.json", digest(1))
    put(folder, "twin.json", digest(1))
    put(folder, "empty.json", b"")
    put(folder, "list.json", b"[]")
    put(folder, "cut.json", b'{"format": 1, "id": "2026')
    put(folder, "latin1.json", b'{"id": "\xe9"}')
    put(folder, "folder.json/inside.json", digest(2))
    put(folder, "notes.txt", b"no digest")
    put(folder, ".hidden.json", b"")
    put(folder, ".git/index.json", b"")
    with (folder / "huge.json").open("wb") as huge:
        huge.truncate(50 * 1024 * 1024)

    assert await set_aside(store) == {
        "cut.json": "is cut off: Unterminated string starting at column 21",
        "empty.json": "is empty",
        "folder.json": "is a folder with the name of a digest: rename it",
        "huge.json": f"has 52,428,800 bytes, more than the {DIGEST_BYTES:,} that such a file may have",
        "latin1.json": "is not UTF-8: byte 0xe9",
        "list.json": "should be an object",
        "twin.json": f"{digest(1).id} is already the id of good.json, which is served",
    }
    assert list(await store.load()) == [digest(2), digest(1)]


async def test_a_problem_has_path_field_and_reason(store: FileDigestStore, folder: Path) -> None:
    """Each fault of a file is a problem of its own."""
    value = raw()
    value["quotes"][0]["evidence"] = [8, 9]
    put(folder, "a/b.json", str(value).replace("'", '"').replace("None", "null").encode())
    await store.load()

    assert [(p.path, p.field, p.reason) for p in await store.problems()] == [
        ("a/b.json", "quotes.0.evidence", "sentence 8 is not there: the article has 3"),
        ("a/b.json", "quotes.0.evidence", "sentence 9 is not there: the article has 3"),
    ]


async def test_links_are_followed_only_within_the_folder(store: FileDigestStore, folder: Path) -> None:
    """A link out, to nothing or in a circle is set aside; one within the folder is the file it names."""
    outside = put(folder.parent, "outside/secret.json", digest(9))
    put(folder, ".store/real.json", digest(1))
    (folder / "within.json").symlink_to(folder / ".store" / "real.json")
    (folder / "out.json").symlink_to(outside)
    (folder / "gone.json").symlink_to(folder / "nothing.json")
    (folder / "circle.json").symlink_to(folder / "circle.json")
    (folder / "outfolder").symlink_to(outside.parent, target_is_directory=True)

    problems = await set_aside(store)

    assert list(await store.load()) == [digest(1)]
    assert problems["out.json"] == "is a link out of the folder: copy the file here instead"
    assert problems["gone.json"] == "is a link to a file that is not there"
    assert problems["circle.json"] == "is a link that leads nowhere"
    assert "not followed" in problems["outfolder"]


async def test_what_is_no_file_is_never_waited_for(store: FileDigestStore, folder: Path) -> None:
    """A pipe that nobody writes to, or a socket, does not hold the others up."""
    os.mkfifo(folder / "pipe.json")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket.json"))
        put(folder, "good.json", digest(1))
        problems = await set_aside(store)

    assert problems["pipe.json"] == "is no regular file"
    assert problems["socket.json"].startswith("cannot be read")
    assert list(await store.load()) == [digest(1)]


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Act as a user whom permissions bind, also where the tests run as the superuser."""
    superuser = os.geteuid() == 0
    if superuser:
        os.seteuid(65534)
    try:
        yield
    finally:
        if superuser:
            os.seteuid(0)


async def test_what_may_not_be_read_is_set_aside_until_it_may() -> None:
    """Missing permission is named; giving it is enough for the file to be served."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = put(folder, "a.json", digest(1))
        locked = put(folder, "locked/b.json", digest(2)).parent
        permit({folder: 0o755, path: 0o000, locked: 0o000})
        store = FileDigestStore(folder)
        with ordinary_user():
            problems = await set_aside(store)
            with pytest.raises(StoreError, match="write access"):
                await store.file(digest(3))
        permit({path: 0o644, locked: 0o755})
        with ordinary_user():
            served = list(await store.load())

        assert "may not be read" in problems["a.json"]
        assert "cannot be listed" in problems["locked"]
        assert served == [digest(2), digest(1)]
        assert await store.problems() == ()


def permit(modes: dict[Path, int]) -> None:
    """Set the permissions of each path."""
    for path, mode in modes.items():
        path.chmod(mode)


async def test_a_mended_file_is_served(store: FileDigestStore, folder: Path) -> None:
    """A problem is gone once its file is right, and a file that went wrong is no longer served."""
    put(folder, "a.json", b"{")
    assert await set_aside(store)
    put(folder, "a.json", digest(1))
    assert list(await store.load()) == [digest(1)]
    assert await store.problems() == ()
    put(folder, "a.json", b"{")
    assert list(await store.load()) == []
    assert await set_aside(store)


async def test_the_next_of_two_takes_over(store: FileDigestStore, folder: Path) -> None:
    """When the file that was served for an id goes, its duplicate is served."""
    first, second = put(folder, "a.json", digest(1, "First")), put(folder, "b.json", digest(1, "Second"))
    assert [d.headline for d in await store.load()] == ["First"]
    first.unlink()

    assert [d.headline for d in await store.load()] == ["Second"]
    assert await store.problems() == ()
    assert second.exists()


async def test_a_missing_folder_is_a_problem_until_something_is_filed(tmp_path: Path) -> None:
    """A wrong setting is told, never an empty answer alone; a first digest makes the folder."""
    store = FileDigestStore(tmp_path / "not" / "there")
    assert list(await store.load()) == []
    [problem] = await store.problems()
    assert "not/there" in problem.path
    assert "is not there" in problem.reason

    await store.file(digest(1))
    assert list(await store.load()) == [digest(1)]
    assert await store.problems() == ()


async def test_a_file_in_place_of_the_folder_is_a_problem(tmp_path: Path) -> None:
    """A setting that names a file is told as such, and filing says what stands in the way."""
    store = FileDigestStore(put(tmp_path, "digests", b""))
    [(_, reason)] = (await set_aside(store)).items()
    assert reason == "is a file, not a folder"
    with pytest.raises(StoreError, match="could not be written"):
        await store.file(digest(1))


async def test_decisions_are_kept_and_are_no_digest(store: FileDigestStore, folder: Path) -> None:
    """Decisions come back as they were made; neither they nor the schema count as digests."""
    assert await store.decisions() == Decisions()
    made = Decisions(
        merges=(Merge(into="a", ids=("b",)),), aliases=(AliasChange(id="a", add=("Ä",)),), never_merge=(("a", "c"),)
    )
    await store.decide(made)
    put(folder, "digest.schema.json", b"{}")

    assert await store.decisions() == made
    assert list(await store.load()) == []
    assert await store.problems() == ()


async def test_broken_decisions_are_told_and_hide_no_digest(store: FileDigestStore, folder: Path) -> None:
    """A file of decisions that cannot be used is an error of its own; digests are served on."""
    await store.file(digest(1))
    put(folder, "entities.json", b'{"format": 1, "merge": []}')
    with pytest.raises(StoreError, match=r"merge: is no field of format 1.*lede check"):
        await store.decisions()

    assert list(await store.load()) == [digest(1)]
    assert await store.problems() == ()
