"""The digester that asks a language model and believes nothing it cannot verify."""

from bot.digesters.llm.client import ChatModel, ModelError
from bot.digesters.llm.digester import LanguageModelDigester, Outcome, log_outcome

__all__ = ["ChatModel", "LanguageModelDigester", "ModelError", "Outcome", "log_outcome"]
