"""A process that digests, one article a line, so that none can stall or starve the bot.

``python -m bot.digesters.worker`` reads requests as JSON lines and answers each with one line. The parent kills
it when an article takes too long; its own limit on memory ends the rest.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import subprocess
import sys
import threading
import weakref
from datetime import datetime
from typing import Any

import structlog

from bot.domain.articles import Article
from bot.domain.digests import Digest, as_json
from bot.domain.errors import DigestError, NotAnArticle

# What a worker leaves behind after so many articles is no longer ours to bound: begin afresh.
_LIFETIME = 500


class Worker:
    """Asks a process for digests, starting it at the first question and again whenever it ended."""

    def __init__(self, timeout: float, memory: int, tagger: bool) -> None:
        self._timeout = timeout
        self._arguments = [sys.executable, "-m", "bot.digesters.worker", str(memory), "tagger" if tagger else "rules"]
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._warned = False
        self._lock = threading.Lock()
        self._ended: weakref.finalize[..., object] = weakref.finalize(self, _nothing)

    def digest(self, article: Article, now: datetime) -> Digest:
        """The digest of ``article``; blocks, at most for the time-out.

        Raises:
            NotAnArticle: there is no running text.
            DigestError: no answer in time, or the worker died over it.
        """
        request = json.dumps({"article": article.model_dump(mode="json"), "now": now.isoformat()}).encode()
        with self._lock:
            answer = self._ask(request, article.title)
        if "digest" in answer:
            self._warn_once(str(answer.get("tagger", "")))
            return Digest.model_validate(answer["digest"])
        if answer.get("error") == "NotAnArticle":
            raise NotAnArticle(article.url or article.title, str(answer["what"]), str(answer["hint"]))
        raise DigestError(str(answer["what"]), str(answer["hint"]))

    def _warn_once(self, fault: str) -> None:
        """Tell the log why an installed tagger is not used: digests are the rules' alone, and someone should know."""
        if fault and not self._warned:
            structlog.get_logger("lede.digesters").warning("tagger_refused", reason=fault)
        self._warned = self._warned or bool(fault)

    def _ask(self, request: bytes, title: str) -> dict[str, object]:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Timer(self._timeout, process.kill)
        late.start()
        try:
            process.stdin.write(request + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = b""
        finally:
            overdue = late.finished.is_set()
            late.cancel()
        if not line.endswith(b"\n"):
            self._end()
            reason = f"took more than {self._timeout:g} s" if overdue else "needed more memory than allowed"
            raise DigestError(f"“{title[:80]}” could not be digested: it {reason}.", "Give a shorter article.")
        answer: dict[str, object] = json.loads(line)
        self._served += 1
        if self._served >= _LIFETIME:
            self._end()
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            environment = {
                k: v for k, v in os.environ.items() if k in ("PATH", "PYTHONPATH", "LANG", "HOME", "VIRTUAL_ENV")
            }
            self._process = subprocess.Popen(  # noqa: S603  # our own module, no user's words in the arguments
                self._arguments,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            )
            self._served = 0
            self._ended.detach()
            self._ended = weakref.finalize(self, _end, self._process)
        return self._process

    def _end(self) -> None:
        self._ended()
        self._process = None

    def close(self) -> None:
        """End the process, waiting for the article it is at."""
        with self._lock:
            self._end()


def _nothing() -> None:
    """There is no process yet."""


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()
    process.wait()


def main(memory: int, tagger: bool) -> None:
    """Answer requests until standard input ends.

    Args:
        memory: bytes this process may use.
        tagger: whether to use the optional tagger.
    """
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # The pipe carries answers only; what a library prints goes elsewhere.
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    for line in sys.stdin.buffer:
        request = json.loads(line)
        answers.write(json.dumps(_answer(request, tagger)).encode() + b"\n")
        answers.flush()


def _answer(request: dict[str, Any], tagger: bool) -> dict[str, object]:
    # Imported here, behind the limit on memory, and never by the parent.
    from bot.digesters.extractive.compose import digest_of, no_votes
    from bot.digesters.extractive.tagging import tagger_fault, tagger_votes

    article = Article.model_validate(request["article"])
    try:
        digest = digest_of(article, datetime.fromisoformat(request["now"]), tagger_votes if tagger else no_votes)
    except NotAnArticle as error:
        return {"error": "NotAnArticle", "what": error.what, "hint": error.hint}
    except MemoryError:
        os._exit(1)
    except Exception as error:  # noqa: BLE001  # one article's fault is told to the parent, not the others' end
        what = f"“{article.title[:80]}” could not be digested: {type(error).__name__}."
        return {"error": "DigestError", "what": what, "hint": "Report the article; the others go on."}
    return {"digest": as_json(digest), "tagger": tagger_fault() if tagger else ""}


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] == "tagger")
