"""The respondent's page: one person answers alone, subject by subject, and sees nobody else."""

from __future__ import annotations

from workbook.widgets.respondent.conversation import RespondentConversation
from workbook.widgets.respondent.desk import Desk, UnknownRespondent

__all__ = ["Desk", "RespondentConversation", "UnknownRespondent"]
