"""Lists of this room as tables."""

from fractions import Fraction
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from coaching.models import Phase
from coaching.overview import TRIAL
from placements.models import TrialKind
from placements.tables import EmployerTable
from ui import dutch, tables
from ui.templatetags.ui import tag

Row = dict[str, Any]


def badge(text: str, tone: str) -> SafeString:
    """Return a status badge as markup."""
    return render_to_string("ui/tag.html", tag(text, tone))


def with_note(text: str, note: str) -> SafeString:
    """Return a text with a small line under it."""
    return format_html("<span>{}<small>{}</small></span>", text, note) if note else format_html("<span>{}</span>", text)


def hours_used(used_minutes: int | None, granted: Any) -> str:
    """Return ``12,5 van 50`` hours; a dash when nothing was granted."""
    if granted is None:
        return dutch.MISSING
    used = dutch.plain_decimal(dutch.rounded(Fraction(used_minutes or 0, 60), 1))
    return f"{used} van {dutch.plain_decimal(dutch.rounded(granted, 1))}"


def subject_address(record: Row, table: EmployerTable) -> str:
    """Return the page of the placement or trial a row is about."""
    if record["subject_kind"] == TRIAL:
        return table.address("trial_detail", trial=record["subject_uuid"])
    return table.address("placement_detail", placement=record["subject_uuid"])


class OverviewTable(EmployerTable):
    """Placements and trials with how their coaching stands (rows: :data:`coaching.overview.COLUMNS`)."""

    noun = ("plaatsing of proefplaatsing", "plaatsingen en proefplaatsingen")
    caption = "Begeleiding van wie er nu werkt of op proef is"
    empty_title = "Er werkt nu niemand"
    empty_text = "Zodra er een plaatsing of proefplaatsing loopt, staat die hier."

    name = tables.HeaderColumn(
        accessor="last_name", verbose_name="Medewerker", order_by=("name_folded",), linkify=subject_address
    )
    work = tables.Column(verbose_name="Werk", order_by=("work", "unit_name"))
    coach = tables.Column(accessor="coach_name", verbose_name="Coach", order_by=("coach_sort",), empty_values=())
    phase = tables.Column(verbose_name="Fase")
    last_contact = tables.DayColumn(verbose_name="Laatste contact", order_by=("contact_sort",))
    contact_due = tables.DayColumn(verbose_name="Contact uiterlijk", order_by=("due_sort",))
    heed = tables.Column(
        accessor="attention", verbose_name="Let op", order_by=("attention", "running_out"), empty_values=()
    )
    hours = tables.NumberColumn(accessor="granted_hours", verbose_name="Uren", order_by=("left_sort",))
    buddy = tables.Column(accessor="buddy_name", verbose_name="Buddy", orderable=False, empty_values=())

    class Meta:
        order_by = ("contact_due", "name")

    def _end_in_key(self) -> None:
        """Make the order complete: a placement and a trial may have the same key."""
        rows = self.data.data
        order = [key for key in rows.query.order_by if key not in ("subject_kind", "pk")]
        self.data.data = rows.order_by(*order, "subject_kind", "pk")

    def render_name(self, record: Row) -> str:
        return f"{record['first_name']} {record['last_name']}".strip()

    def render_work(self, record: Row) -> SafeString:
        if record["host_key"] != self.employer.pk:
            return with_note(_work(record), f"bij {record['host_name']}")
        return with_note(_work(record), record["unit_name"])

    def render_coach(self, record: Row) -> SafeString:
        if record["coach_uuid"] is None:
            return badge("geen coach", "warning")
        others = (record["coach_number"] or 1) - 1
        return with_note(record["coach_name"], f"en nog {others}" if others else "")

    def render_phase(self, value: str) -> str:
        return Phase(value).label

    def render_contact_due(self, record: Row) -> SafeString:
        day = dutch.day(record["contact_due"])
        if record["contact_due"] >= self.day:
            return format_html("<span>{}</span>", day)
        return format_html("<span>{} {}</span>", day, badge("te laat", "error"))

    def render_heed(self, record: Row) -> SafeString | str:
        """Say what asks for attention, and never why."""
        found = (
            (record["attention"], "aandacht gevraagd"),
            (record["running_out"], "uren raken op"),
            (record["agreement_late"], "afspraak te laat"),
        )
        badges = [(badge(text, "warning"),) for holds, text in found if holds]
        return format_html("<span>{}</span>", format_html_join(" ", "{}", badges)) if badges else dutch.MISSING

    def render_hours(self, record: Row) -> str:
        return hours_used(record["used_minutes"], record["granted_hours"])

    def render_buddy(self, record: Row) -> SafeString:
        if record["buddy_name"] is None:
            return badge("geen buddy", "warning")
        others = (record["buddy_number"] or 1) - 1
        return with_note(record["buddy_name"], f"en nog {others}" if others else "")


def _work(record: Row) -> str:
    return TrialKind(record["work"]).label if record["subject_kind"] == TRIAL else record["work"]
