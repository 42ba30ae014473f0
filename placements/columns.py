"""The files of the lists: every row the list shows, with the column names of the exchange format where it has them."""

from decimal import Decimal
from typing import Any

from employers.models import Employer
from placements.counting.facts import Rule
from placements.counting.figures import hours_of, jobs
from placements.counting.reasons import label
from placements.moments import Moment
from placements.tables import hours_here
from ui import dutch
from ui.lists import ExportColumn

_PLACEMENT = (
    ExportColumn("plaatsingcode", "placement__code"),
    ExportColumn("kandidaatcode", "placement__candidate__code"),
    ExportColumn("achternaam", "placement__candidate__last_name"),
    ExportColumn("roepnaam", "placement__candidate__first_name"),
    ExportColumn("werkgevercode", "placement__host__code"),
    ExportColumn("afdelingcode", "unit__code"),
    ExportColumn("formele_werkgever", lambda row: _formal(row.placement)),
    ExportColumn("route", "placement__route"),
    ExportColumn("teamcode", "placement__team__code"),
    ExportColumn("functie", "job_title"),
    ExportColumn("contractsoort", "contract_kind"),
    ExportColumn("uren_per_week", "hours"),
    ExportColumn("begindatum", "first_day"),
    ExportColumn("einddatum", "last_day"),
    ExportColumn("reden_einde", "end_reason"),
)

CANDIDATE_COLUMNS = (
    ExportColumn("kandidaatcode", "code"),
    ExportColumn("achternaam", "last_name"),
    ExportColumn("roepnaam", "first_name"),
    ExportColumn("in_register", lambda row: _yes(row.is_registered)),
    ExportColumn("geplaatst", lambda row: _yes(row.is_placed)),
    ExportColumn("op_proef", lambda row: _yes(row.is_on_trial)),
)

TRIAL_COLUMNS = (
    ExportColumn("proefplaatsingcode", "code"),
    ExportColumn("kandidaatcode", "candidate__code"),
    ExportColumn("achternaam", "candidate__last_name"),
    ExportColumn("roepnaam", "candidate__first_name"),
    ExportColumn("werkgevercode", "host__code"),
    ExportColumn("soort", "kind"),
    ExportColumn("begindatum", "first_day"),
    ExportColumn("einddatum", "last_day"),
    ExportColumn("uitkomst", "outcome"),
)


def placement_columns(employer: Employer, at: Moment) -> tuple[ExportColumn, ...]:
    """Return the columns of the list of placements: the period, and what the count makes of it here on the day."""

    def here(row: Any) -> Decimal:
        return dutch.rounded(hours_of(hours_here(row, employer)), 2)

    return (
        *_PLACEMENT,
        ExportColumn("peildatum", lambda row: at.day),
        ExportColumn("telling", lambda row: at.regime.name),
        ExportColumn("telt_mee", lambda row: "" if row.line_counts is None else _yes(row.line_counts)),
        ExportColumn("regel", lambda row: label(row.line_rule) if row.line_rule else ""),
        ExportColumn("telt_bij", lambda row: _credited(row)),
        ExportColumn("uren_hier", here),
        ExportColumn(
            "banen_hier", lambda row: dutch.rounded(jobs(hours_of(hours_here(row, employer)), at.hours_per_job), 4)
        ),
    )


def _formal(placement: Any) -> str:
    if placement.employer_of_record:
        return placement.employer_of_record.code
    return placement.partner.name if placement.partner else ""


def _credited(row: Any) -> str:
    if not row.line_counts:
        return ""
    return "inkopers van het team" if row.line_rule == Rule.TEAM_SHARE else row.line_employer_name


def _yes(value: bool) -> str:
    return "ja" if value else "nee"
