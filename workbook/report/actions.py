"""What to do first, what is asked of the sponsor, and where that leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbook.fragments.actions import ActionLine
from workbook.model.evaluation import JointAction
from workbook.report.value import Actions, Block, Heading, Prose, TextTable
from workbook.wording.actions import joint_title, outlook_text, step_subjects, step_who
from workbook.wording.headings import headings
from workbook.wording.phrases import Phrases
from workbook.wording.undertakings import undertaking_cells, undertakings_text

ASKED = 4
"""Decisions that the sponsor is asked for at once; more are not taken in one meeting."""


def action_blocks(phrases: Phrases) -> tuple[Block, ...]:
    """The first steps, where they lead together, and the decisions among them and after them."""
    v = phrases.voice
    caption = v.t("In this order; gain: points added to the score you can already count on")
    steps = tuple(_line(phrases, step) for step in phrases.evaluation.first_steps)
    blocks: list[Block] = [Actions(caption, steps)]
    if outlook := outlook_text(phrases):
        blocks.append(Prose(outlook))
    decider, asked = _asked(phrases)
    decisions = [_decision(phrases, step) for step in asked[:ASKED]]
    if decisions:
        title = v.t("Decisions we ask of you")
        heads = (decider, headings(v)["due"])
        blocks += [
            Heading(title),
            TextTable(title, heads, tuple(decisions), (82, 18), seen=False),
        ]
    if phrases.engagement.undertakings and phrases.since is None:
        blocks += _undertakings(phrases)
    return tuple(blocks)


def _undertakings(phrases: Phrases) -> Iterator[Block]:
    """What became of the actions that went out, and what they brought."""
    v, words = phrases.voice, headings(phrases.voice)
    title = v.t("What was done since")
    heads = (words["action"], words["status"], v.t("Since"), v.t("Brought"))
    rows = (undertaking_cells(phrases, each) for each in phrases.engagement.undertakings)
    yield Heading(title)
    yield Prose(undertakings_text(phrases))
    yield TextTable(title, heads, tuple(rows), (52, 14, 16, 18), seen=False)


def _line(phrases: Phrases, step: JointAction) -> ActionLine:
    return ActionLine(
        title=joint_title(phrases, step.actions),
        subjects=phrases.listing(step_subjects(phrases, step)),
        who=step_who(phrases, step),
        due=step.due,
        effort_hours=step.effort_hours,
        gain_low=step.gain_low,
        # Which subjects are left of several changes from report to report.
        key=step.kind if len(step.actions) > 1 else step.actions[0].key,
    )


def _decision(phrases: Phrases, step: JointAction) -> tuple[str, ...]:
    subjects = phrases.listing(step_subjects(phrases, step))
    title = joint_title(phrases, step.actions)
    return (
        phrases.labelled(title, subjects) if subjects else title,
        phrases.voice.date(step.due, "medium"),
    )


def _asked(phrases: Phrases) -> tuple[str, Sequence[JointAction]]:
    """Whose decisions they are, and which: a sponsor does not decide whether the sponsor fits."""
    asked = phrases.evaluation.asked_of_sponsor
    own = [step for step in asked if any(action.who for action in step.actions)]
    if not own:
        return phrases.voice.t("For the C-suite to decide"), asked
    sponsor = next(action.who for action in own[0].actions if action.who)
    return phrases.voice.t("For {name} to decide", name=phrases.party(sponsor)), own
