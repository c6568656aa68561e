from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.articles import Article
from bot.domain.errors import StoreError
from bot.stores.files import FileArticleStore
from tests.stores.files.situations import article, put

pytestmark = pytest.mark.anyio


async def test_an_article_is_kept_under_the_id_of_its_digest(tmp_path: Path) -> None:
    """What is put comes back the same; what was never put is None, also before there is a folder."""
    store = FileArticleStore(tmp_path / "articles")
    assert await store.get(article(1).id) is None
    await store.put(article(1))

    assert await store.get(article(1).id) == article(1)
    assert await store.get(article(2).id) is None
    assert (tmp_path / "articles" / f"{article(1).id}.json").is_file()


async def test_an_article_keeps_every_character(tmp_path: Path) -> None:
    """Controls, emoji, reordering marks: the hash of the text is the same after the file."""
    hostile = article(1).model_copy(
        update={"sentences": ("a\x1b[31m\u202eb\u200b", "👩‍👩‍👧", "é e\u0301 \u2028 \x85 ﷽")}
    )
    store = FileArticleStore(tmp_path)
    await store.put(hostile)
    kept = await store.get(hostile.id)

    assert kept is not None
    assert kept.sha256 == hostile.sha256


async def test_putting_again_replaces(tmp_path: Path) -> None:
    """An article fetched again takes the place of the earlier one."""
    store = FileArticleStore(tmp_path)
    longer = Article.model_validate(article(1).model_dump() | {"sentences": ["One.", "Two.", "Three.", "Four."]})
    await store.put(article(1))
    await store.put(longer)

    assert longer.id == article(1).id
    assert await store.get(article(1).id) == longer


@pytest.mark.parametrize("id_", ["../secret", "a/b", "", ".", "..", "x.json", "A", "a\x00", "é", "-", "a\n", "x" * 300])
async def test_no_id_leaves_the_folder(tmp_path: Path, id_: str) -> None:
    """An id from outside names an article or nothing, never another file."""
    put(tmp_path, "secret.json", b"{}")
    put(tmp_path, "articles/.json", b"{}")

    assert await FileArticleStore(tmp_path / "articles").get(id_) is None


async def test_a_broken_article_is_named(tmp_path: Path) -> None:
    """A file that holds no article is an error that says where and what to do; the others are not touched by it."""
    store = FileArticleStore(tmp_path)
    await store.put(article(1))
    put(tmp_path, f"{article(2).id}.json", b'{"title": ')
    with pytest.raises(StoreError, match=r"line 1: is cut off.*Add the article again"):
        await store.get(article(2).id)

    assert await store.get(article(1).id) == article(1)


async def test_an_article_too_large_is_refused(tmp_path: Path) -> None:
    """What would not be read again is not written."""
    large = article(1).model_copy(update={"sentences": ("x" * 9_000_000,)})
    with pytest.raises(StoreError, match="more than"):
        await FileArticleStore(tmp_path).put(large)
    assert await FileArticleStore(tmp_path).get(large.id) is None
