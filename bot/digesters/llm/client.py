"""A chat model behind any OpenAI-compatible endpoint: one question, one text, within a deadline and a size."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Literal

import httpx

from bot.domain.errors import DigestError

Form = Literal["json_schema", "json_object", "prompt"]
# From the strictest way to be given JSON to the loosest; an endpoint that refuses one is asked by the next.
_FORMS: tuple[Form, ...] = ("json_schema", "json_object", "prompt")
# Answers that say the request's form was not understood, not that the model is down.
_NOT_UNDERSTOOD = frozenset((400, 404, 415, 422, 501))
_SHOWN = 200


class ModelError(DigestError):
    """The model gave no usable answer: unreachable, too slow, refusing, or not speaking the protocol."""


class ChatModel:
    """Asks one model at one endpoint.

    Args:
        base_url: up to and with the version, such as ``http://127.0.0.1:11434/v1``.
        api_key: sent as a bearer token; empty sends none. It appears in no error.
        model: the model's name at the endpoint.
        deadline: seconds for one question, all attempts together.
        max_bytes: the most that is read of an answer.
        max_tokens: the longest answer asked for.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        model: str,
        *,
        deadline: float = 120.0,
        max_bytes: int = 1 << 20,
        max_tokens: int = 1500,
    ) -> None:
        self.model = model
        self._url = base_url.rstrip("/") + "/chat/completions"
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._deadline = deadline
        self._max_bytes = max_bytes
        self._max_tokens = max_tokens
        self._form: Form = _FORMS[0]

    async def ask(self, system: str, user: str, schema: Mapping[str, Any]) -> str:
        """What the model answers; asks for JSON of ``schema`` by the strictest way the endpoint knows.

        Raises:
            ModelError: no answer in time, an error, a refusal, or an answer cut off.
        """
        try:
            async with asyncio.timeout(self._deadline):
                return await self._ask(system, user, schema)
        except TimeoutError:
            raise ModelError(
                f"The model {self.model} did not answer within {self._deadline:g} s.",
                "Raise the time-out, or choose a smaller model.",
            ) from None
        except httpx.HTTPError as error:
            raise ModelError(
                f"The model's endpoint could not be asked: {type(error).__name__}.",
                "Check that LLM_BASE_URL is right and the server is running.",
            ) from None

    async def _ask(self, system: str, user: str, schema: Mapping[str, Any]) -> str:
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=self._deadline) as client:
            for form in _FORMS[_FORMS.index(self._form) :]:
                status, body = await self._post(client, self._request(form, system, user, schema))
                if status in _NOT_UNDERSTOOD and form != _FORMS[-1]:
                    continue
                if status != httpx.codes.OK:
                    raise ModelError(
                        f"The model's endpoint answered {status}.",
                        "Check LLM_MODEL and LLM_API_KEY, or try again later.",
                    )
                self._form = form
                return _content(body)
        raise ModelError("The model's endpoint understood no form of the question.", "Check LLM_BASE_URL.")

    async def _post(self, client: httpx.AsyncClient, request: dict[str, Any]) -> tuple[int, bytes]:
        body = bytearray()
        async with client.stream("POST", self._url, json=request, headers=self._headers) as response:
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > self._max_bytes:
                    raise ModelError(
                        f"The model's answer is larger than {self._max_bytes} bytes.", "Check the endpoint."
                    )
            return response.status_code, bytes(body)

    def _request(self, form: Form, system: str, user: str, schema: Mapping[str, Any]) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "temperature": 0,
            "max_tokens": self._max_tokens,
            "stream": False,
        }
        if form == "json_schema":
            request["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "digest", "strict": True, "schema": dict(schema)},
            }
        elif form == "json_object":
            request["response_format"] = {"type": "json_object"}
        return request


def _content(body: bytes) -> str:
    """The text of the first choice.

    Raises:
        ModelError: the body is no chat completion, or the model refused or was cut off.
    """
    try:
        choice = json.loads(body)["choices"][0]
        message = choice["message"]
        content = message.get("content")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ModelError("The model's endpoint answered with something that is no chat completion.") from None
    if message.get("refusal"):
        raise ModelError(f"The model refused: {str(message['refusal'])[:_SHOWN]!r}.")
    if choice.get("finish_reason") == "content_filter":
        raise ModelError("The model's answer was withheld by a filter.")
    if not isinstance(content, str) or not content.strip():
        raise ModelError("The model answered with nothing.")
    return content
