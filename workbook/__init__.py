"""The ownership workbook: find out who owns what in a commerce programme.

    from workbook import load_engagement, evaluate, results

    engagement, rules = load_engagement("acme.yaml")
    evaluation = evaluate(rules, engagement, as_of)
    results.findings([evaluation])          # a data frame

Names are imported on first use, so that `import workbook` costs nothing.
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"
__all__ = [
    "BadInput",
    "Workspace",
    "evaluate",
    "load_engagement",
    "load_framework",
    "printed",
    "results",
    "score_frames",
]

_HOMES = {
    "BadInput": "workbook.errors",
    "Workspace": "workbook.workspace",
    "evaluate": "workbook.scoring",
    "load_engagement": "workbook.content",
    "load_framework": "workbook.content",
    "printed": "workbook.wording.figures",
    "score_frames": "workbook.scoring.tables",
}


def __getattr__(name: str) -> object:
    if name == "results":
        return import_module("workbook.scoring.results")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
