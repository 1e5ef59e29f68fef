"""Write docs/schemas/evaluation.schema.json: what the JSON of a report holds.

python -m docs.evaluation_schema
"""  # noqa: INP001 - a program of the documentation, not a package

from __future__ import annotations

import json
from pathlib import Path

from workbook.content.schemas import evaluation_schema

PAGE = Path(__file__).parent / "schemas" / "evaluation.schema.json"

if __name__ == "__main__":
    PAGE.write_text(json.dumps(evaluation_schema(), indent=2, ensure_ascii=False) + "\n", "utf-8")
