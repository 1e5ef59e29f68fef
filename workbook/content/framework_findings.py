"""Cross-checks of what a framework says about findings: complete, used, with gaps to fill."""

from __future__ import annotations

import difflib
import string
from collections.abc import Collection, Iterator, Mapping

from workbook.content.flaws import Flaw, unknown
from workbook.content.reading import Steps
from workbook.errors import nearest
from workbook.model.base import Text
from workbook.model.framework import Framework, Question

_PLACE = ("focal_point", "area")
_HELD = (*_PLACE, "parties")

RAISED: Mapping[str, tuple[str, ...]] = {
    "orphan": (*_PLACE, "count", "total"),
    "contested": (*_HELD, "count", "total"),
    "several_accountable": (*_HELD, "count", "total"),
    "team_without_lead": (*_HELD, "count", "total"),
    "vacant": (*_PLACE, "count", "total"),
    "outside_without_inside": _HELD,
    "no_deputy": _HELD,
    "deputy_is_owner": _HELD,
    "title_does_not_fit": (*_HELD, "title"),
    "nobody_responsible": _PLACE,
    "too_many_roles": (*_HELD, "count"),
    "unconfirmed_self_nomination": (*_HELD, "count", "total"),
    "role_not_accepted": _HELD,
    "stale_ownership": (*_HELD, "days", "date"),
    "low_confidence": (*_PLACE, "count", "total"),
    "overloaded": ("parties", "count", "total"),
    "single_person_dependency": ("parties", "count", "total"),
    "same_lead_in_areas": ("parties", "count", "total"),
    "many_unknowns": ("area", "count", "total"),
}
"""The kinds that the rules of scoring raise for every framework, with the facts they carry."""

FOR_SYSTEMS = {"system_without_owner": (*_PLACE, "count", "total")}
FOR_SPONSOR = {
    "no_sponsor": (*_PLACE, "count", "total"),
    "sponsor_outside_c_suite": _HELD,
}
ACTION_FACTS = _PLACE


def check_findings(framework: Framework) -> Iterator[Flaw]:
    """Kinds that lack a text or that nothing raises, actions that nothing asks for, wrong gaps."""
    carried = facts(framework)
    yield from _complete(framework, carried)
    for kind, told in framework.findings.items():
        if kind not in carried:
            continue
        at = ("findings", kind)
        if told.action is not None:
            yield from unknown("action", told.action, framework.actions, *at, "action")
        for field in ("title", "explanation", "headline"):
            yield from _gaps(getattr(told, field), carried[kind], (*at, field))
        yield from _gaps(told.headline_many, ("count",), (*at, "headline_many"))
    used = {told.action for told in framework.findings.values()}
    for key, action in framework.actions.items():
        if key not in used:
            what = f"no finding asks for the action “{key}”"
            yield Flaw(("actions", key), what, "name it in a finding, or drop it")
        yield from _gaps(action.title, ACTION_FACTS, ("actions", key, "title"))


def _complete(framework: Framework, carried: Collection[str]) -> Iterator[Flaw]:
    always = facts(framework, asked=False).keys() - framework.findings.keys()
    mistyped: set[str] = set()
    for kind in framework.findings.keys() - carried:
        near = difflib.get_close_matches(kind, always, n=1)
        mistyped.update(near)
        mend = nearest(kind, near) if near else "name it in a question’s findings, or drop it"
        yield Flaw(("findings", kind), f"nothing raises the finding “{kind}”", mend)
    for kind in sorted(always - mistyped):
        what = f"the finding “{kind}” has no text"
        yield Flaw(("findings",), what, f"add “{kind}:” with title, explanation and severity")


def facts(framework: Framework, *, asked: bool = True) -> dict[str, tuple[str, ...]]:
    """Every kind of finding that this framework can raise, with the facts that it carries.

    Without `asked`, only those that the rules raise, not those that questions name.
    """
    carried = dict(RAISED)
    focal_points = [f for area in framework.areas for f in area.focal_points]
    if any(f.kind == "system" for f in focal_points):
        carried |= FOR_SYSTEMS
    if any(f.sponsor for f in focal_points):
        carried |= FOR_SPONSOR
    return carried | _asked(framework) if asked else carried


def _asked(framework: Framework) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for area in framework.areas:
        for question in area.questions:
            for outcome, kind in question.findings.items():
                known = _known(question, outcome)
                found[kind] = tuple(fact for fact in found.get(kind, known) if fact in known)
    return found


def _known(question: Question, outcome: str) -> tuple[str, ...]:
    found = ["area", "question"]
    if question.per is not None:
        found.append("focal_point")
    if outcome not in ("missing", "unknown"):
        found += ["count", "total"]
        if question.kind in ("date", "dates"):
            found += ["date", "days"]
    return tuple(found)


def _gaps(text: Text | None, valid: tuple[str, ...], at: Steps) -> Iterator[Flaw]:
    for language, said in text.root.items() if text else ():
        steps = (*at, language)
        try:
            names = [name for _, name, _, _ in string.Formatter().parse(said) if name is not None]
        except ValueError:
            yield Flaw(steps, "has a brace that is not closed", "write {{ for a brace of the text")
            continue
        for name in names:
            if name not in valid:
                what = f"this text cannot fill the placeholder {{{name}}}"
                yield Flaw(steps, what, nearest(name, valid))
