"""What a reader sees, kept as files, so that a change of the look shows in review."""

from __future__ import annotations

import pytest

from tests.fragments.gallery import pieces

APPROVED = ("areas", "map", "timeline", "heat", "findings", "waterfall", "agreement")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", APPROVED)
def test_fragment_looks_as_it_was_approved(name, language, snapshot):
    snapshot(f"{name}.{language}", pieces(language)[name])
