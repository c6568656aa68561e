"""How stored JSON is written: readable for people, stable for version control, free of invisible characters."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

# A list of numbers (evidence, mentions, paragraphs) belongs on one line. A raw newline never occurs inside a JSON
# string, so this can only match the layout that json.dumps itself put there.
_NUMBERS = re.compile(r"\[\n\s+(\d+(?:,\n\s+\d+)*)\n\s+\]")
# Controls and format characters that would hide or reorder what a person sees in an editor or a diff. Joiners
# (U+200C, U+200D) stay: whole scripts and emoji need them.
_INVISIBLE = re.compile(
    "[\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def json_text(value: Mapping[str, Any]) -> str:
    """``value`` as a JSON file: two spaces of indentation, UTF-8, lists of numbers on one line, a newline at the end.

    Equal values give equal text, so that writing a file again changes nothing.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    text = _NUMBERS.sub(lambda match: "[" + re.sub(r"\s+", " ", match[1]) + "]", text)
    return _INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"
