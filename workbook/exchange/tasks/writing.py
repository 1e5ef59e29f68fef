"""Tasks as the files that Jira, Planner, Asana and spreadsheets take in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from workbook.exchange.tables.writing import csv_bytes, xlsx_bytes
from workbook.exchange.tasks.task import TaskEntry
from workbook.i18n import Voice
from workbook.model.engagement import ActionStatus
from workbook.wording.fields import field_names
from workbook.wording.headings import headings
from workbook.wording.undertakings import status_words

MOST, LONGEST = 200, 255
"""Tasks of a plan in Planner, and characters of one of its titles."""
PROGRESS = {
    ActionStatus.OPEN: "Not started",
    ActionStatus.UNDER_WAY: "In progress",
    ActionStatus.DONE: "Completed",
    ActionStatus.DROPPED: "Completed",
}
Rows = list[list[str]]


class System(StrEnum):
    """Where tasks can go."""

    JIRA = "jira"
    PLANNER = "planner"
    ASANA = "asana"
    CSV = "csv"
    XLSX = "xlsx"


def file_of(tasks: Sequence[TaskEntry], system: System, voice: Voice) -> bytes:
    """The file for a system; a plan in Planner takes the first 200 tasks."""
    rows = _ROWS[system](tasks, voice)
    if system in (System.PLANNER, System.XLSX):
        return xlsx_bytes(rows, headings(voice)["actions"])
    return csv_bytes(rows)


def _jira(tasks: Sequence[TaskEntry], voice: Voice) -> Rows:
    rows = [["Summary", "Issue Type", "Assignee", "Due Date", "Labels", "Labels", "Description"]]
    for task in tasks:
        labels = ["ownership", task.area.replace(" ", "-").lower()]
        row = [task.title, "Task", task.email, task.due.isoformat(), *labels, _notes(task, voice)]
        rows.append(row)
    return rows


def _planner(tasks: Sequence[TaskEntry], voice: Voice) -> Rows:
    heads = ["Task Name", "Bucket Name", "Progress", "Priority", "Assigned To", "Start Date"]
    rows = [[*heads, "Due Date", "Notes", "Checklist Items"]]
    for task in tasks[:MOST]:
        row = [task.title[:LONGEST], task.area, PROGRESS[task.status], "Medium", task.email, ""]
        rows.append([*row, task.due.isoformat(), _notes(task, voice), ""])
    return rows


def _asana(tasks: Sequence[TaskEntry], voice: Voice) -> Rows:
    heads = ["Name", "Section/Column", "Assignee", "Assignee Email", "Due Date", "Tags", "Notes"]
    rows = [heads]
    for task in tasks:
        who = task.who if task.owner else ""
        row = [task.title, task.area, who, task.email, task.due.isoformat(), "ownership"]
        rows.append([*row, _notes(task, voice)])
    return rows


def _plain(tasks: Sequence[TaskEntry], voice: Voice) -> Rows:
    words, email = headings(voice), field_names(voice)["email"]
    heads = [words["action"], words["area"], words["who"], email, words["due"], words["status"]]
    rows = [[*heads, words["effort"], words["gain"], voice.t("Workbook key")]]
    for task in tasks:
        row = [task.title, task.area, task.who, task.email, task.due.isoformat()]
        gain = "" if task.gain is None else voice.number(task.gain, 1)
        effort = voice.number(task.effort_hours, 1)
        rows.append([*row, status_words(voice)[task.status], effort, gain, task.mark])
    return rows


def _notes(task: TaskEntry, voice: Voice) -> str:
    """Who is asked, and our key, which must come back."""
    asked = voice.t("For: {who}", who=task.who)
    return "\n".join((asked, voice.t("Please keep this line: {key}", key=task.mark)))


_ROWS: Mapping[System, Callable[[Sequence[TaskEntry], Voice], Rows]] = {
    System.JIRA: _jira,
    System.PLANNER: _planner,
    System.ASANA: _asana,
    System.CSV: _plain,
    System.XLSX: _plain,
}
