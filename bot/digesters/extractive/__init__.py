"""The offline digester: rules over the article's sentences, better with a tagger, never dependent on one."""

from bot.digesters.extractive.digester import ExtractiveDigester
from bot.digesters.extractive.linking import Known, KnownEntity

__all__ = ["ExtractiveDigester", "Known", "KnownEntity"]
