"""Logs as events with fields, for people at a terminal or as JSON lines; no secret passes."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, WrappedLogger

# Tokens by their vendors' forms, keys of webhooks, passwords in addresses, and bearer headers.
_SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|(?<=hooks\.slack\.com/services/)\S+|(?<=/webhooks/)\d+/[\w-]+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)|"
    r"(?i:(?<=bearer )|(?<=bot ))[\w.=-]{20,}|[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}|sk-[\w-]{16,}"
)
# Libraries that tell full addresses or every frame at INFO.
_QUIET = ("httpx", "httpcore", "discord", "slack_bolt", "slack_sdk", "aiohttp", "apscheduler", "watchfiles", "alembic")


def configure_logs(level: Literal["debug", "info", "warning", "error"], style: Literal["console", "json"]) -> None:
    """Send every log, ours and the libraries', to standard error in one form."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_secrets,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    processors = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=processors))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def without_secrets(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Replace whatever looks like a credential in any text of the event."""
    return {key: _cleaned(value) for key, value in event.items()}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _SECRETS.sub("[secret]", value)
    if isinstance(value, BaseException):
        return _SECRETS.sub("[secret]", repr(value))
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    return value
