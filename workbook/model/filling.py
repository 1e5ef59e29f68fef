"""Texts of documents with placeholders: filled in by name, and nothing else.

`str.format` is for our own messages only. In a text from a document it would follow attributes
(`{0.__class__}`) and widths (`{x:>9999999}`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_BRACES = re.compile(r"\{\{|\}\}|\{(\w+)\}")


def filled_in(text: str, values: Mapping[str, str], other: str | None = None) -> str:
    """The text with each `{name}` replaced by its value, by `other` where it has none.

    `{{` and `}}` are braces of the text. Whatever else stands in braces stays as it is.
    """

    def replacement(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            return match[0][0]
        return values.get(name, match[0] if other is None else other)

    return _BRACES.sub(replacement, text)
