"""Digests and articles as JSON files in folders."""

from bot.stores.files.articles import FileArticleStore
from bot.stores.files.checking import Report, check
from bot.stores.files.digests import FileDigestStore

__all__ = ["FileArticleStore", "FileDigestStore", "Report", "check"]
