"""What every value of the model shares: frozen, strict about keys, texts in several languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from workbook.i18n import chosen

Key = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$",
        description="Lower-case letters, digits, - and _; at most 64 characters.",
    ),
]
"""The name of a thing inside a document."""


class Value(BaseModel):
    """A frozen value; unknown keys are errors, never ignored."""

    # Each is built when it is first needed: most commands need few of them, and start sooner.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Text(RootModel[dict[str, str]]):
    """One text in every language of its framework: `{en: …, fr: …}`."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    @model_validator(mode="after")
    def _not_empty(self) -> Text:
        empty = [language for language, text in self.root.items() if not text.strip()]
        if empty or not self.root:
            raise ValueError(f"empty text for language {', '.join(empty) or '(none given)'}")
        return self

    def __getitem__(self, language: str) -> str:
        """The text in a language, or in the one that stands in for it (`i18n.chosen`)."""
        return self.root[self.shown_in(language)]

    def shown_in(self, language: str) -> str:
        """The language itself, or the one that stands in for it."""
        return language if language in self.root else chosen(language, self.root)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.root.items())))

    def languages(self) -> Iterator[str]:
        """The languages that this text is given in."""
        return iter(self.root)
