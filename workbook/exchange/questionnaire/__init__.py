"""Questionnaires of ours, one per respondent: out as a workbook, back in as their answers."""
