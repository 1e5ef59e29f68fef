"""Letters that ask somebody to answer: written here, sent by whoever asks from their own mail."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from markupsafe import Markup

from workbook.i18n import voice
from workbook.workshop.asking import language_of, subjects_of, who_sees
from workbook.workshop.passes import Pass, Passes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.i18n import Voice
    from workbook.model.engagement import Engagement, Respondent
    from workbook.model.rules import Rules
    from workbook.model.workshop import Invitation

_BUTTON = "background:#1f4b99;color:#fff;padding:12px 20px;border-radius:6px;text-decoration:none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What all letters of one day share.

    `address` is where others reach the host, `asker` who asks, as the letter says it (blank: the
    organisation), and `language` that of all letters (blank: each respondent's own).
    """

    rules: Rules
    engagement: Engagement
    passes: Passes
    address: str
    asker: str = ""
    language: str = ""
    reminds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to one respondent; `email` is blank if there is none that can be written to."""

    respondent: str
    name: str
    email: str
    language: str
    link: str
    until: dt.date
    subject: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The letter as plain text."""
        return "\n\n".join(self.paragraphs) + "\n"

    @property
    def html(self) -> str:
        """The letter as HTML, in which the link is a button; nothing is loaded from anywhere."""
        button = Markup('<p style="margin:24px 0"><a href="{}" style="{}">{}</a></p>')
        lines = (
            button.format(self.link, _BUTTON, voice(self.language).t("Answer now"))
            if text == self.link
            else Markup("<p>{}</p>").format(text)
            for text in self.paragraphs
        )
        return Markup(
            '<!doctype html><html lang="{}"><body style="font:16px/1.5 sans-serif;max-width:36em">'
            "{}</body></html>\n"
        ).format(self.language, Markup("\n").join(lines))

    def mail(self) -> bytes:
        """A draft: mail programs open it ready to be sent, and fill in who sends it."""
        mail = EmailMessage(policy=SMTP)
        mail["Subject"] = self.subject
        if self.email:
            mail["To"] = Address(self.name, addr_spec=self.email)
        mail["X-Unsent"] = "1"
        mail.set_content(self.text)
        mail.add_alternative(self.html, subtype="html")
        mail["Content-Language"] = self.language
        return bytes(mail)


def letter(occasion: Occasion, respondent: Respondent, invitation: Invitation) -> Letter:
    """The letter that invites a respondent, or reminds them."""
    engagement = occasion.engagement
    v = voice(occasion.language or language_of(engagement, respondent))
    held = Pass(engagement.key, respondent.id, invitation.until, invitation.serial)
    link = f"{occasion.address}/in/{occasion.passes.write(held)}"
    person = engagement.parties().get(respondent.person or "")
    name = " ".join(engagement.respondent_name(respondent).split())
    programme = engagement.programme.name or v.t("the programme")
    return Letter(
        respondent=respondent.id,
        name=name,
        email=_usable(getattr(person, "email", None) or ""),
        language=v.language,
        link=link,
        until=invitation.until,
        subject=_subject(occasion, programme, v),
        paragraphs=(
            v.t("Hello {name},", name=name),
            *_reasons(occasion, programme, v),
            _effort(len(subjects_of(occasion.rules, engagement, respondent)), v),
            v.t("Please answer by {date}:", date=v.date(invitation.until)),
            link,
            who_sees(occasion.rules, engagement, v),
            v.t(
                "The link is for you alone: please do not pass it on. "
                "Any question? Simply reply to this message."
            ),
            *([occasion.asker] if occasion.asker else []),
        ),
    )


def _subject(occasion: Occasion, programme: str, v: Voice) -> str:
    text = (
        v.t("Reminder: five minutes on who owns what in {programme}", programme=programme)
        if occasion.reminds
        else v.t("Five minutes: who owns what in {programme}?", programme=programme)
    )
    return " ".join(text.split())


def _reasons(occasion: Occasion, programme: str, v: Voice) -> Iterator[str]:
    names = {
        "asker": occasion.asker or occasion.engagement.organisation.name,
        "programme": programme,
    }
    if occasion.reminds:
        yield v.t(
            "We have no answer of yours yet on who owns what in {programme}. Yours counts as much "
            "as anybody’s, and nobody else can give it.",
            **names,
        )
        return
    yield v.t(
        "{asker} asks for five minutes of yours. Before {programme} goes further, we have to know "
        "who owns what, and where people see it differently.",
        **names,
    )
    others = sum(not r.withdrawn for r in occasion.engagement.respondents)
    yield v.n(
        "You are asked alone. There is no right answer: what you believe today is what helps.",
        "{count} people are asked, each alone. There is no right answer: what you believe today "
        "is what helps.",
        others,
    )


def _effort(subjects: int, v: Voice) -> str:
    return v.n(
        "It is one question; a name is enough, and “I don’t know” is a real answer.",
        "It is {count} short questions, one at a time, on a phone too. A name is enough, and "
        "“I don’t know” is a real answer.",
        subjects,
    )


def _usable(email: str) -> str:
    """An address that a mail can bear; blank for anything else."""
    try:
        spec = Address(addr_spec=email.strip()).addr_spec if email.isascii() else ""
    except (MessageError, ValueError, IndexError):  # the library's parser raises them all
        return ""
    return spec if "@" in spec.strip("<>@") else ""
