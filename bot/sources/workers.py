"""Processes that parse hostile input in the bot's stead, bounded in time and memory and killed when they exceed it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from bot.domain.errors import Unreadable

_LENGTH = struct.Struct(">I")
# The parsers bound what they answer; what is longer comes from a worker gone wrong.
_LONGEST_ANSWER = 6_000_000
_START_SECONDS = 60.0
_PACKAGE_ROOT = str(Path(__file__).resolve().parents[2])
_SMALLER = "Its parser was stopped; nothing else was harmed. Report the source if it looks harmless."


class Workers:
    """A few parsing processes, started when first needed and used again.

    Args:
        count: how many parse at a time.
        cpu_seconds: processor time one job may take.
        memory: bytes of address space a process may hold.
        wall_seconds: how long one job may take by the clock.
        jobs_each: a process is replaced after so many jobs, so that leaks stay small.
    """

    def __init__(
        self,
        count: int = 2,
        *,
        cpu_seconds: int = 5,
        memory: int = 512 * 1024 * 1024,
        wall_seconds: float = 20.0,
        jobs_each: int = 500,
    ) -> None:
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._slots = asyncio.Semaphore(count)
        self._limits = (cpu_seconds, memory)
        self._wall = wall_seconds
        self._jobs_each = jobs_each
        self._closed = False

    async def __aenter__(self) -> Workers:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def run(self, job: str, facts: Mapping[str, Any], body: bytes, source: str) -> dict[str, Any]:
        """The answer to one job.

        Args:
            job: a name of :data:`bot.sources.jobs.JOBS`.
            facts: JSON-able arguments.
            body: the bytes to parse.
            source: what the bytes came from, named in errors.

        Raises:
            Unreadable: the parser failed, or needed too much time or memory.
        """
        async with self._slots:
            if self._closed:
                raise Unreadable(source, f"{source} was not parsed: Lede is stopping.", "Try again.")
            worker = self._idle.pop() if self._idle else await self._started()
            try:
                answer = await asyncio.wait_for(worker.ask({**facts, "job": job}, body), self._wall)
            except TimeoutError:
                await self._discard(worker)
                raise Unreadable(source, f"{source} took longer than {self._wall:g} s to parse.", _SMALLER) from None
            except (EOFError, OSError, ValueError):
                raise _death(source, await self._discard(worker), self._limits) from None
            except BaseException:
                await self._discard(worker)
                raise
            if worker.jobs >= self._jobs_each or answer.get("error") == "memory":
                await self._discard(worker)
            else:
                self._idle.append(worker)
        return _checked(answer, source, self._limits)

    @property
    def pids(self) -> frozenset[int]:
        """The processes that are there now."""
        return frozenset(worker.pid for worker in self._all)

    async def close(self) -> None:
        """End every process, also those at work."""
        self._closed = True
        for worker in list(self._all):
            await self._discard(worker)

    async def _started(self) -> _Worker:
        cpu_seconds, memory = self._limits
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-B", "-m", "bot.sources.worker", str(cpu_seconds), str(memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # Nothing of the bot's environment: it holds tokens.
            env={"PYTHONPATH": _PACKAGE_ROOT, "PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
            start_new_session=True,
        )  # fmt: skip
        worker = _Worker(process)
        self._all.add(worker)
        try:
            await asyncio.wait_for(worker.answer(), _START_SECONDS)
        except BaseException:
            await self._discard(worker)
            raise
        return worker

    async def _discard(self, worker: _Worker) -> int:
        self._all.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        return await worker.end()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pid = process.pid
        self.jobs = 0

    async def ask(self, request: Mapping[str, Any], body: bytes) -> dict[str, Any]:
        """Send one job and wait for its answer.

        Raises:
            EOFError, OSError: the process ended.
            ValueError: the answer is none.
        """
        assert self._process.stdin is not None
        self.jobs += 1
        head = json.dumps(request).encode()
        self._process.stdin.write(_LENGTH.pack(len(head)) + head + _LENGTH.pack(len(body)))
        self._process.stdin.write(body)
        await self._process.stdin.drain()
        return await self.answer()

    async def answer(self) -> dict[str, Any]:
        """The next answer."""
        assert self._process.stdout is not None
        (length,) = _LENGTH.unpack(await self._process.stdout.readexactly(4))
        if length > _LONGEST_ANSWER:
            raise ValueError("the answer is longer than any can be")
        value = json.loads(await self._process.stdout.readexactly(length))
        if not isinstance(value, dict):
            raise ValueError("the answer is no object")
        return value

    async def end(self) -> int:
        """Kill the process where it still runs and wait for it; its exit status, negative for a signal."""
        natural = True
        if self._process.returncode is None:
            with contextlib.suppress(TimeoutError):
                # A process that died of a limit is about to be reaped; its own status says of which.
                await asyncio.wait_for(self._process.wait(), 0.2)
        if self._process.returncode is None:
            natural = False
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        if self._process.stdin is not None:
            self._process.stdin.close()
            with contextlib.suppress(OSError):
                await self._process.stdin.wait_closed()
        status = await self._process.wait()
        return status if natural else 0


def _death(source: str, status: int, limits: tuple[int, int]) -> Unreadable:
    if status == -signal.SIGXCPU:
        return Unreadable(source, f"{source} needed more than {limits[0]} s of processor time to parse.", _SMALLER)
    return Unreadable(source, f"{source} crashed its parser.", _SMALLER)


def _checked(answer: dict[str, Any], source: str, limits: tuple[int, int]) -> dict[str, Any]:
    match answer.get("error"):
        case None:
            return answer
        case "memory":
            raise Unreadable(source, f"{source} needed more than {limits[1] >> 20} MB to parse.", _SMALLER)
        case "depth":
            raise Unreadable(source, f"{source} is nested too deeply to parse.", _SMALLER)
        case _:
            kind = str(answer.get("kind", "unknown"))[:60]
            raise Unreadable(source, f"{source} cannot be parsed ({kind}).", "Check that it is what its address says.")
