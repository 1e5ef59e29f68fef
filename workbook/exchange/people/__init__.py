"""Lists of people as they come: directories, contacts, staff lists, recipients, pasted cells."""

from workbook.exchange.people.reading import MOST, ListedPeople, people_changes, people_of
from workbook.exchange.people.rows import LeftOut, Omission, PersonRow

__all__ = [
    "MOST",
    "LeftOut",
    "ListedPeople",
    "Omission",
    "PersonRow",
    "people_changes",
    "people_of",
]
