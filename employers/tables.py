"""Lists of colleagues, units and targets."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from accounts.models import Membership
from employers.models import Employer, OrgUnit, Target
from employers.trees import STEP, Node
from ui import dutch, tables


class ActionColumn(tables.Column):
    """A link to the page that changes the row; its name says which row, also for who hears it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(verbose_name="Actie", empty_values=(), orderable=False, **kwargs)


def action(label: str, about: str, url: str) -> str:
    """Return a link called ``label``, with what it is about for screen readers."""
    return format_html('<a href="{}">{}<span class="visually-hidden"> {}</span></a>', url, label, about)


def breakable(email: str) -> str:
    """Let a long address break after its at sign."""
    name, _, domain = email.partition("@")
    return format_html("{}@<wbr>{}", name, domain)


def indented(name: str, depth: int) -> str:
    """Return a name shifted two steps per level, as one element."""
    return format_html('<span><span aria-hidden="true">{}</span>{}</span>', STEP * 2 * depth, name)


class ChangeableTable(tables.Table):
    """A table whose last column leads to a form, for those who may change something."""

    def __init__(self, data: Any, *, may_change: bool, **kwargs: Any) -> None:
        hidden = () if may_change else ("change",)
        super().__init__(data, exclude=hidden, orderable=False, **kwargs)


class UnitTable(ChangeableTable):
    """The tree of units (rows: :class:`employers.trees.Node`)."""

    noun = ("afdeling", "afdelingen")
    caption = "Afdelingen"
    empty_title = "Nog geen afdelingen"
    empty_text = "Met afdelingen is per locatie, faculteit of dienst te zien hoeveel banen er zijn."

    name = tables.HeaderColumn(accessor="unit", verbose_name="Afdeling")
    code = tables.Column(accessor="unit__code", verbose_name="Code")
    parent = tables.Column(accessor="unit__parent__name", verbose_name="Valt onder")
    change = ActionColumn()

    def render_name(self, record: Node) -> str:
        return indented(record.unit.name, record.depth)

    def render_change(self, record: Node) -> str:
        unit = record.unit
        return action("Wijzigen", unit.name, reverse("unit_change", args=[unit.employer.uuid, unit.uuid]))


class TargetTable(ChangeableTable):
    """The targets of one year (rows: :class:`TargetRow`)."""

    noun = ("streefcijfer", "streefcijfers")
    empty_title = "Geen streefcijfer voor dit jaar"
    empty_text = "Zonder streefcijfer toont Voortgang de telling, maar geen percentage."

    name = tables.HeaderColumn(verbose_name="Voor")
    number = tables.NumberColumn(accessor="target__number", verbose_name="Aantal")
    kind = tables.Column(accessor="target__get_kind_display", verbose_name="Eenheid")
    change = ActionColumn()

    def render_number(self, value: Any) -> str:
        return dutch.plain_decimal(value) if value % 1 else dutch.number(value)

    def render_name(self, record: "TargetRow") -> str:
        return indented(record.name, record.depth)

    def render_change(self, record: "TargetRow") -> str:
        about = f"streefcijfer {record.year} {record.name}"
        if record.target:
            return action("Wijzigen", about, reverse("target_change", args=[record.employer.uuid, record.target.uuid]))
        query = f"?jaar={record.year}" + (f"&afdeling={record.unit.uuid}" if record.unit else "")
        return action("Toevoegen", about, reverse("target_add", args=[record.employer.uuid]) + query)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """The employer (no unit) or one of its units, with its target for a year when it has one."""

    employer: Employer
    year: int
    target: Target | None = None
    unit: OrgUnit | None = None
    depth: int = 0

    @property
    def name(self) -> str:
        return self.unit.name if self.unit else self.employer.name


@dataclass(frozen=True, slots=True)
class Colleague:
    """A membership as it stands on a day."""

    membership: Membership
    status: "Status"


class ColleagueTable(ChangeableTable):
    """Who works for an employer (rows: :class:`Colleague`)."""

    noun = ("collega", "collega's")
    caption = "Collega's"
    empty_title = "Nog geen collega's"

    name = tables.HeaderColumn(accessor="membership__user__name", verbose_name="Naam")
    email = tables.Column(accessor="membership__user__email", verbose_name="E-mailadres")
    rights = tables.Column(accessor="membership__read_only", verbose_name="Mag")
    days = tables.Column(accessor="membership__first_day", verbose_name="Periode")
    status = tables.TagColumn(verbose_name="Status", tone=lambda colleague: colleague.status.tone)
    change = ActionColumn()

    def render_rights(self, value: bool) -> str:
        return "alleen lezen" if value else "wijzigen"

    def render_email(self, value: str) -> str:
        return breakable(value)

    def render_days(self, record: Colleague) -> str:
        return dutch.stretch_short(record.membership.first_day, record.membership.last_day)

    def render_change(self, record: Colleague) -> str:
        row = record.membership
        url = reverse("colleague_change", args=[row.employer.uuid, row.uuid])  # type: ignore[union-attr]
        return action("Wijzigen", row.user.name, url)


@dataclass(frozen=True, slots=True)
class Status:
    """How a membership stands, in a word."""

    label: str
    tone: str

    def __str__(self) -> str:
        return self.label


def status_of(membership: Membership, today: date) -> Status:
    """Return how a membership stands on ``today``; what keeps someone out comes first."""
    if not membership.user.is_active:
        return Status("geblokkeerd", "error")
    if membership.last_day and membership.last_day < today:
        return Status("afgelopen", "neutral")
    if membership.first_day > today:
        return Status("gepland", "info")
    if membership.user.last_login is None:
        return Status("uitgenodigd", "warning")
    return Status("actief", "success")
