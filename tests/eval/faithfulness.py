"""Does every line of every digest stand in the sentences it cites? Shares no code with the digesters.

Usage: ``python -m tests.eval.faithfulness FOLDER [--llm BASE_URL MODEL] [--seconds N]`` where FOLDER holds news pages
(see ``tests.eval.pages``). With ``--llm`` the model digester is asked through that endpoint as well, at most so many
seconds an article; what became of its statements is told, and why those that were dropped were.

A statement is supported when each of its words is in its evidence and its words stand in the order of one cited
sentence; a name that replaces a pronoun is allowed where another cited sentence holds it. Quotations must be
verbatim; figures, roles, names and aliases must be written in their evidence.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.digesters.extractive import ExtractiveDigester
from bot.digesters.llm import ChatModel, LanguageModelDigester, Outcome
from bot.domain.articles import Article
from bot.domain.digests import Digest
from bot.domain.errors import BotError
from bot.ports import Digester
from tests.eval.corpus import table
from tests.eval.pages import articles

NOW = datetime(2026, 1, 13, tzinfo=UTC)
# What a title is written out to: "Sen." is told as "Senator".
_WRITTEN_OUT = {
    "senator": "sen",
    "representative": "rep",
    "governor": "gov",
    "lieutenant": "lt",
    "general": "gen",
    "colonel": "col",
    "sergeant": "sgt",
    "captain": "capt",
}
_VERBAL = {"head": "heads", "leader": "leads", "chair": "chairs", "founder": "founded", "owner": "owns", "of": "of"}


def plain(text: str) -> str:
    """Lower case without accents, spaces single."""
    text = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).replace("’", "'").split())


def words(text: str) -> list[str]:
    """The words of a text."""
    return re.findall(r"\w+", plain(text))


def in_order(needle: list[str], hay: list[str]) -> int:
    """How many words the two have in common in the same order: their longest common subsequence."""
    row = [0] * (len(hay) + 1)
    for word in needle:
        before = row[:]
        for i, other in enumerate(hay):
            row[i + 1] = before[i] + 1 if word == other else max(before[i + 1], row[i])
    return row[-1]


def own_words(text: str) -> str:
    """A line without whose word it is, ``Jo Roe writes: “…”``, and without what announces a list's items."""
    text = re.sub(r" On the list(?:, among others)?: ", " ", text)
    return re.sub(r"^[^“”]{2,120} (?:writes?|says): (?=“)", "", text)


def claims(digest: Digest) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Every free-text line with its evidence."""
    for field in ("key_points", "next_", "background", "events"):
        for item in getattr(digest, field):
            yield field.rstrip("_"), item.text, item.evidence
    if digest.why_it_matters:
        yield "why_it_matters", digest.why_it_matters.text, digest.why_it_matters.evidence


def faults(digest: Digest, article: Article) -> Iterator[tuple[str, str, bool]]:
    """Every checked line: its part, its words, and whether it is unsupported."""
    for part, text, evidence in claims(digest):
        yield part, text, not supported(own_words(text), [article.sentence(n) for n in evidence])
    cited = " ".join(article.sentences)
    yield (
        "summary",
        digest.summary,
        bool(set(words(own_words(digest.summary.rstrip("…")))) - set(words(cited)) - _stuck(digest.summary, cited)),
    )
    yield (
        "headline",
        digest.headline,
        bool(
            set(words(digest.headline.rstrip("…").removeprefix("Opinion: ").removeprefix("Analysis: ")))
            - set(words(article.title + " " + cited))
        ),
    )
    for quote in digest.quotes:
        held = " ".join(" ".join(article.sentence(n) for n in quote.evidence).split())
        yield "quotes", quote.text, " ".join(quote.text.split()) not in held
    for figure in digest.figures:
        held = plain(" ".join(article.sentence(n) for n in figure.evidence))
        yield (
            "figures",
            f"{figure.text} | {figure.what}",
            not re.search(rf"(?<!\w){re.escape(plain(figure.text))}", held)
            or bool(set(words(figure.what)) - set(words(held))),
        )
    yield from _entity_faults(digest, article)


def _stuck(text: str, cited: str) -> set[str]:
    """Words that the article writes glued to another one."""
    return {w for w in words(text) if w in plain(cited)}


def _entity_faults(digest: Digest, article: Article) -> Iterator[tuple[str, str, bool]]:
    for entity in digest.entities:
        held = plain(" ".join(article.sentence(n) for n in entity.mentions))
        yield (
            "names",
            entity.name,
            entity.kind == "person" and bool(set(words(entity.name)) - set(words(plain(" ".join(article.sentences))))),
        )
        for alias in entity.aliases:
            yield "aliases", alias, plain(alias) not in held
        for role in entity.roles:
            said = set(words(" ".join(article.sentence(n) for n in role.evidence)))
            missing = {
                w
                for w in words(role.title)
                if w not in said
                and _WRITTEN_OUT.get(w, w) not in said
                and f"{_WRITTEN_OUT.get(w, w)}s" not in said
                and _VERBAL.get(w, w) not in said
                and w != "of"
            }
            yield "roles", f"{entity.name}: {role.title}", bool(missing)


def supported(text: str, sentences: list[str]) -> bool:
    """Whether cited sentences hold a statement's words, in one sentence's order but for a name put in."""
    ours = words(text.rstrip("…"))
    union = " ".join(plain(s) for s in sentences)
    if any(word not in union for word in ours):
        return False
    best = max(in_order(ours, words(s)) for s in sentences)
    return best >= len(ours) - (4 if len(sentences) > 1 else 1)


async def run(digester: Digester, folder: Path, label: str) -> None:
    """Print the table of one digester."""
    begin = time.perf_counter()
    made: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for id_, article in articles(folder):
        try:
            digest = await digester.digest(article, NOW)
        except BotError as error:
            made["refused"] += 1
            print(f"{id_[:8]} refused: {error}")
            continue
        for part, text, bad in faults(digest, article):
            made[part] += 1
            wrong[part] += bad
            if bad:
                print(f"{id_[:8]} {part}: {text}")
    total = sum(n for part, n in made.items() if part != "refused")
    rows = [(part, n, wrong[part]) for part, n in made.most_common()]
    print(table((label, "lines", "unsupported"), [*rows, ("all", total, sum(wrong.values()))]))
    print(f"{time.perf_counter() - begin:.0f} s in all")


def told(outcomes: list[Outcome]) -> str:
    """What became of a model's statements."""
    dropped = sum((o.dropped for o in outcomes), Counter[str]())
    fallbacks = Counter(o.fallback for o in outcomes if o.fallback)
    asked, made, kept = (sum(getattr(o, name) for o in outcomes) for name in ("asked", "made", "kept"))
    seconds = sorted(o.seconds for o in outcomes)
    rows = [*dropped.most_common(), *((f"fallback: {why}", n) for why, n in fallbacks.most_common())]
    return (
        f"{len(outcomes)} articles, {asked} questions, {made} statements made, {kept} kept, of these "
        f"{sum(o.recited for o in outcomes)} with citations put right; {sum(fallbacks.values())} fell back; "
        f"median {seconds[len(seconds) // 2]:.0f} s, longest {seconds[-1]:.0f} s\n{table(('dropped', 'count'), rows)}"
    )


def main() -> None:
    """Check every digester asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--llm", nargs=2, metavar=("BASE_URL", "MODEL"))
    parser.add_argument("--seconds", type=float, default=120.0)
    options = parser.parse_args()
    offline = ExtractiveDigester()
    asyncio.run(run(offline, options.folder, "extractive"))
    if options.llm:
        outcomes: list[Outcome] = []
        model = ChatModel(options.llm[0], "", options.llm[1], deadline=options.seconds)
        digester = LanguageModelDigester(model, offline, outcomes.append)
        asyncio.run(run(digester, options.folder, f"llm:{options.llm[1]}"))
        print(told(outcomes))
    offline.close()


if __name__ == "__main__":
    main()
