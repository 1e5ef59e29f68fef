"""What stands around the pieces: a whole page, or a notebook's output, with the one stylesheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from workbook.fragments.brand import brand_head, brand_style, escaped
from workbook.fragments.markup import tag
from workbook.fragments.styles import document_fonts, stylesheet
from workbook.i18n import Voice, voice

if TYPE_CHECKING:
    from workbook.fragments.brand import Brand

MAIN = "report"
"""Names the text of a page, to which the first link skips."""
METADATA = "workbook"
"""What an output of ours tells of its page stands under this name in its metadata."""
Bundle = tuple[Mapping[str, str], Mapping[str, Mapping[str, str]]]
"""What a notebook shows, by kind, and what is told of it."""
_OPENING = '<div class="owb report"'


def document(
    title: str, language: str, body: str, *, theme: str = "auto", provenance: str = ""
) -> str:
    """A whole page that asks for nothing: stylesheet and fonts inside, A4 in print.

    `body` is HTML already.
    """
    fonts = document_fonts(title + body)
    skip = tag("a", voice(language).t("Skip to the text"), href=f"#{MAIN}", class_="skip")
    head = tag(
        "head",
        Markup('<meta charset="utf-8"/>'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1"/>'),
        Markup('<meta name="color-scheme" content="light dark"/>') if theme == "auto" else None,
        tag("meta", name="workbook", content=provenance) if provenance else None,
        tag("title", title),
        tag("style", Markup("html,body{margin:0}"), Markup(fonts), Markup(stylesheet())),  # noqa: S704 - ours
    )
    main = tag("main", Markup(body))  # noqa: S704 - the caller's fragments are HTML
    shell = tag("body", skip, main, class_="owb report", data_theme=theme)
    return f"<!doctype html>\n{tag('html', head, shell, lang=language)}"


def bundle(
    body: str, text: str, *, title: str, language: str, theme: str = "auto", provenance: str = ""
) -> Bundle:
    """A notebook's output: HTML with its stylesheet and the reader's fonts, and plain text.

    `body` is HTML already. What is told of the page is there for whoever exports the notebook.
    """
    sheet = tag("style", Markup(stylesheet()))  # noqa: S704 - our own sheet
    inner = Markup(body)  # noqa: S704 - the caller's fragments are HTML
    shown = tag("div", sheet, inner, class_="owb report", data_theme=theme, lang=language)
    details = {"title": title, "lang": language, "theme": theme}
    if provenance:
        details["provenance"] = provenance
    return {"text/html": str(shown), "text/plain": text}, {METADATA: details}


def without_sheet(shown: str) -> str:
    """The HTML of a `bundle`, ready for a page that has the stylesheet; other HTML as it is."""
    opening, sheet, body = shown.partition("</style>")
    if not sheet or not opening.startswith(_OPENING):
        return shown
    return body.removesuffix("</div>")


def article(
    title: str,
    language: str,
    *parts: object,
    aside: Markup | None = None,
    brand: Brand | None = None,
    origin: str = "",
) -> Markup:
    """The sheet of paper that all pages are, with its contents beside it, in the look of a house.

    `origin` is the organisation that it is about.
    """
    look = (brand_style(brand, language), brand_head(brand, origin, language)) if brand else None
    text = tag(
        "article",
        look,
        *parts,
        class_="page",
        id=MAIN,
        tabindex="-1",
        lang=language,
        aria_label=title,
    )
    sheet = tag("div", aside, text, class_="sheet")
    return tag("div", sheet, class_="document brand" if brand else "document")


def running_head(left: str, right: str) -> Markup:
    """What stands on top of every printed page."""
    boxes = zip(("left", "right"), (left, right), strict=True)
    rules = "".join(f'@top-{side}{{content:"{escaped(text)}"}}' for side, text in boxes)
    return tag("style", Markup(f"@page owb{{{rules}}}"))  # noqa: S704 - letters, others by number


def contents_title(voice: Voice) -> str:
    """What stands over a table of contents."""
    return voice.t("Contents")


def contents(links: Iterable[tuple[str, str]], voice: Voice) -> Markup:
    """The table of contents: the ids of parts and their titles."""
    title = contents_title(voice)
    entries = [tag("li", tag("a", text, href=f"#{key}")) for key, text in links]
    label = tag("p", title, class_="label")
    return tag("nav", label, tag("ol", entries), class_="contents", aria_label=title)
