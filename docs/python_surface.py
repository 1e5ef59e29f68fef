"""Write docs/reference/python.md: the documented Python surface, each name with a run example.

    python -m docs.python_surface

The page holds what the docstrings say and what the examples print; a test makes it again and
compares. A name that is not listed here may change without notice.
"""  # noqa: INP001 - a program of the documentation, not a package

from __future__ import annotations

import contextlib
import inspect
import io
import os
import re
import sys
import tempfile
from pathlib import Path
from pkgutil import resolve_name

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/reference/python.md"

START = """
import datetime as dt
from workbook import evaluate, load_engagement

today = dt.date(2026, 11, 23)
engagement, rules = load_engagement("templates/engagements/maison-lorient.yaml")
"""
"""What every example begins with."""

WORKSPACE = """
from workbook import Workspace
from workbook.workspace import Change

workspace = Workspace.at(folder)
session = workspace.new(engagement, actor="Marie")
"""

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "Read and check": (
        (
            "workbook:load_engagement",
            "print(engagement.organisation.name, rules.key, rules.version)",
        ),
        (
            "workbook:load_framework",
            (
                "from workbook import load_framework\n\n"
                'framework = load_framework("data-platform")\n'
                'print([area.title["en"] for area in framework.areas])'
            ),
        ),
        (
            "workbook.content:framework_keys",
            "from workbook.content import framework_keys\n\nprint(framework_keys())",
        ),
        (
            "workbook.content:check_engagement",
            (
                "from workbook.content import check_engagement\n\n"
                "print(check_engagement(engagement, rules.framework))"
            ),
        ),
        (
            "workbook.content:dump_engagement",
            (
                "from workbook.content import dump_engagement\n\n"
                "print(dump_engagement(engagement).splitlines()[1])"
            ),
        ),
        (
            "workbook.content:engagement_schema",
            (
                "from workbook.content import engagement_schema\n\n"
                'print(engagement_schema()["required"])'
            ),
        ),
        (
            "workbook.content:framework_schema",
            'from workbook.content import framework_schema\n\nprint(framework_schema()["title"])',
        ),
        (
            "workbook:BadInput",
            (
                "from workbook import BadInput, load_framework\n\n"
                "try:\n"
                '    load_framework("data-platfrom")\n'
                "except BadInput as bad:\n"
                "    print(bad)"
            ),
        ),
        (
            "workbook.model.rules:in_force",
            (
                "from workbook.model.engagement import Overlay\n"
                "from workbook.model.rules import in_force\n\n"
                'smaller = in_force(rules.framework, Overlay(off=("delivery",)))\n'
                "print([(one.kind.value, one.subject) for one in smaller.adaptations])"
            ),
        ),
    ),
    "Evaluate": (
        (
            "workbook:evaluate",
            "evaluation = evaluate(rules, engagement, today)\nprint(evaluation.level)",
        ),
        (
            "workbook.scoring:Evaluator",
            (
                "from workbook.scoring import Evaluator\n\n"
                "evaluator = Evaluator()\n"
                "evaluation = evaluator.evaluate(rules, engagement, today)\n"
                "print(evaluation == evaluate(rules, engagement, today))"
            ),
        ),
        (
            "workbook.wording.figures:score_text",
            (
                "from workbook.i18n import voice\n"
                "from workbook.wording.figures import score_text\n\n"
                "score = evaluate(rules, engagement, today).score\n"
                'print(score_text(score, voice("en")))\n'
                'print(score_text(score, voice("fr")))'
            ),
        ),
    ),
    "As data frames": (
        (
            "workbook.scoring.results:scores",
            (
                "from workbook import results\n\n"
                "frame = results.scores([evaluate(rules, engagement, today)])\n"
                'print(frame[["area", "low", "high"]].head(3).round(2).to_string(index=False))'
            ),
        ),
        (
            "workbook.scoring.results:items",
            (
                "from workbook import results\n\n"
                "frame = results.items([evaluate(rules, engagement, today)])\n"
                "print(round(frame.contribution.sum(), 2))"
            ),
        ),
        (
            "workbook.scoring.results:findings",
            (
                "from workbook import results\n\n"
                "frame = results.findings([evaluate(rules, engagement, today)])\n"
                "print(frame.kind.value_counts().head(3))"
            ),
        ),
        (
            "workbook.scoring.results:actions",
            (
                "from workbook import results\n\n"
                "frame = results.actions([evaluate(rules, engagement, today)])\n"
                'print(frame[["kind", "focal_point"]].head(3).to_string(index=False))'
            ),
        ),
        (
            "workbook.scoring.results:nominations",
            "from workbook import results\n\nprint(len(results.nominations([engagement])))",
        ),
        (
            "workbook.scoring.tables:frames_of",
            (
                "from workbook.scoring.tables import frames_of\n\n"
                'engagement, rules = load_engagement("templates/engagements/northgate-home.yaml")\n'
                "frames = frames_of(rules, [engagement])\n"
                "print(len(frames.engagements), len(frames.parties))"
            ),
        ),
        (
            "workbook:score_frames",
            (
                "from workbook import score_frames\n"
                "from workbook.scoring.tables import frames_of\n\n"
                'engagement, rules = load_engagement("templates/engagements/northgate-home.yaml")\n'
                "frame = score_frames(rules, frames_of(rules, [engagement]))\n"
                "print(frame.columns[:4].tolist(), len(frame))"
            ),
        ),
    ),
    "Keep what is said": (
        ("workbook:Workspace", WORKSPACE + "print([one.key for one in workspace.engagements()])"),
        (
            "workbook.workspace:Change",
            WORKSPACE
            + 'session.record(Change(("decision", "delivery"), {"owner": "nobody"}))\n'
            + 'print(session.engagement.standing_decisions()["delivery"].owner)',
        ),
        (
            "workbook.workspace:Session",
            WORKSPACE
            + "before = session.evaluate(today)\n"
            + 'session.record(Change(("decision", "delivery"), {"owner": "nobody"}))\n'
            + "session.undo()\n"
            + "print(session.evaluate(today).score == before.score)",
        ),
        (
            "workbook.workspace:Session.baseline",
            WORKSPACE + 'session.baseline("After workshop")\n'
            'print(session.at("After workshop") == session.engagement)',
        ),
        (
            "workbook.workspace:Session.erase",
            WORKSPACE + "person = engagement.people[0].id\nsession.erase(person)\n"
            "print(person in session.engagement.parties())",
        ),
    ),
    "Show": (
        (
            "workbook.report:build",
            (
                "from workbook.report import build\n\n"
                'report = build(rules, engagement, evaluate(rules, engagement, today), "fr")\n'
                "print(report.title)"
            ),
        ),
        (
            "workbook.report:page",
            (
                "from workbook.report import build, page\n\n"
                "evaluation = evaluate(rules, engagement, today)\n"
                'print(page(build(rules, engagement, evaluation, "en"))[:15])'
            ),
        ),
        (
            "workbook.report:plain",
            (
                "from workbook.report import build, plain\n\n"
                "evaluation = evaluate(rules, engagement, today)\n"
                'print(plain(build(rules, engagement, evaluation, "en")).splitlines()[0])'
            ),
        ),
        (
            "workbook.report:SECTIONS",
            "from workbook.report import SECTIONS\n\nprint(list(SECTIONS)[:4])",
        ),
        (
            "workbook.portfolio:gather",
            (
                "from workbook.portfolio import gather\n\n"
                'print(len(gather(["templates/engagements"]).members))'
            ),
        ),
        (
            "workbook.portfolio:assess",
            (
                "from workbook.portfolio import assess, gather\n\n"
                'assessed = assess(gather(["templates/engagements"]), today)\n'
                "print(len(assessed.cohorts))"
            ),
        ),
    ),
}


def namespace(target: str) -> str:
    """The name as a reader imports it."""
    return target.replace(":", ".")


def output(code: str) -> str:
    """What an example prints, run in the project's folder with a fresh scratch folder."""
    printed = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(printed):
        exec(compile(START + code, "<example>", "exec"), {"folder": folder})  # noqa: S102 - our own
    return printed.getvalue().rstrip()


def entry(target: str, code: str) -> str:
    """One name: signature, docstring, example and what it prints."""
    value = resolve_name(target)
    is_code = inspect.isclass(value) or inspect.isroutine(value)
    signature = re.sub(r" at 0x[0-9a-f]+", "", str(inspect.signature(value))) if is_code else ""
    text = inspect.getdoc(value) if is_code else None
    name = namespace(target)
    heading = f"### {name.rpartition('.')[2]}\n\n`{name}{_short(signature)}`"
    parts = [heading, text or "", f"```python\n{code.strip()}\n```"]
    shown = output(code)
    parts.append(f"```text\n{shown}\n```")
    return "\n\n".join(part for part in parts if part)


def _short(signature: str) -> str:
    return re.sub(r"workbook(\.\w+)+\.", "", signature)


def whole() -> str:
    """The whole page."""
    intro = (
        "# The Python surface\n\n"
        "Generated by `python -m docs.python_surface`. These names are documented and kept; "
        "everything else may change without notice. Every example was run, and begins with:\n\n"
        f"```python\n{START.strip()}\n```\n\n"
        "`folder` is an empty folder of your own."
    )
    sections = [
        "\n\n".join([f"## {title}", *(entry(target, code) for target, code in entries)])
        for title, entries in EXAMPLES.items()
    ]
    return "\n\n".join([intro, *sections]) + "\n"


if __name__ == "__main__":
    os.chdir(ROOT)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(whole(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")
