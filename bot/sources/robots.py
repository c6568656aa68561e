"""robots.txt as RFC 9309 has it.

Matched here in linear time: libraries turn its wildcards into backtracking expressions, and the file is a stranger's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

_LINE = re.compile(r"^\s*([A-Za-z-]{1,30})\s*:\s*([^#]*)")
_MOST_RULES = 5000
_LONGEST_RULE = 500


@dataclass(frozen=True, slots=True)
class Robots:
    """What one robots.txt says to us. Without rules everything is allowed."""

    rules: tuple[tuple[str, bool], ...] = ()  #: pattern and whether it allows
    delay: float = 0.0  #: seconds between requests
    sitemaps: tuple[str, ...] = ()

    def allows(self, path: str) -> bool:
        """Whether ``path`` (with its query) may be fetched: the longest rule that fits decides, allowing on a tie."""
        target = _encoded(path)
        fitting = [(len(pattern), allow) for pattern, allow in self.rules if _fits(pattern, target)]
        return max(fitting)[1] if fitting else True


def robots_of(text: str, agent: str) -> Robots:
    """Read a robots.txt for the program named ``agent``."""
    ours: list[tuple[str, bool]] = []
    everyone: list[tuple[str, bool]] = []
    delays = {"ours": 0.0, "everyone": 0.0}
    sitemaps: list[str] = []
    groups: set[str] = set()
    named, in_names = False, False
    for line in text.lstrip("\ufeff").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        field, value = match[1].lower(), match[2].strip()
        if field == "user-agent":
            groups = groups if in_names else set()
            in_names = True
            if _is_us(value, agent):
                named = True
                groups.add("ours")
            elif value == "*":
                groups.add("everyone")
            continue
        if field == "sitemap":
            sitemaps.append(value)
            continue
        in_names = False
        for group in groups:
            _learn(field, value, ours if group == "ours" else everyone, delays, group)
    rules = ours if named else everyone
    return Robots(tuple(rules[:_MOST_RULES]), delays["ours" if named else "everyone"], tuple(sitemaps[:50]))


def _learn(field: str, value: str, rules: list[tuple[str, bool]], delays: dict[str, float], group: str) -> None:
    if field in ("allow", "disallow") and value and len(value) <= _LONGEST_RULE:
        rules.append((_encoded(value), field == "allow"))
    elif field == "crawl-delay" and re.fullmatch(r"\d{1,5}(\.\d{1,3})?", value):
        delays[group] = float(value)


def _is_us(value: str, agent: str) -> bool:
    token = re.match(r"[A-Za-z_-]+", value)
    return token is not None and token[0].lower() == agent.lower()


def _encoded(text: str) -> str:
    return quote(unquote(text), safe="/*$?=&;:@!'()+,~%-._[]")


def _fits(pattern: str, path: str) -> bool:
    """Whether ``pattern`` matches from the start of ``path``; ``*`` is anything, a final ``$`` the end."""
    anchored = pattern.endswith("$")
    parts = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if len(parts) == 1:
        return not anchored or at == len(path)
    last = parts[-1]
    if anchored:
        return path.endswith(last) and len(path) - len(last) >= at
    return path.find(last, at) >= 0
