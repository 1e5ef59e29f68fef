"""Which column of a list of tasks is what, and what its words for a status mean."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.exchange.people.cells import Cells
from workbook.exchange.people.columns import TITLE_LINES
from workbook.exchange.tables.words import fold
from workbook.exchange.tasks.task import MARK
from workbook.model.engagement import ActionStatus

_HEADINGS = {
    "title": "action;summary;name;task name;nom de tache;nom de la tache;resume;title;titre;task;"
    "tache;card name;zusammenfassung",
    "status": "status;statut;progress;progression;etat;state;section/column;list name",
    "completed": "completed at;completed date;resolved;date de fin;date d'achevement;termine le;"
    "resolu;resolution;date de resolution;erledigt",
    "email": "assignee email;e-mail;email;courriel;adresse e-mail;assigned to email",
    "owner": "assignee;assigned to;who;owner;attribue a;responsable;qui;assigne a;members;"
    "personne assignee;zugewiesene person",
    "due": "due;due date;date d'echeance;echeance;due at;faire pour le;date;falligkeitsdatum",
    "": "key;cle;notes;description;area;domaine;effort;gain;charge",
}
_KEYS = {text: key for key, texts in _HEADINGS.items() for text in texts.split(";")}
_STATUSES = {
    ActionStatus.OPEN: "open;to do;not started;backlog;new;selected for development;a faire;"
    "pas commence;non commence;ouvert;nouveau;non demarree;non demarrees;zu erledigen",
    ActionStatus.UNDER_WAY: "under way;in progress;doing;in review;blocked;on hold;en cours;bloque;"
    "working on it;stuck;in arbeit",
    ActionStatus.DONE: "done;closed;resolved;complete;completed;fixed;termine;terminee;terminees;"
    "fait;faite;ferme;resolu;acheve;finished;fertig",
    ActionStatus.DROPPED: "dropped;cancelled;canceled;won't do;won't fix;rejected;abandonne;"
    "abandonnee;annule;annulee",
}
_MEANINGS = {text: status for status, texts in _STATUSES.items() for text in texts.split(";")}


def task_columns(rows: Sequence[Cells]) -> tuple[int, Cells] | None:
    """Which of the first lines heads a list of tasks with our key, and what its columns hold."""
    marked = next((i for i, row in enumerate(rows) if any(map(MARK.search, row))), None)
    for index, cells in enumerate(rows[:TITLE_LINES] if marked is not None else ()):
        columns = [_KEYS.get(fold(cell)) for cell in cells]
        if index < (marked or 0) and {"title", "due", "status"} & {*columns}:
            held = list(rows[index + 1 :])
            return index, [_used(column, at, held) for at, column in enumerate(columns)]
    return None


def _used(column: str | None, at: int, rows: Sequence[Cells]) -> str:
    """What a column is read as: by its heading, or as the one that holds our key."""
    marked = any(MARK.search(row[at]) for row in rows if at < len(row))
    return "key" if marked else column or ""


def status_of(text: str) -> ActionStatus | None:
    """What a word for a status means; None for one that nobody knows."""
    return _MEANINGS.get(fold(text))
