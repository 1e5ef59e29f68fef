"""Notebooks as text, byte for byte as nbformat writes them, without its walk through Python.

nbformat copies the notebook and lets the standard library indent it, which then encodes in Python;
a report's long texts take most of the time. Here each line of a text is encoded in C.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any

SPLIT = frozenset({"application/javascript", "image/svg+xml"})
"""Besides `text/…`: what is stored line by line."""


def dumps(notebook: dict[str, Any]) -> str:
    """A notebook (format 4) as the content of a file. The notebook is left as it is."""
    whole = {**notebook, "cells": [_cell(cell) for cell in notebook["cells"]]}
    return _encoded(whole, "\n") + "\n"


class _Lines(str):
    """A text that is stored as a list of its lines."""

    __slots__ = ()


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    stored = {**cell, "source": _Lines(cell["source"])}
    stored["metadata"] = {k: v for k, v in cell["metadata"].items() if k != "trusted"}
    if "attachments" in cell:
        stored["attachments"] = {k: _bundle(v) for k, v in cell["attachments"].items()}
    if "outputs" in cell:
        stored["outputs"] = [_output(output) for output in cell["outputs"]]
    return stored


def _output(output: dict[str, Any]) -> dict[str, Any]:
    if "data" in output:
        return {**output, "data": _bundle(output["data"])}
    if output["output_type"] == "stream":
        return {**output, "text": _Lines(output["text"])}
    return output


def _bundle(data: dict[str, Any]) -> dict[str, Any]:
    return {
        kind: _Lines(value)
        if isinstance(value, str) and (kind.startswith("text/") or kind in SPLIT)
        else value
        for kind, value in data.items()
    }


def _encoded(value: object, line: str) -> str:
    """JSON with keys in order; `line` is a line break and the indentation reached."""
    if isinstance(value, _Lines):
        return _listed(list(map(encode_basestring, value.splitlines(keepends=True))), line)
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict):
        inner = line + " "
        pairs = (f"{encode_basestring(k)}: {_encoded(v, inner)}" for k, v in sorted(value.items()))
        return _wrapped("{", list(pairs), "}", line)
    if isinstance(value, list | tuple):
        return _listed([_encoded(element, line + " ") for element in value], line)
    return json.dumps(value)


def _listed(items: list[str], line: str) -> str:
    return _wrapped("[", items, "]", line)


def _wrapped(opening: str, items: list[str], closing: str, line: str) -> str:
    if not items:
        return opening + closing
    return f"{opening}{line} " + f",{line} ".join(items) + line + closing
