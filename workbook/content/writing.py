"""Writes an engagement as a YAML document that people can read and change.

The order of keys is the model's, what equals its default is left out, and every person, nomination
or decision takes one line, so that a change shows as one line in a comparison.
"""

from __future__ import annotations

import json
import re

from workbook.content.nodes import Data
from workbook.model.engagement import Engagement

_WIDTH = 100
# Texts that stay texts without quotes, inside brackets too, for readers of older YAML as well.
_BARE = re.compile(r"[^\W\d_][\w.@/+&’-]*(?: [\w.@/+&’-]+)*|\d{4}-\d\d-\d\d|\d+\.\d+\.\d+")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def dump_engagement(engagement: Engagement) -> str:
    """The engagement as YAML; loading it gives an equal engagement."""
    data = engagement.model_dump(mode="json", exclude_defaults=True)
    lines: list[str] = []
    for key, value in {"schema_version": engagement.schema_version, **data}.items():
        if isinstance(value, list):
            lines.append("")
        lines += _lines(key, value, "")
    return "\n".join(lines) + "\n"


def _lines(key: str, value: Data, indent: str) -> list[str]:
    head = f"{indent}{_flow(key)}:"
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return [head, *(f"{indent}  - {_flow(item)}" for item in value)]
    line = f"{head} {_flow(value)}"
    if not isinstance(value, dict) or not value or len(line) <= _WIDTH:
        return [line]
    return [head, *(line for pair in value.items() for line in _lines(*pair, indent + "  "))]


def _flow(value: Data) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    if _BARE.fullmatch(value) and value.lower() not in _WORDS:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
