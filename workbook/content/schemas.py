"""JSON Schemas of the documents and of an evaluation, as they are published in docs/schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content.nodes import Data
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Evaluation
from workbook.model.framework import Framework

if TYPE_CHECKING:
    from pydantic import BaseModel

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def engagement_schema() -> dict[str, Data]:
    """The JSON Schema of an engagement document."""
    return _schema(Engagement)


def framework_schema() -> dict[str, Data]:
    """The JSON Schema of a framework, its parts included."""
    return _schema(Framework)


def evaluation_schema() -> dict[str, Data]:
    """The JSON Schema of an evaluation: scores, findings, actions in codes and numbers."""
    from pydantic import TypeAdapter

    from workbook.scoring.followed import Followed

    schema = TypeAdapter(Evaluation).json_schema(mode="serialization")
    followed = TypeAdapter(Followed).json_schema(mode="serialization")
    schema["$defs"] |= followed.pop("$defs")
    schema["properties"]["provenance"] = {
        "type": "string",
        "description": "What it was made from; `workbook verify` compares.",
    }
    schema["properties"]["since"] = {"anyOf": [followed, {"type": "null"}]}
    return {"$schema": _DIALECT, **schema}


def _schema(model: type[BaseModel]) -> dict[str, Data]:
    return {"$schema": _DIALECT, **model.model_json_schema()}
