"""What is known of an engagement beside its score: one row each, the same columns from any source.

`name`, `profile`, `business_models` (keys separated by blanks), `sector`, `country`, `employees`,
`go_live` (ISO), `respondents`, `nominations`, `decided` (focal points), `anonymous`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from workbook.model.engagement import Engagement, State
from workbook.portfolio.gathered import Member
from workbook.scoring.columns import FrameTable
from workbook.scoring.frames import Frames

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

COLUMNS = (
    "name",
    "profile",
    "business_models",
    "sector",
    "country",
    "employees",
    "go_live",
    "respondents",
    "nominations",
    "decided",
    "anonymous",
)
TEXTS = ("name", "profile", "business_models", "sector", "country", "go_live")


def facts_of(members: Sequence[Member]) -> pd.DataFrame:
    """Facts of documents, indexed by key."""
    import pandas as pd

    keys = [member.engagement.key for member in members]
    rows = [_facts(member.engagement) for member in members]
    return pd.DataFrame(rows, index=pd.Index(keys, name="engagement"), columns=list(COLUMNS))


def _facts(engagement: Engagement) -> dict[str, object]:
    facts = engagement.organisation
    decisions = engagement.standing_decisions().values()
    return {
        "name": facts.name,
        "profile": facts.profile,
        "business_models": " ".join(facts.business_models),
        "sector": facts.sector or "",
        "country": facts.country or "",
        "employees": float("nan") if facts.employees is None else facts.employees,
        "go_live": engagement.programme.go_live.isoformat(),
        "respondents": sum(not respondent.withdrawn for respondent in engagement.respondents),
        "nominations": len(engagement.nominations),
        "decided": sum(decision.state is State.ANSWERED for decision in decisions),
        "anonymous": engagement.anonymous,
    }


def framed_facts(frames: Frames) -> pd.DataFrame:
    """Facts of frames, indexed by key; blank where the frame of engagements does not say."""
    import pandas as pd

    table = FrameTable(frames.engagements)
    keys = pd.Index(_texts(table, "engagement"), name="engagement", dtype="str")
    facts = pd.DataFrame({name: _texts(table, name) for name in TEXTS}, index=keys, dtype="str")
    facts["name"] = facts["name"].where(facts["name"] != "", keys.to_series())
    facts["go_live"] = facts["go_live"].str[:10]
    for name in ("employees", "respondents"):
        facts[name] = pd.to_numeric(pd.Series(_texts(table, name), index=keys), errors="coerce")
    facts["respondents"] = facts["respondents"].fillna(0)
    for name, rows in (("nominations", frames.nominations), ("decided", frames.decisions)):
        facts[name] = rows.groupby("engagement").size().reindex(keys, fill_value=0)
    return facts.assign(anonymous=False)[list(COLUMNS)]


def _texts(table: FrameTable, name: str) -> NDArray[np.object_]:
    column = table.column(name)
    return np.array(column.spellings, dtype=object)[column.codes]
