"""What the fields of an engagement are called, and the fixed values that they take."""

from __future__ import annotations

from workbook.i18n import Voice
from workbook.model.engagement import NOBODY, NONE, VACANT, Confidence, State


def field_names(voice: Voice) -> dict[str, str]:
    """The fields that people fill in, the telling ones first."""
    t = voice.t
    return {
        "owner": t("Accountable"),
        "value": t("Answered"),
        "state": t("State"),
        "name": t("Name"),
        "deputy": t("Deputy"),
        "title": t("Job title"),
        "lead": t("Lead"),
        "unit": t("Unit"),
        "email": t("E-mail"),
        "inside": t("Inside"),
        "responsible": t("Responsible"),
        "consulted": t("Consulted"),
        "informed": t("Informed"),
        "confidence": t("How sure?"),
        "acceptance": t("Role taken on"),
        "go_live": t("Go-live"),
        "start": t("Start date"),
        "profile": t("Size"),
        "business_models": t("Business models"),
        "sector": t("Sector"),
        "country": t("Country"),
        "employees": t("Employees"),
        "evidence": t("Evidence"),
        "note": t("Note"),
        "reason": t("Reason"),
        "title_reason": t("Reason"),
        "discuss_later": t("Discuss later"),
    }


def value_names(voice: Voice) -> dict[str, str]:
    """Fixed values of these fields, as they stand alone in a list or a cell."""
    t = voice.t
    return {
        NOBODY: t("Nobody"),
        VACANT: t("Vacant post"),
        NONE: t("None"),
        State.NOT_APPLICABLE: t("Not applicable"),
        State.UNKNOWN: t("Don’t know"),
        Confidence.GUESS: t("Guess"),
        Confidence.FAIRLY: t("Fairly"),
        Confidence.CERTAIN: t("Certain"),
        "accepted": t("Accepted"),
        "pending": t("Pending"),
        "declined": t("Declined"),
    }
