"""Pure scoring: engagement in, evaluation out. METHOD is the source of every formula."""

from workbook.scoring.evaluate import evaluate
from workbook.scoring.evaluator import Evaluator

__all__ = ["Evaluator", "evaluate"]
