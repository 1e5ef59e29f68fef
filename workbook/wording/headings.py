"""Headings that more than one room sets over its columns and parts.

A room words a heading of its own only where nobody else says the same; what stands below a heading
(a state, a figure, a name) is worded in this room in any case.
"""

from __future__ import annotations

from workbook.i18n import Voice


def headings(voice: Voice) -> dict[str, str]:
    """What heads columns, rows and parts, by a short name."""
    t = voice.t
    return {
        "action": t("Action"),
        "actions": t("Actions"),
        "adds": t("Adds"),
        "agreement": t("Agreement"),
        "answer": t("Answer"),
        "all_areas": t("All areas"),
        "area": t("Area"),
        "areas": t("Score and level of each area"),
        "as_of": t("As of"),
        "begin": t("Begin"),
        "checkpoint": t("Leadership checkpoint"),
        "decided": t("Decided"),
        "due": t("Due"),
        "effort": t("Effort"),
        "effort_hours": t("Effort (hours)"),
        "finding": t("Finding"),
        "findings": t("Findings"),
        "fix": t("What is wrong, and how to fix it"),
        "fulfilled": t("Fulfilled"),
        "gain": t("Gain"),
        "held_back": t("Held back by"),
        "input": t("Input"),
        "language": t("Language"),
        "level": t("Level"),
        "loses": t("Loses"),
        "must_have": t("Must-have"),
        "must_haves": t("Must-haves"),
        "not_used": t("Not used"),
        "now": t("Now"),
        "organisation": t("Organisation"),
        "programme": t("Programme"),
        "range": t("Score and range"),
        "read_as": t("Read as"),
        "report": t("Report"),
        "rests_on": t("What it rests on"),
        "score": t("Score"),
        "severity": t("Severity"),
        "status": t("Status"),
        "subject": t("Subject"),
        "subjects": t("Subjects"),
        "to_check": t("To be looked at"),
        "today": t("Today"),
        "votes": t("Votes"),
        "weighs": t("Weighs"),
        "what": t("What"),
        "when": t("When"),
        "who": t("Who"),
        "workbook": t("Ownership workbook"),
    }


def asking(voice: Voice) -> dict[str, str]:
    """What a respondent is asked, on a page and on paper alike."""
    t = voice.t
    return {
        "questions": t("Questions"),
        "link_over": t("This link is no longer valid. Ask the person who sent it for another."),
        "who_owns": t("Who owns this today?"),
        "dont_know": t("I don’t know"),
        "missing": t("Something is missing…"),
        "missing_what": t("What should have an owner, and is not on the list?"),
    }


def absences(voice: Voice) -> dict[str, str]:
    """Why a cell shows nothing, in a few small words."""
    t = voice.t
    return {
        "not_applicable": t("not applicable"),
        "unanswered": t("not answered yet"),
        "unknown": t("not known"),
        "withheld": t("withheld: few answers"),
        "nobody": t("nobody accountable"),
        "no_votes": t("no votes"),
        "no_date": t("no date given"),
    }


def emptiness(voice: Voice) -> dict[str, tuple[str, str]]:
    """What stands where a whole list is empty: a heading, and why that is so."""
    t = voice.t
    return {
        "actions": (t("Nothing to do"), t("No finding calls for an action.")),
        "findings": (t("Nothing to report"), t("No rule found anything to say.")),
        "gates": (t("No must-haves"), t("This framework has no critical conditions.")),
    }
