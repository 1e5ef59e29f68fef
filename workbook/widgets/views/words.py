"""The catalogue of the screen's own words: headings, controls and hints.

They travel once, and again only when the language changes. Whatever else is said of an
engagement is asked of `workbook.wording`.
"""

from __future__ import annotations

from workbook.i18n import Voice
from workbook.model.engagement import NOBODY, NONE, RACI, VACANT, Confidence, State
from workbook.widgets.incoming import MOST_BYTES
from workbook.widgets.views.scene import View
from workbook.wording.fields import field_names, value_names
from workbook.wording.headings import asking, headings
from workbook.wording.ownership import family_words


def words(voice: Voice) -> View:
    """Every fixed text that the front end shows."""
    return {
        "fields": field_names(voice),
        **frame_words(voice),
        **_answers(voice),
        **party_words(voice),
        **_why(voice),
        **_start(voice),
        **_import(voice),
        **_review(voice),
        **_workshop(voice),
        **_map(voice),
    }


def frame_words(voice: Voice) -> View:
    """What surrounds every page: controls, saving, typing, recovery."""
    t = voice.t
    return {
        "steps": t("Steps"),
        "language": headings(voice)["language"],
        "locale": str(voice.locale).replace("_", "-"),
        "first_of_month": voice.first_of_month,
        "dark_theme": t("Dark theme"),
        "projector_size": t("Projector size"),
        "focus_mode": t("One thing at a time (Alt+Shift+F)"),
        "count_of": t("{number} of {total}"),
        "next": t("Next"),
        "previous": t("Previous"),
        "your_name": t("Your name"),
        "undo": t("Undo"),
        "redo": t("Redo"),
        "cancel": t("Cancel"),
        "close": t("Close"),
        "keep": t("Keep"),
        "drop": t("Discard"),
        "score": headings(voice)["score"],
        "questions": asking(voice)["questions"],
        "next_focal_point": t("Next subject"),
        "keys_help": t("Alt+↓ next · Alt+↑ previous · Ctrl+Z undo"),
        "saving": t("Saving…"),
        "typing": t("Being typed, not saved yet"),
        "needed": t("This is needed; it stays as it was."),
        "meanwhile": t("Somebody else wrote meanwhile: {text}"),
        "no_date": t("Not a date. Write it as {example}, between {first} and {last}."),
        "calendar": t("Choose in the calendar: {field}"),
        "recover_title": t("Recover what was typed?"),
        "recover_text": t("This browser kept what had not been saved yet:"),
        "recover": t("Recover"),
        "recover_drop": t("Forget it"),
        "lost": t("Connection lost"),
        "lost_title": t("The session stopped answering."),
        "lost_text": t(
            "Everything that was saved is safe. One click brings you back to where you were."
        ),
        "session_over": t(
            "The session has ended on this computer. Start it again with “workbook session” and "
            "open the address that it prints; everything that was saved is there."
        ),
        "trying": t("Trial only: nothing is saved"),
        "carry_on": t("Carry on"),
        "failed_title": t("Something went wrong; it was not your doing."),
        "failed_text": t(
            "What was saved is safe. Undo it or go on with something else; "
            "the terminal says what happened."
        ),
        "what_changed": t("What changed"),
        "what_helps": t("What would help most"),
    }


def _answers(voice: Voice) -> View:
    t, values = voice.t, value_names(voice)
    return {
        "answer_it": headings(voice)["answer"],
        "dont_know": values[State.UNKNOWN],
        "not_applicable": values[State.NOT_APPLICABLE],
        "not_applicable_ask": t("Not applicable…"),
        "reason_not_applicable": t("Why does it not apply?"),
        "confidences": [{"key": key, "title": values[key]} for key in Confidence],
        "more": t("Roles, evidence and note"),
        "responsible": t("Responsible (R)"),
        "consulted": t("Consulted (C)"),
        "informed": t("Informed (I)"),
        "evidence_hint": t("Where it is written down: an org chart, a job description, minutes."),
        "named_alone": t("What people said on their own"),
        "decide": t("Decide"),
        "decide_for": t("Decide for {name}"),
        "keep_with_reason": t("Keep with a reason…"),
        "reason_title": t("Why does this person fit all the same?"),
        "add_date": t("Add a date"),
        "every_weeks": t("Or every … weeks until go-live"),
        "plan_dates": t("Plan"),
    }


def party_words(voice: Voice) -> View:
    """What the search for somebody says, and who is nobody."""
    t = voice.t
    return {
        "type_name": t("Type a name or a title"),
        "nobody_found": t("Nobody found. Type a name to add somebody."),
        "not_chosen": t("Not recorded: choose somebody from the list."),
        "add_named": t("Add “{name}”…"),
        "add": t("Add"),
        "clear_field": t("Clear {field}"),
        "remove_named": t("Remove {name}"),
        "kind_of_party": t("Person, team or outside organisation"),
        "party_kinds": [
            {"key": "person", "title": t("Person")},
            {"key": "team", "title": t("Team")},
            {"key": "external", "title": t("Outside organisation")},
        ],
        "save_title": t("Save title"),
        "outside": t("Works outside the organisation"),
        "owner_specials": [_special(voice, key) for key in (NOBODY, VACANT)],
        "deputy_specials": [_special(voice, NONE)],
    }


def _special(voice: Voice, key: str) -> View:
    return {"key": key, "title": value_names(voice)[key], "sign": "○"}


def _why(voice: Voice) -> View:
    t = voice.t
    return {
        "why_of": t("Why? {name}"),
        "what": t("What counts"),
        "answer_given": t("Where it stands"),
        "weight": t("Can bring"),
        "brings": t("Brings"),
        "loses": t("Is missing"),
        "total": t("Total"),
    }


def _start(voice: Voice) -> View:
    t = voice.t
    return {
        "begin": t("Begin a new engagement"),
        "begin_button": headings(voice)["begin"],
        "begin_lead": t("Five questions. What you typed stays here if one of them is wrong."),
        "begin_needs": t("Still needed: {fields}"),
        "begin_list": t("Add a list you have…"),
        "begin_list_help": t(
            "Begin from a directory, an inventory or a matrix: you see it before it counts."
        ),
        "begin_list_next": t("You see what it would change as soon as the engagement has begun."),
        "resume": t("Carry on where you stopped"),
        "look": t("Look at an example"),
        "other_engagement": t("Open another engagement"),
        "organisation": headings(voice)["organisation"],
        "programme": headings(voice)["programme"],
        "programme_name": t("Name of the programme"),
        "people": t("People and teams"),
        "people_help": t(
            "Everyone who might own something. Add job titles if you can: "
            "they show whether an owner fits."
        ),
        "title_or_lead": t("Job title or lead"),
        "recognised_as": t("Recognised as"),
        "outside_short": t("Outside"),
        "remove": t("Remove"),
        "add_one": t("Add a person or a team"),
    }


def _import(voice: Voice) -> View:
    t = voice.t
    megabytes = voice.number(MOST_BYTES // 1_000_000)
    return {
        "import_button": t("Import a list…"),
        "import_title": t("Import a list"),
        "import_most": MOST_BYTES,
        "import_large": t(
            "“{name}” is larger than {count} MB. Larger files come in by the command line: "
            "workbook import FILE --engagement KEY"
        ),
        "import_megabytes": megabytes,
        "import_unread": t("“{name}” cannot be read. Choose one file, not a folder."),
        "import_accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.ods,.md,.markdown,.html,.htm,.yaml,.yml",
        "import_drop": t("Drop a file anywhere on the page, or"),
        "import_drop_here": t("Drop the file to see what it would change"),
        "import_choose": t("Choose a file…"),
        "import_other": t("Another file…"),
        "import_formats": t(
            "CSV, XLSX, ODS, Markdown or HTML, {count} MB at most: people, systems, a RACI matrix, "
            "answers of a form, actions that came back.",
            count=megabytes,
        ),
        "import_paste": t("Or paste it here"),
        "import_paste_hint": t("Cells of a spreadsheet or the recipients of a mail."),
        "paste_example": t("Ana Ruiz\tCustomer Service Manager\tService"),
        "import_reading": t("Reading…"),
        "import_kind": headings(voice)["read_as"],
        "import_sheet": t("Sheet"),
        "import_because": t("Why:"),
        "import_columns": t("How each column is read"),
        "import_rows": t("What it would change"),
        "import_in_file": t("In the file"),
        "import_means": t("Stands for"),
        "import_says": t("What it says"),
        "import_similar": t("similar name"),
        "import_fate": t("What becomes of it"),
        "import_questions": headings(voice)["to_check"],
        "import_preview": t("Nothing is recorded before that."),
        "same_person": t("The same person?"),
        "same_answers": [
            {"key": "same", "title": t("Same person")},
            {"key": "other", "title": t("Somebody else")},
        ],
    }


def _review(voice: Voice) -> View:
    t = voice.t
    return {
        "what_if": t("What if?"),
        "rests_on": headings(voice)["rests_on"],
        "to_do": t("To do:"),
        "open_it": t("Go to it"),
        "actions_order": t(
            "First what meets a must-have or saves a date, then what gains most for an hour of "
            "work."
        ),
        "action": headings(voice)["action"],
        "who": headings(voice)["who"],
        "due": headings(voice)["due"],
        "effort": headings(voice)["effort"],
        "gain": headings(voice)["gain"],
        "plan_title": t("Next best actions"),
        "plan_help": t(
            "The least work that reaches a score, or the most that some hours can gain. "
            "Each step’s gain comes on top of those before it."
        ),
        "plan_target": t("Certain score to reach"),
        "plan_budget": t("Or hours at most"),
        "plan_make": t("Make the plan"),
        "plan_drop": t("Discard the plan"),
        "adds": headings(voice)["adds"],
        "print": t("Print"),
        "goal": t("Goal"),
        "in_the_room": t("In the room"),
        "choose_leaver": t("Choose a person to see what depends on them."),
        "focal_point": headings(voice)["subject"],
        "accepted_by": t("Who takes the role on"),
        "decided": headings(voice)["decided"],
        "acceptances": [
            {"key": key, "title": value_names(voice)[key]}
            for key in ("accepted", "pending", "declined")
        ],
        "accept_all": t("Accept all"),
        "one_by_one": t("One by one"),
        "take_along": t("Take it with you"),
        "take_along_help": t("Each is one file that needs no network and no program of ours."),
        "sheets": {"owner": t("Sheet (PDF)"), "handover": t("Handover (PDF)")},
        "sign_off": t("Sign off"),
        "sign_off_help": t("Names this moment, to compare with later. Nothing is locked."),
        "name_of_moment": t("Name of this moment"),
    }


def _workshop(voice: Voice) -> View:
    t = voice.t
    return {
        "without_names": t("Ask without names"),
        "names_off": t("No names"),
        "names_off_help": t("Titles in place of names, here and in files taken from here"),
        "close_round": t("Close the round"),
        "close_round_ask": t("Nobody can answer or change anything then."),
        "open_round_all": t("Ask about every subject"),
        "open_round_open": t("Ask again about what is open ({count})"),
        "room_code": t("QR code of the room"),
        "join_here": t("Join here with your name"),
        "who_is_asked": t("Who is asked"),
        "ask_everybody": t("Ask everybody on the list"),
        "is_asked": t("asked"),
        "what_came_of_it": t("What people say"),
        "discuss": t("Talk about it, one by one"),
        "time_left": t("Time left"),
        "take_over": t("Take it over here"),
        "minutes_we_have": t("Minutes that we have"),
        "start_clock": t("Start the clock"),
        "start_clock_again": t("Start the clock again"),
        "minutes_left": t("{count} min left"),
        "minutes_over": t("{count} min over"),
        "who_disagrees": t("Who still disagrees?"),
        "somebody_else_disagrees": t("Somebody else who disagrees"),
        "decided_by": t("Decided by (the room, if blank)"),
        "taken_on_by": t("To be taken on by"),
        "parking_lot": t("To talk about later"),
        "park_this": t("Put something off"),
    }


def _map(voice: Voice) -> View:
    t, names, families = voice.t, field_names(voice), family_words(voice)
    return {
        "map": t("Ownership map: subjects, people and teams"),
        "map_help": t(
            "Choose a letter, then click cells; or move with the arrows and press the letter. "
            "Drag a letter to move it; Delete empties a cell. Dashed numbers are votes."
        ),
        "full_screen": t("Full screen"),
        "reveal": t("Reveal"),
        "reveal_title": t("Who owns what?"),
        "reveal_keys": t("→ next · ← back · End all · Esc close"),
        "click_puts": t("A click puts"),
        "map_read_only": t("One column per team sums its people up; choose another order to edit."),
        "all": t("All"),
        "show": t("Show"),
        "states": {
            "owned": families["owned"].text,
            "contested": families["contested"].text,
            "orphan": value_names(voice)[NOBODY],
            "open": families["open"].text,
        },
        "party": t("Party"),
        "filter": t("Filter"),
        "sort_rows": t("Order"),
        "row_orders": [
            {"key": "area", "title": t("By area")},
            {"key": "state", "title": t("Problems first")},
            {"key": "name", "title": t("By name")},
        ],
        "columns": t("Columns"),
        "column_orders": [
            {"key": "unit", "title": t("People, by team")},
            {"key": "name", "title": t("People, by name")},
            {"key": "load", "title": t("Most loaded first")},
            {"key": "team", "title": t("One per team")},
        ],
        "only_involved": t("Only those with a role"),
        "no_unit": t("Without team"),
        "no_rows": t("Nothing matches the filter."),
        "no_parties": t("Nobody is here yet. Add people or teams; each becomes a column."),
        "to_people": t("Add people"),
        "votes_for": t("{count} votes"),
        "roles": {
            "A": names["owner"],
            **{letter: names[field] for letter, field in RACI},
            "D": names["deputy"],
        },
    }
