"""Compares executed notebooks cell by cell, apart from what differs between any two runs."""

from __future__ import annotations

import json
import re
from itertools import groupby

VOLATILE = [
    (re.compile(r"0x[0-9a-f]{6,}"), "0x…"),
    (re.compile(r"ipykernel_?\d*/\d+\.py"), "ipykernel/….py"),
    (re.compile(r'((CPU times|Wall time): )[^\\"]+'), r"\1…"),
    (re.compile(r"[\d.]+ \w+ ± [\d.]+ \w+ per loop"), "… per loop"),
    (re.compile(r"(?<![0-9a-f])([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})"), "an id"),
]
FOLDER = re.compile(r"/[\w/.-]*/(?=[a-z]+-\d\d\b)")
"""The folder in which the folders of the small notebooks lie."""
TIMED = ("execution", "papermill")


def cells(notebook):
    """Each cell as text: everything it says, ids and times apart."""
    return [_cell(cell) for cell in notebook["cells"]]


def widgets(notebook):
    """The widgets' states, their ids apart."""
    found = notebook["metadata"].get("widgets", {})
    states = [state for kept in found.values() for state in kept["state"].values()]
    return sorted(_steady(json.dumps(state, sort_keys=True, indent=1)) for state in states)


def _cell(cell):
    told = {key: value for key, value in cell.items() if key not in {"id", "metadata", "outputs"}}
    told["metadata"] = {k: v for k, v in cell["metadata"].items() if k not in TIMED}
    ran = cell["metadata"].get("papermill", {})
    told["ran"] = [ran.get("status"), ran.get("exception")]
    if "outputs" in cell:
        told["outputs"] = list(_joined(cell["outputs"]))
    return _steady(json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False))


def _joined(outputs):
    """A kernel sends a stream's text in pieces, as many as it takes time."""
    for kind, group in groupby(outputs, lambda one: (one["output_type"], one.get("name"))):
        if kind[0] == "stream":
            yield {"stream": kind[1], "text": "".join("".join(one["text"]) for one in group)}
        else:
            yield from group


def _steady(text):
    text = FOLDER.sub("FOLDER/", text)
    for pattern, word in VOLATILE:
        text = pattern.sub(word, text)
    return text
