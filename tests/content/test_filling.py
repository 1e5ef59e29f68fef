"""Texts of documents are filled in by name: no attributes, no widths, no conversions."""

from __future__ import annotations

import pytest

from workbook.content import load_framework
from workbook.content.framework_findings import check_findings
from workbook.model.base import Text
from workbook.model.filling import filled_in


@pytest.mark.parametrize(
    "text", ["{count:>9999999}", "{0.__class__}", "{count!r}", "{count.real}", "{", "{}", "{other}"]
)
def test_whatever_is_no_name_stays_as_it_stands(text):
    assert filled_in(text, {"count": "3"}) == text


def test_names_are_filled_in_and_double_braces_are_braces():
    assert filled_in("{count} {{x}} {area}", {"count": "3", "area": "{count}"}) == "3 {x} {count}"
    assert filled_in("{count} of {area}", {"count": "3"}, "…") == "3 of …"


@pytest.mark.parametrize("gap", ["{parties:>9}", "{parties!r}", "{parties.__class__}", "{0}", "{}"])
def test_a_framework_whose_text_holds_more_than_names_is_refused_at_its_place(gap):
    framework = load_framework("commerce-stakeholders")
    told = framework.findings["contested"]
    texts = told.model_copy(update={"title": Text({"en": f"Who? {gap}", "fr": "Qui ?"})})
    findings = {**framework.findings, "contested": texts}
    flaws = list(check_findings(framework.model_copy(update={"findings": findings})))
    assert [flaw.steps for flaw in flaws] == [("findings", "contested", "title", "en")]
