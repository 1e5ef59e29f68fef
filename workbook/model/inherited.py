"""What a group hands on to its sites and brands."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from workbook.model.base import Key, Value


class Inherited(Value):
    """What a group has settled for its sites or brands: an owner, or the answer to a question.

    It stands until the site says otherwise. It is shown as inherited, and counts for nothing: the
    site has not answered. `subject` is a focal point or question, `instance` the focal point of a
    question that is asked for each; `group` names the organisation, `on` is the day of its word.
    """

    subject: Key
    instance: Key | None = None
    group: Annotated[str, Field(min_length=1)]
    owner: Key | None = None
    deputy: Key | None = None
    value: str | tuple[dt.date, ...] | None = None
    on: dt.date | None = None
