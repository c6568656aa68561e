"""What a change of the library costs, beside making all of it anew. Prints; asserts nothing.

``python -m tests.bench.stories [--digests 10000] [--days 365] [--changes 20]``. The digests are generated: stories of
one to forty digests each, in a vocabulary whose words are as unequal as those of a language. The peer, in the same
run, is to group and arrange all digests from scratch, as every change did before.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from bot.domain.digests import Digest
from bot.domain.entities import Decisions
from bot.domain.stories import Stories
from bot.services.library import Holdings
from tests.builders import MONDAY, digest, named

_VOCABULARY, _NAMES = 20_000, 4_000
_SYLLABLES = [c + v for c in "bcdfglmnprstv" for v in "aeiou"]


def generated(number: int, days: float, seed: int = 1) -> list[Digest]:
    """``number`` digests published over ``days``; a third of them alone, the rest in stories."""
    source = random.Random(seed)
    words = ["".join(source.choices(_SYLLABLES, k=source.randint(2, 4))) for _ in range(_VOCABULARY)]
    people = [" ".join(w.capitalize() for w in source.choices(words[2000:], k=2)) for _ in range(_NAMES)]
    common = list(itertools.accumulate(1 / (rank + 10) for rank in range(_VOCABULARY)))
    found: list[Digest] = []
    while len(found) < number:
        begin = source.random() * days * 24
        own = source.choices(words, cum_weights=common, k=10) + source.choices(words[2000:], k=8)
        own = [word.capitalize() if place % 3 == 0 else word for place, word in enumerate(own)]
        cast = [named(name) for name in dict.fromkeys(source.choices(people, k=5))]
        size = 1 if source.random() < 0.5 else min(40, 1 + int(source.paretovariate(1.0)))
        for _ in range(min(size, number - len(found))):

            def text(telling: int, filling: int, own: Sequence[str] = own) -> str:
                chosen = source.sample(own, telling) + source.choices(words, cum_weights=common, k=filling)
                source.shuffle(chosen)
                return " ".join(chosen).capitalize()

            found.append(
                digest(
                    text(4, 4)[:110],
                    at=MONDAY + timedelta(hours=begin + source.random() * 60),
                    outlet=f"Outlet {len(found) % 40}",
                    url=f"https://example.com/{len(found)}",
                    summary=text(8, 12)[:390],
                    points=[text(5, 12) for _ in range(5)],
                    entities=cast,
                )
            )
    return found


def seconds(act: Callable[[], object]) -> float:
    """Processor seconds that ``act`` takes, so that what else the machine does is left out."""
    start = time.process_time()
    act()
    return time.process_time() - start


def _row(what: str, took: Sequence[float], peer: float) -> None:
    middle, most = statistics.median(took), max(took)
    print(f"  {what:34}{1000 * middle:9.1f} ms, at most {1000 * most:8.1f}{peer / middle:9.0f} times less than anew")


def _changes(
    digests: Sequence[Digest], number: int, change: Callable[[Iterable[Digest], Iterable[str]], object], peer: float
) -> None:
    """The costs of changing digests anywhere in the library, and of adding to its end."""
    chosen = random.Random(2).sample(list(digests), number)
    end = max(d.article.published for d in digests)
    newer = generated(number, 0.5, seed=3)
    removed: list[float] = []
    added: list[float] = []
    changed: list[float] = []
    appended: list[float] = []
    for each, late in zip(chosen, newer, strict=True):
        other = each.model_copy(update={"summary": late.summary})
        article = late.article.model_copy(update={"published": end + timedelta(minutes=len(appended) + 1)})
        latest = late.model_copy(update={"article": article})
        removed.append(seconds(lambda gone=each.id: change([], [gone])))  # type: ignore[misc]
        added.append(seconds(lambda back=each: change([back], [])))  # type: ignore[misc]
        changed.append(seconds(lambda other=other: change([other], [])))  # type: ignore[misc]
        appended.append(seconds(lambda latest=latest: change([latest], [])))  # type: ignore[misc]
    for what, took in (("newest added", appended), ("added", added), ("changed", changed), ("removed", removed)):
        _row(what, took, peer)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--digests", type=int, default=10_000)
    parser.add_argument("--days", type=float, default=365)
    parser.add_argument("--changes", type=int, default=20)
    asked = parser.parse_args()
    digests = generated(asked.digests, asked.days)
    print(f"{len(digests):,} digests over {asked.days:g} days; {_memory()} MB with the digests alone")

    stories = Stories()
    anew = seconds(lambda: stories.change(digests))
    print(f"stories: {len(stories.all()):,}, grouped anew in {anew:.2f} s, {_memory()} MB")
    _changes(digests, asked.changes, stories.change, anew)

    held = {d.id: d for d in digests}
    library = Holdings(Decisions())
    anew = seconds(lambda: library.snapshot(digests))
    print(f"library: arranged anew in {anew:.2f} s, {_memory()} MB")

    def change(new: Iterable[Digest], gone: Iterable[str]) -> None:
        for id_ in gone:
            del held[id_]
        held.update((d.id, d) for d in new)
        library.snapshot(list(held.values()))

    _changes(digests, asked.changes, change, anew)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
