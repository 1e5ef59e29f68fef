"""Lists of people as they come: directories, contacts, staff lists, recipients, pasted cells."""

from workbook.exchange.people.reading import MOST, Pasted, people_changes, people_of, read_people
from workbook.exchange.people.rows import LeftOut, Omission, PersonRow

__all__ = [
    "MOST",
    "LeftOut",
    "Omission",
    "Pasted",
    "PersonRow",
    "people_changes",
    "people_of",
    "read_people",
]
