"""What a framework says about findings: checked, and completed by the default texts."""

from __future__ import annotations

import difflib
import string
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Literal

from workbook import resources
from workbook.content.flaws import Flaw, unknown
from workbook.content.reading import Steps, read
from workbook.errors import nearest
from workbook.i18n import ENGLISH
from workbook.model.base import Text
from workbook.model.framework import FindingText, Framework, Question

TEXTS = ("title", "explanation", "headline", "headline_many")
ACTION_FACTS = ("focal_point", "area")
FOLDER = "findings"
"""The folder of the templates that holds a file for every kind that a rule raises."""


class FindingKind(FindingText):
    """A kind that a rule raises, with its default text.

    `when` says for readers what raises it. `facts` fill the placeholders of its texts. `needs`:
    only a framework with such a focal point can raise it. `otherwise`: what a framework asks for
    that has not the kind's own action.
    """

    when: Text
    facts: tuple[str, ...]
    needs: Literal["system", "sponsor"] | None = None
    otherwise: str | None = None
    source: str = "method"


def check_findings(framework: Framework) -> Iterator[Flaw]:
    """Kinds that lack a text or that nothing raises, actions that nothing asks for, wrong gaps."""
    carried = facts(framework)
    yield from _unraised(framework, carried)
    for kind, finding in framework.findings.items():
        if kind not in carried:
            continue
        at = ("findings", kind)
        if finding.action is not None:
            yield from unknown("action", finding.action, framework.actions, *at, "action")
        for field in TEXTS:
            carries = ("count",) if field == "headline_many" else carried[kind]
            yield from _gaps(getattr(finding, field), carries, (*at, field))
    used = {finding.action for finding in framework.findings.values()}
    used |= {_default_action(framework, kind) for kind in _silent(framework)}
    for key, action in framework.actions.items():
        if key not in used:
            message = f"no finding asks for the action “{key}”"
            yield Flaw(("actions", key), message, "name it in a finding, or drop it")
        yield from _gaps(action.title, _action_facts(framework, key), ("actions", key, "title"))
        yield from _gaps(action.title_many, ("count",), ("actions", key, "title_many"))


def _action_facts(framework: Framework, key: str) -> tuple[str, ...]:
    """What an action's title may use: people only where every finding that asks for it has them."""
    carried = facts(framework)
    asking = {kind for kind, finding in framework.findings.items() if finding.action == key}
    named = all("parties" in carried[kind] for kind in asking & carried.keys())
    return (*ACTION_FACTS, "parties") if named else ACTION_FACTS


def _unraised(framework: Framework, carried: Collection[str]) -> Iterator[Flaw]:
    for kind in framework.findings.keys() - carried:
        near = difflib.get_close_matches(kind, facts(framework, asked=False), n=1)
        fix = nearest(kind, near) if near else "name it in a question’s findings, or drop it"
        yield Flaw(("findings", kind), f"nothing raises the finding “{kind}”", fix)


def facts(framework: Framework, *, asked: bool = True) -> dict[str, tuple[str, ...]]:
    """Every kind of finding that this framework can raise, with the facts that it carries.

    Without `asked`, only those that the rules raise, not those that questions name.
    """
    points = [f for area in framework.areas for f in area.focal_points]
    there = {None, *(f.kind for f in points), *("sponsor" for f in points if f.sponsor)}
    carried = {key: kind.facts for key, kind in kinds().items() if kind.needs in there}
    return carried | _asked(framework) if asked else carried


def with_defaults(framework: Framework) -> Framework:
    """The framework with the default text of every kind that it can raise and does not tell."""
    defaults = {kind: _default_text(framework, kind) for kind in sorted(_silent(framework))}
    if not defaults:
        return framework
    return framework.model_copy(update={"findings": {**framework.findings, **defaults}})


def _silent(framework: Framework) -> frozenset[str]:
    """The kinds that rules can raise for a framework, and that it has no text for."""
    return frozenset(facts(framework, asked=False).keys() - framework.findings.keys())


def _default_text(framework: Framework, kind: str) -> FindingText:
    """The default text of a kind in the framework's languages, English where one is missing.

    It asks for no action if the framework has neither of the kind's.
    """
    text = kinds()[kind]
    source = text.source if text.source in framework.sources else min(framework.sources, default="")
    texts = {field: getattr(text, field) for field in TEXTS}
    return FindingText(
        severity=text.severity,
        action=_default_action(framework, kind),
        source=source,
        **{
            field: Text({lang: t.root.get(lang, t.root[ENGLISH]) for lang in framework.languages})
            for field, t in texts.items()
            if t is not None
        },
    )


def _default_action(framework: Framework, kind: str) -> str | None:
    text = kinds()[kind]
    actions = (text.action, text.otherwise)
    return next((key for key in actions if key in framework.actions), None)


@cache
def kinds() -> Mapping[str, FindingKind]:
    """Every kind that a rule of scoring raises, by key."""
    files = sorted((resources.templates() / FOLDER).glob("*.yaml"))
    return {file.stem: FindingKind.model_validate(read(file).data) for file in files}


def _asked(framework: Framework) -> dict[str, tuple[str, ...]]:
    raised: dict[str, tuple[str, ...]] = {}
    for area in framework.areas:
        for question in area.questions:
            for outcome, kind in question.findings.items():
                known = _known(question, outcome)
                raised[kind] = tuple(fact for fact in raised.get(kind, known) if fact in known)
    return raised


def _known(question: Question, outcome: str) -> tuple[str, ...]:
    known = ["area", "question"]
    if question.per is not None:
        known.append("focal_point")
    if outcome not in ("missing", "unknown"):
        known += ["count", "total"]
        if question.kind in ("date", "dates"):
            known += ["date", "days"]
    return tuple(known)


def _gaps(text: Text | None, valid: tuple[str, ...], at: Steps) -> Iterator[Flaw]:
    for language, wording in text.root.items() if text else ():
        steps = (*at, language)
        try:
            gaps = [
                (name, bool(form or conversion))
                for _, name, form, conversion in string.Formatter().parse(wording)
                if name is not None
            ]
        except ValueError:
            yield Flaw(steps, "has a brace that is not closed", "write {{ for a brace of the text")
            continue
        for name, formatted in gaps:
            if formatted:
                message = "a placeholder is a name in braces, without “:” or “!”"
                yield Flaw(steps, message, f"write {{{name}}}")
            if name not in valid:
                message = f"this text cannot fill the placeholder {{{name}}}"
                yield Flaw(steps, message, nearest(name, valid))
