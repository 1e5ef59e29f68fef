"""The host's pages: everything that a page needs to work stands in its one answer."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from workbook.fragments.styles import (
    linked_fonts,
    respondent_stylesheet,
    screen_fonts,
    stylesheet,
)
from workbook.serve.host.guard import policy
from workbook.widgets.front import board, questionnaire_page, respondent_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.widgets.views.scene import View

FONTS = "/fonts"

_PAGE = Markup(
    """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><link rel="icon" href="data:,">
<style>{style}</style>{fonts}</head>
<body style="margin:0"><div id="screen"></div><noscript>{noscript}</noscript>
<script type="application/json" id="view">{view}</script>
<script type="module">{script}</script></body></html>
"""
)


def respondent_html(view: View) -> tuple[str, str]:
    """A respondent's page and its policy."""
    return _page(view, respondent_page(), _respondent_style(), _fonts_for_later())


def questionnaire_html(views: Mapping[str, View], lang: str, code: str) -> str:
    """A respondent's page as a file that works without a server, in every language.

    Its policy stands in it: nothing leaves the file, and nothing comes in.
    """
    script = questionnaire_page()
    first = views[lang]
    rules = (f"script-src {_digest(script)}", "style-src 'unsafe-inline'", "img-src data:")
    secure = "; ".join(("default-src 'none'", *rules, "base-uri 'none'", "form-action 'none'"))
    meta = Markup('<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{}">')
    page = _PAGE.replace('<meta charset="utf-8">', meta.format(secure))
    return page.format(
        lang=lang,
        title=first["page"]["organisation"],
        style=Markup(respondent_stylesheet()),  # noqa: S704 - our own sheet
        fonts="",
        view=_json({"views": views, "lang": lang, "code": code}),
        script=Markup(script),  # noqa: S704 - our own script
        noscript="This page needs JavaScript. Ask for the questions as a spreadsheet instead.",
    )


def board_html(view: View) -> tuple[str, str]:
    """The facilitator's board and its policy."""
    return _page(view, board(), _board_style())


def _page(view: View, script: str, style: str, fonts: str = "") -> tuple[str, str]:
    html = _PAGE.format(
        lang=view["lang"],
        title=view["page"].get("organisation") or view["nav"]["name"],
        style=Markup(style),  # noqa: S704 - our own sheet
        fonts=fonts,
        view=_json(view),
        script=Markup(script),  # noqa: S704 - our own script
        noscript="This page needs JavaScript. Ask for the questions as a spreadsheet instead.",
    )
    return html, policy(_digest(script), "'unsafe-inline'")


def plain_html(lang: str, title: str, body: Markup) -> tuple[str, str]:
    """A page without a script, such as the button behind a link."""
    style = linked_fonts(FONTS) + _respondent_style()
    html = Markup(
        """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<meta name="robots" content="noindex"><style>{style}</style></head>
<body style="margin:0"><div class="owb owb-session owb-respond" data-theme="auto">
<main>{body}</main></div></body></html>"""
    ).format(lang=lang, title=title, style=Markup(style), body=body)  # noqa: S704 - our own sheet
    return str(html), policy(style="'unsafe-inline'")


def _json(view: View) -> Markup:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(view, ensure_ascii=False, separators=(",", ":"))
    for letter, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(letter, code)
    return Markup(text)  # noqa: S704 - escaped just now


@cache
def _digest(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


_FEW_FAMILIES = '.owb{--sans:Inter,system-ui,sans-serif;--serif:"Source Serif 4",serif}'
"""A phone looks up every family that it lacks before it draws the first word."""


@cache
def _respondent_style() -> str:
    return respondent_stylesheet() + _FEW_FAMILIES


@cache
def _fonts_for_later() -> Markup:
    """The fonts, which the script switches on once the first words are there."""
    faces = Markup(linked_fonts(FONTS))  # noqa: S704 - our own sheet
    return Markup('<style id="fonts" media="not all">{}</style>').format(faces)


@cache
def _board_style() -> str:
    return screen_fonts() + stylesheet(screen=True)
