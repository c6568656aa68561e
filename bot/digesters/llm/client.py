"""A chat model behind any OpenAI-compatible endpoint: one question, one text, within a deadline and a size."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

import httpx

from bot.domain.errors import DigestError

Form = Literal["json_schema", "json_object", "prompt", "whole"]
# From the strictest way to be given JSON to the loosest; an endpoint that refuses one is asked by the next, the last
# time for an answer in one piece.
_FORMS: tuple[Form, ...] = ("json_schema", "json_object", "prompt", "whole")
# Answers that say the request's form was not understood, not that the model is down.
_NOT_UNDERSTOOD = frozenset((400, 404, 415, 422, 501))
# "Come again later", and for how long it is worth waiting within one question.
_LATER, _WORTH_WAITING = frozenset((429, 503)), 10.0
_CONNECT_SECONDS = 10.0
_SHOWN = 200


class ModelError(DigestError):
    """The model gave no usable answer: unreachable, too slow, refusing, or not speaking the protocol.

    Attributes:
        later: how long the endpoint asks to be left alone, where it said so.
        answered: whether a model answered at all, however badly.
        late: whether it was given up for its slowness; an easier question may still be answered.
    """

    def __init__(
        self, what: str, hint: str = "", *, later: timedelta | None = None, answered: bool = False, late: bool = False
    ) -> None:
        super().__init__(what, hint)
        self.later = later
        self.answered = answered
        self.late = late


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said."""

    text: str
    whole: bool  #: False where time or tokens ran out in the middle


@dataclass
class _Heard:
    """What has come so far of one answer."""

    texts: list[str] = field(default_factory=list)
    ended: str = ""  #: the reason for its end; empty while it goes on
    refusal: str = ""

    def take(self, choice: Any) -> None:
        """Add a whole message or a piece of one."""
        message = choice.get("message") or choice.get("delta") or {}
        content, refusal = message.get("content"), message.get("refusal")
        self.texts += [content] if isinstance(content, str) else []
        self.refusal += refusal if isinstance(refusal, str) else ""
        self.ended = str(choice.get("finish_reason") or "") or self.ended

    def reply(self) -> Reply:
        """All of it.

        Raises:
            ModelError: it is a refusal, or nothing.
        """
        text = "".join(self.texts)
        if self.refusal:
            raise ModelError(f"The model refused: {self.refusal[:_SHOWN]!r}.", answered=True)
        if self.ended == "content_filter":
            raise ModelError("The model's answer was withheld by a filter.", answered=True)
        if not text.strip():
            raise ModelError("The model answered with nothing.", answered=True)
        return Reply(text, self.ended == "stop")


class ChatModel:
    """Asks one model at one endpoint.

    Args:
        base_url: up to and with the version, such as ``http://127.0.0.1:11434/v1``.
        api_key: sent as a bearer token; empty sends none. It appears in no error.
        model: the model's name at the endpoint.
        deadline: seconds for one article, all questions together.
        max_bytes: the most that is read of an answer.
    """

    def __init__(
        self, base_url: str, api_key: str, model: str, *, deadline: float = 120.0, max_bytes: int = 1 << 20
    ) -> None:
        self.model = model
        self.deadline = deadline
        self._url = base_url.rstrip("/") + "/chat/completions"
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._max_bytes = max_bytes
        self._form: Form = _FORMS[0]

    async def ask(self, system: str, user: str, schema: Mapping[str, Any], *, seconds: float, tokens: int) -> Reply:
        """What the model answers; asks for JSON of ``schema`` by the strictest way the endpoint knows.

        Args:
            system: what it is to do.
            user: what it is to do it with.
            schema: the JSON Schema of the answer.
            seconds: when to stop listening; what was said by then is the answer, cut off.
            tokens: the longest answer asked for.

        Raises:
            ModelError: nothing was said in time, an error, or a refusal.
        """
        heard = _Heard()
        try:
            async with asyncio.timeout(seconds):
                await self._ask(system, user, schema, tokens, heard)
        except TimeoutError:
            if not "".join(heard.texts).strip():
                raise ModelError(
                    f"The model {self.model} did not answer in time; it has {self.deadline:g} s for an article.",
                    "Raise LLM_SECONDS, or choose a smaller model.",
                    late=True,
                ) from None
        except httpx.HTTPError as error:
            if not "".join(heard.texts).strip():
                raise ModelError(
                    f"The model's endpoint could not be asked: {type(error).__name__}.",
                    "Check that LLM_BASE_URL is right and the server is running.",
                ) from None
        return heard.reply()

    async def _ask(self, system: str, user: str, schema: Mapping[str, Any], tokens: int, heard: _Heard) -> None:
        timeout = httpx.Timeout(self.deadline, connect=_CONNECT_SECONDS)
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=timeout) as client:
            for form in _FORMS[_FORMS.index(self._form) :]:
                request = self._request(form, system, user, schema, tokens)
                status, later = await self._post(client, request, heard)
                if status in _LATER and later is not None and later.total_seconds() <= _WORTH_WAITING:
                    await asyncio.sleep(later.total_seconds())
                    status, later = await self._post(client, request, heard)
                if status == httpx.codes.OK:
                    self._form = form
                    return
                if status not in _NOT_UNDERSTOOD or form == _FORMS[-1]:
                    raise ModelError(
                        f"The model's endpoint answered {status}.",
                        "Check LLM_BASE_URL, LLM_MODEL and LLM_API_KEY, or try again later.",
                        later=later,
                    )

    async def _post(
        self, client: httpx.AsyncClient, request: dict[str, Any], heard: _Heard
    ) -> tuple[int, timedelta | None]:
        """The status, and for how long to stay away; what is said goes to ``heard`` as it comes."""
        body, size = bytearray(), 0
        async with client.stream("POST", self._url, json=request, headers=self._headers) as response:
            if response.status_code != httpx.codes.OK:
                return response.status_code, _later(response.headers.get("retry-after", ""))
            events = response.headers.get("content-type", "").startswith("text/event-stream")
            async for chunk in response.aiter_bytes():
                body += chunk
                size += len(chunk)
                if size > self._max_bytes:
                    raise ModelError(
                        f"The model's answer is larger than {self._max_bytes} bytes.", "Check the endpoint."
                    )
                if events:
                    *lines, rest = bytes(body).split(b"\n")
                    body = bytearray(rest)
                    for line in lines:
                        _take_event(line, heard)
            if events:
                _take_event(bytes(body), heard)
            else:
                _take_completion(bytes(body), heard)
            return response.status_code, None

    def _request(self, form: Form, system: str, user: str, schema: Mapping[str, Any], tokens: int) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "temperature": 0,
            "max_tokens": tokens,
            # In pieces, so that of an answer that comes too slowly what has come is not lost.
            "stream": form != "whole",
        }
        if form == "json_schema":
            request["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "digest", "strict": True, "schema": dict(schema)},
            }
        elif form == "json_object":
            request["response_format"] = {"type": "json_object"}
        return request


def _later(header: str) -> timedelta | None:
    """The seconds of a Retry-After; dates are not used by model servers and count as none."""
    return timedelta(seconds=min(int(header), 86_400)) if header.isascii() and header.isdigit() else None


def _take_completion(body: bytes, heard: _Heard) -> None:
    """The first choice of an answer in one piece.

    Raises:
        ModelError: the body is no chat completion.
    """
    try:
        heard.take(json.loads(body)["choices"][0])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ModelError("The model's endpoint answered with something that is no chat completion.") from None
    heard.ended = heard.ended or "stop"


def _take_event(line: bytes, heard: _Heard) -> None:
    """One line of an answer in pieces; lines that are no piece of one are passed over."""
    if not line.startswith(b"data:") or line[5:].strip() in (b"", b"[DONE]"):
        return
    try:
        choices = json.loads(line[5:])["choices"]
        if choices:
            heard.take(choices[0])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ModelError("The model's endpoint answered with something that is no chat completion.") from None
