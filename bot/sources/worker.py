"""The process that parses what comes from outside, started by :mod:`bot.sources.workers`, never imported by the bot.

It reads jobs from standard input and answers on standard output: a length of four bytes and JSON, after a job's JSON
a second length and the body. It holds no secret, opens no file and may be killed at any time. Before each job the
kernel is told how much more processor time it may use; its memory is bounded for life.
"""

from __future__ import annotations

import json
import math
import os
import resource
import struct
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")
Job = Callable[[Mapping[str, Any], bytes], dict[str, Any]]


def main() -> None:
    """Serve jobs until standard input ends."""
    cpu_seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not become an answer.
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    from bot.sources.jobs import JOBS  # after the streams are safe; this is what takes half a second

    _bound(memory)
    _put(answers, {"ready": True})
    while (request := _get(jobs)) is not None:
        body = _read(jobs, _LENGTH.unpack(_read(jobs, 4))[0])
        _allow(cpu_seconds)
        _put(answers, _answer(JOBS[request["job"]], request, body))


def _answer(job: Job, request: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    try:
        return job(request, body)
    except MemoryError:
        return {"error": "memory"}
    except RecursionError:
        return {"error": "depth"}
    except Exception as error:  # noqa: BLE001 - libraries raise whatever hostile input makes them raise
        return {"error": "parser", "kind": type(error).__name__}


def _bound(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.setrecursionlimit(2000)


def _allow(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used.ru_utime + used.ru_stime) + seconds, hard))


def _get(stream: BinaryIO) -> dict[str, Any] | None:
    head = stream.read(4)
    if len(head) < 4:
        return None
    value: dict[str, Any] = json.loads(_read(stream, _LENGTH.unpack(head)[0]))
    return value


def _read(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise SystemExit(0)
    return data


def _put(stream: BinaryIO, value: Mapping[str, Any]) -> None:
    data = json.dumps(value, ensure_ascii=True).encode()
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


if __name__ == "__main__":
    main()
