"""Pure scoring: engagement in, evaluation out. METHOD is the source of every formula."""

from workbook.scoring.evaluate import evaluate

__all__ = ["evaluate"]
