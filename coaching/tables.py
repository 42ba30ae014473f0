"""Lists of this room as tables."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from coaching import buddies, coaches
from coaching.models import Assignment, Buddy, BuddyLink, JobCoach, Phase
from coaching.overview import TRIAL, hours_used
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


def due(day: date, today: date, note: str) -> SafeString:
    """Return by when there has to be a contact, with a word when that day has passed, and a small line under it."""
    late = badge("te laat", "error") if day < today else ""
    return with_note(format_html("{} {}", together(dutch.day(day)), late), together(note))


def together(text: str) -> SafeString:
    """Return a text that does not break: a date has hyphens."""
    return format_html('<span class="nowrap">{}</span>', text)


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
    contact_due = tables.Column(verbose_name="Contact uiterlijk", order_by=("due_sort", "contact_sort"))
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
        name = record["coach_name"]
        if record["host_key"] == self.employer.pk:
            name = format_html('<a href="{}">{}</a>', self.address("coach_detail", coach=record["coach_uuid"]), name)
        return with_note(name, f"en nog {others}" if others else "")

    def render_phase(self, value: str) -> str:
        return Phase(value).label

    def render_contact_due(self, record: Row) -> SafeString:
        last = record["last_contact"]
        return due(record["contact_due"], self.day, f"laatst {dutch.day(last)}" if last else "nog geen contact")

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


class CoachTable(EmployerTable):
    """Coaches with their load (rows: :func:`coaching.coaches.coaches_of`)."""

    noun = ("coach", "coaches")
    caption = "Coaches"
    empty_title = "Nog geen coaches"
    empty_text = "Voeg een eigen coach toe, of koppel een organisatie die coaches levert."

    name = tables.HeaderColumn(
        verbose_name="Naam",
        order_by=("name_folded",),
        linkify=lambda record, table: table.address("coach_detail", coach=record.uuid),
    )
    place = tables.Column(verbose_name="Werkt voor", order_by=("partner__name_key",))
    here = tables.NumberColumn(verbose_name="Mensen hier")
    load = tables.Column(verbose_name="Belasting", order_by=("load",))
    late = tables.NumberColumn(verbose_name="Contact te laat")
    minutes = tables.NumberColumn(verbose_name="Minuten deze maand")
    recognised = tables.Column(
        accessor="recognised_until", verbose_name="Opleiding of erkenning", order_by=("valid_sort",), empty_values=()
    )
    stand = tables.Column(accessor="first_day", verbose_name="Stand", orderable=False)

    class Meta:
        order_by = ("name",)

    def render_here(self, record: JobCoach, value: int) -> SafeString | str:
        if not value:
            return dutch.number(value)
        return format_html('<a href="{}?coach={}">{}</a>', self.address("coaching_list"), record.uuid, value)

    def render_load(self, record: JobCoach) -> SafeString:
        text, tone = coaches.load_text(record)
        return badge(text, tone) if tone != "neutral" else format_html("{}", text)

    def render_late(self, value: int) -> SafeString | str:
        return badge(dutch.number(value), "error") if value else dutch.number(value)

    def render_recognised(self, record: JobCoach) -> SafeString | str:
        if record.recognised_until is None:
            trained = together(f"opgeleid {dutch.day(record.trained_on)}") if record.trained_on else ""
            return trained or record.training or dutch.MISSING
        text = together(f"erkend t/m {dutch.day(record.recognised_until)}")
        expiry = coaches.expiry(record.recognised_until, self.day)
        return format_html("<span>{} {}</span>", text, badge(*expiry)) if expiry else text

    def render_stand(self, record: JobCoach) -> SafeString:
        return badge(*coaches.standing(record, self.day))


class BuddyTable(EmployerTable):
    """Buddies and team leads (rows: :func:`coaching.buddies.buddies_of`)."""

    noun = ("buddy of teamleider", "buddy's en teamleiders")
    caption = "Buddy's en teamleiders"
    empty_title = "Niemand gevonden"
    empty_text = "Voeg een collega toe die op de werkvloer helpt, of kies andere filters."

    name = tables.HeaderColumn(
        verbose_name="Naam",
        order_by=("name_folded",),
        linkify=lambda record, table: table.address("buddy_detail", buddy=record.uuid),
    )
    unit = tables.Column(verbose_name="Afdeling", order_by=("unit__name",))
    helps = tables.Column(accessor="helping", verbose_name="Helpt", empty_values=())
    valid_until = tables.Column(verbose_name="Training geldig", order_by=("valid_sort",), empty_values=())
    days = tables.Column(accessor="followed", verbose_name="Trainingsdagen", order_by=("followed",), empty_values=())
    stand = tables.Column(accessor="pk", verbose_name="Stand", order_by=("last_day",))

    class Meta:
        order_by = ("name",)

    def render_name(self, record: Buddy) -> str:
        return record.name

    def render_helps(self, record: Any) -> SafeString | str:
        if not record.running:
            free = record.is_buddy and record.last_day is None
            return badge("niemand", "warning") if free else dutch.MISSING
        return format_html(
            "<span>{}</span>", format_html_join(", ", "{}", ((self._link(row),) for row in record.running))
        )

    def _link(self, row: BuddyLink) -> SafeString:
        name, key = ("trial_detail", "trial") if row.trial_id else ("placement_detail", "placement")
        return format_html('<a href="{}">{}</a>', self.address(name, **{key: row.subject.uuid}), row.person.full_name)

    def render_valid_until(self, record: Buddy) -> SafeString | str:
        if record.valid_until is None:
            return together(f"gevolgd {dutch.day(record.trained_on)}") if record.trained_on else dutch.MISSING
        until = together(f"t/m {dutch.day(record.valid_until)}")
        expiry = coaches.expiry(record.valid_until, self.day)
        return format_html("<span>{} {}</span>", until, badge(*expiry)) if expiry else until

    def render_days(self, record: Any) -> str:
        return buddies.days_text(record) or dutch.MISSING

    def render_stand(self, record: Buddy) -> SafeString:
        text, tone = buddies.standing(record, self.day)
        return with_note(badge(text, tone), buddies.role(record))


class CaseloadTable(EmployerTable):
    """Whom one coach coaches here (rows: :func:`coaching.coaches.caseload_here`)."""

    noun = ("persoon", "mensen")
    caption = "Caseload"
    empty_title = "Niemand"
    empty_text = "Deze coach begeleidt hier nu niemand."

    name = tables.HeaderColumn(
        accessor="pk",
        verbose_name="Medewerker",
        orderable=False,
        linkify=lambda record, table: table.page_of(record),
    )
    phase = tables.Column(verbose_name="Fase")
    first_day = tables.Column(verbose_name="Vanaf")
    contact_due = tables.Column(verbose_name="Contact uiterlijk")
    heed = tables.Column(accessor="asks_attention", verbose_name="Let op", empty_values=(), orderable=False)

    class Meta:
        order_by = ("contact_due",)

    def page_of(self, record: Assignment) -> str:
        """Return the page of the placement or trial."""
        if record.trial_id:
            return self.address("trial_detail", trial=record.subject.uuid)
        return self.address("placement_detail", placement=record.subject.uuid)

    def render_name(self, record: Assignment) -> str:
        return record.candidate.full_name

    def render_phase(self, record: Assignment) -> str:
        return record.get_phase_display()

    def render_first_day(self, record: Assignment, value: date) -> SafeString:
        until = together(f"t/m {dutch.day(record.last_day)}") if record.last_day else ""
        return with_note(together(dutch.day(value)), until)

    def render_contact_due(self, record: Assignment, value: Any) -> SafeString:
        last = record.last_contact
        return due(value, self.day, f"laatst {dutch.day(last)}" if last else "nog geen contact")

    def render_heed(self, value: bool) -> SafeString | str:
        return badge("aandacht gevraagd", "warning") if value else dutch.MISSING


def _work(record: Row) -> str:
    return TrialKind(record["work"]).label if record["subject_kind"] == TRIAL else record["work"]
