"""The files of the lists of this room: every row the list shows. Scores and confidences are in none of them."""

from datetime import date
from fractions import Fraction
from typing import Any

from coaching.overview import said
from ui import dutch
from ui.lists import ExportColumn


def overview_columns(day: date) -> tuple[ExportColumn, ...]:
    """Return the columns of the coordinator's overview on a day."""
    return (
        ExportColumn("soort", "subject_kind"),
        ExportColumn("code", "subject_code"),
        ExportColumn("achternaam", "last_name"),
        ExportColumn("roepnaam", "first_name"),
        ExportColumn("functie", "work"),
        ExportColumn("afdeling", "unit_name"),
        ExportColumn("werkgever", "host_name"),
        ExportColumn("coach", "coach_name"),
        ExportColumn("aantal_coaches", "coach_number"),
        ExportColumn("fase", "phase"),
        ExportColumn("laatste_contact", "last_contact"),
        ExportColumn("contact_uiterlijk", "contact_due"),
        ExportColumn("let_op", lambda row: ", ".join(said(row, day))),
        ExportColumn("toegekende_uren", "granted_hours"),
        ExportColumn("gebruikte_uren", lambda row: hours(row["used_minutes"])),
        ExportColumn("buddy", "buddy_name"),
    )


def hours(minutes: int | None) -> Any:
    """Return minutes as hours in two decimals; nothing for nothing."""
    return None if minutes is None else dutch.rounded(Fraction(minutes, 60), 2)
