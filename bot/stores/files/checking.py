"""What ``lede check`` finds: every fault of every file, and whether digests agree with their articles."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.articles import Article
from bot.domain.digests import Digest
from bot.domain.entities import Decisions
from bot.domain.errors import StoreError
from bot.ports import Problem
from bot.stores.files.articles import FileArticleStore
from bot.stores.files.folder import DECISIONS_FILE, listed
from bot.stores.files.reading import DIGEST_BYTES, Fault, Unusable, decisions_of, digest_of, stored_bytes

_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'"))


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found."""

    checked: int  #: how many files were looked at
    valid: int  #: how many of them are without a fault
    problems: tuple[Problem, ...]  #: paths begin with the path that was asked for


@dataclass(frozen=True, slots=True)
class _File:
    shown: str
    path: Path
    within: Path


def check(paths: Sequence[Path], articles: FileArticleStore | None = None) -> Report:
    """Look at every digest and every ``entities.json`` in ``paths``; blocking.

    Args:
        paths: files, and folders with everything below them. A file named twice is looked at once.
        articles: where digests have their articles there, hash, length and quotations are compared.
    """
    files, problems = _files(paths)
    ids: dict[str, str] = {}
    valid = 0
    for file in files:
        faults = _faults(file, ids, articles)
        valid += not faults
        problems.extend(Problem(file.shown, field, reason) for field, reason in faults)
    return Report(len(files), valid, tuple(problems))


def _files(paths: Sequence[Path]) -> tuple[list[_File], list[Problem]]:
    found: dict[Path, _File] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            listing = listed(path)
            problems += (Problem(str(path / each.path), each.field, each.reason) for each in listing.problems)
            names = [*listing.stamps, *([DECISIONS_FILE] if listing.decisions else [])]
            each_file = [_File(str(path / name), path / name, path) for name in names]
        elif path.exists() or path.is_symlink():
            each_file = [_File(str(path), path, path.parent)]
        else:
            problems.append(Problem(str(path), "", "is not there"))
            continue
        for file in each_file:
            found.setdefault(file.path.absolute(), file)
    return list(found.values()), problems


def _faults(file: _File, ids: dict[str, str], articles: FileArticleStore | None) -> tuple[Fault, ...]:
    """The faults of one file; ``ids`` gathers which file holds which id."""
    try:
        content = stored_bytes(file.path, file.within, DIGEST_BYTES)
        if file.path.name == DECISIONS_FILE:
            return tuple(contrary_decisions(decisions_of(content)))
        digest = digest_of(content)
    except Unusable as unusable:
        return unusable.faults
    except FileNotFoundError:
        return (("", "went away while it was checked"),)
    first = ids.setdefault(digest.id, file.shown)
    if first != file.shown:
        return (("id", f"{digest.id} is already the id of {first}, which is served"),)
    return tuple(_against_article(digest, articles)) if articles else ()


def contrary_decisions(decisions: Decisions) -> Iterator[Fault]:
    """Where people decided one thing and its contrary, so that only one of the two can have an effect."""
    into: dict[str, str] = {}
    for number, merge in enumerate(decisions.merges):
        for id_ in merge.ids:
            if id_ == merge.into:
                yield f"merges.{number}.ids", f"{id_} is merged into itself"
            elif into.setdefault(id_, merge.into) != merge.into:
                yield f"merges.{number}.ids", f"{id_} is already merged into {into[id_]}"
    for number, (one, other) in enumerate(decisions.never_merge):
        if one == other:
            yield f"never_merge.{number}", f"{one} cannot be kept apart from itself"
        elif _end(into, one) == _end(into, other):
            yield f"never_merge.{number}", f"{one} and {other} are merged by merges"


def _end(into: dict[str, str], id_: str) -> str:
    seen = {id_}
    while (following := into.get(id_)) and following not in seen:
        seen.add(id_ := following)
    return id_


def _against_article(digest: Digest, articles: FileArticleStore) -> Iterator[Fault]:
    try:
        article = articles.read(digest.id)
    except StoreError as error:
        yield "article", str(error)
        return
    if article:
        yield from disagreements(digest, article)


def disagreements(digest: Digest, article: Article) -> Iterator[Fault]:
    """Where ``digest`` is not about exactly this ``article``, or quotes what its sentences do not hold."""
    if digest.article.sentences != len(article.sentences):
        yield "article.sentences", f"is {digest.article.sentences}, but the article has {len(article.sentences)}"
        return
    if digest.article.sha256 != article.sha256:
        yield "article.sha256", "is not the hash of the article that is kept: its text changed"
        return
    for number, quote in enumerate(digest.quotes):
        said = " ".join(article.sentence(sentence) for sentence in quote.evidence)
        if _comparable(quote.text) not in _comparable(said):
            yield f"quotes.{number}.text", "is not what the sentences of its evidence say, word for word"


def _comparable(text: str) -> str:
    """Without the differences that typesetting makes: quotation marks, widths of space, composed accents."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTATION_MARKS).split())
