"""Articles as JSON files: the numbered sentences behind the digests, never committed."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from bot.domain.articles import Article
from bot.domain.errors import StoreError
from bot.stores.files.atomic import write_atomically
from bot.stores.files.reading import ARTICLE_BYTES, Unusable, article_of, stored_bytes
from bot.stores.files.text import json_text

# Ids come from people too (commands, files): nothing else may become part of a path.
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,198}[a-z0-9])?")


class FileArticleStore:
    """Implements :class:`bot.ports.ArticleStore` over a folder: ``<id>.json`` each.

    Args:
        folder: need not be there yet; keeping the first article creates it.
    """

    def __init__(self, folder: Path) -> None:
        self._root = folder

    async def put(self, article: Article) -> None:
        """Keep ``article`` under its id, replacing an earlier one atomically.

        Raises:
            StoreError: it could not be written.
        """
        content = json_text(article.model_dump(mode="json", exclude_none=True)).encode()
        if len(content) > ARTICLE_BYTES:
            raise StoreError(
                f"The article {article.id} has {len(content):,} bytes, more than the {ARTICLE_BYTES:,} that are kept."
            )
        await asyncio.to_thread(write_atomically, self._root / f"{article.id}.json", content)

    async def get(self, id_: str) -> Article | None:
        """The article of that digest id, or None where its sentences are not kept here.

        Raises:
            StoreError: they are kept but cannot be read.
        """
        return await asyncio.to_thread(self.read, id_)

    def read(self, id_: str) -> Article | None:
        """Like :meth:`get`, blocking."""
        if not _ID.fullmatch(id_):
            return None
        path = self._root / f"{id_}.json"
        try:
            return article_of(stored_bytes(path, self._root, ARTICLE_BYTES))
        except FileNotFoundError:
            return None
        except Unusable as unusable:
            raise StoreError(
                f"{path} cannot be used: {unusable}.", "Add the article again, or remove the file."
            ) from None
