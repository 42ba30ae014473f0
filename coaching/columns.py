"""The files of the lists of this room: every row the list shows. Scores and confidences are in none of them."""

from datetime import date
from fractions import Fraction
from typing import Any

from coaching import buddies
from coaching.coaches import standing
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


def coach_columns(day: date) -> tuple[ExportColumn, ...]:
    """Return the columns of the list of coaches; minutes are those of this month, at this employer."""
    return (
        ExportColumn("coachcode", "code"),
        ExportColumn("naam", "name"),
        ExportColumn("werkt_voor", "place"),
        ExportColumn("mensen_hier", "here"),
        ExportColumn("mensen_samen", "load"),
        ExportColumn("ruimte_voor", "capacity"),
        ExportColumn("contact_te_laat", "late"),
        ExportColumn("minuten_deze_maand", "minutes"),
        ExportColumn("opleiding", "training"),
        ExportColumn("opgeleid_op", "trained_on"),
        ExportColumn("protocol_van", "protocol_on"),
        ExportColumn("erkend_tot_en_met", "recognised_until"),
        ExportColumn("eerste_dag", "first_day"),
        ExportColumn("laatste_dag", "last_day"),
        ExportColumn("stand", lambda coach: standing(coach, day)[0]),
    )


def buddy_columns(day: date) -> tuple[ExportColumn, ...]:
    """Return the columns of the list of buddies and team leads; days of training are those of this year."""
    return (
        ExportColumn("naam", "name"),
        ExportColumn("rol", buddies.role),
        ExportColumn("afdelingcode", "unit__code"),
        ExportColumn("kandidaatcode", "candidate__code"),
        ExportColumn("helpt", lambda buddy: ", ".join(link.person.full_name for link in buddy.running)),
        ExportColumn("training_gevolgd_op", "trained_on"),
        ExportColumn("training_geldig_tot_en_met", "valid_until"),
        ExportColumn("trainingsdagen_dit_jaar", "followed"),
        ExportColumn("trainingsdagen_per_jaar", "days_required"),
        ExportColumn("gestopt_op", "last_day"),
        ExportColumn("stand", lambda buddy: buddies.standing(buddy, day)[0]),
    )


def hours(minutes: int | None) -> Any:
    """Return minutes as hours in two decimals; nothing for nothing."""
    return None if minutes is None else dutch.rounded(Fraction(minutes, 60), 2)
