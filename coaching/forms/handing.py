"""Forms about another coach who takes over: one person, a caseload as the coordinator says, or one's own."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from coaching.forms.choices import CoachField
from coaching.models import Assignment, JobCoach
from coaching.querysets import not_over
from ui import dutch
from ui.fields import DutchDateField, YesNoField


class HandOverForm(forms.Form):
    """Another coach takes over from a day on; ``coaches`` are those to choose from, with their load."""

    to = CoachField(label="Naar", help_text="Interne en externe begeleiding van één persoon gaan niet samen.")
    day = DutchDateField(label="Vanaf", help_text="De eerste dag van de opvolger: vandaag of later.")
    reason = forms.CharField(
        label="Reden", max_length=200, required=False, help_text="Bijvoorbeeld verlof. Geen medische gegevens."
    )

    def __init__(self, *args: Any, coaches: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": today, **kwargs.pop("initial", {})}, **kwargs)
        self.fields["to"].queryset = coaches  # type: ignore[attr-defined]


class PeopleField(forms.ModelMultipleChoiceField):
    """People of a caseload, by name and where they work, with the last day of coaching when that is known."""

    def label_from_instance(self, row: Assignment) -> str:
        until = f", tot en met {dutch.day_long(row.last_day)}" if row.last_day else ""
        return f"{row.candidate.full_name} ({row.subject.host}{until})"


class CaseloadForm(HandOverForm):
    """A caseload that another coach takes over, wholly or in part.

    Everybody is ticked, but for those whom a colleague takes over already (``has_successor``).
    """

    people = PeopleField(
        label="Wie gaan er over",
        queryset=Assignment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies wie er overgaat."},
    )

    field_order = ("people", "to", "day", "reason")

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"people": [row.pk for row in rows if not row.has_successor]}, **kwargs)
        self.fields["people"].queryset = rows  # type: ignore[attr-defined]


class OwnCaseloadForm(CaseloadForm):
    """The own caseload: who wrote the confidential notes decides about them too."""

    shares_notes = YesNoField(
        label="Mag de collega de vertrouwelijke notities lezen?",
        help_text="Datums, minuten, verslagen en scores gaan altijd mee.",
    )


def coaches_of_employer(employer_id: int, day: date, *, but: JobCoach) -> Any:
    """Return whom an employer may let take over from a coach, with their load."""
    return JobCoach.objects.to_choose(employer_id, day).exclude(pk=but.pk).with_load(day).for_list()


def colleagues_of(coaches: Any, day: date) -> Any:
    """Return who may take over from these coaches: in service, at the same employer or partner, not themselves.

    After a merger that is the employer it became as well, and those that merged into one's own.
    """
    own = coaches.filter(employer__isnull=False)
    employers, merged = own.values("employer"), own.filter(employer__successor__isnull=False)
    same = Q(employer__in=employers) | Q(employer__successor__in=employers)
    same |= Q(employer__in=merged.values("employer__successor"))
    same |= Q(partner__in=coaches.filter(partner__isnull=False).values("partner"))
    rows = JobCoach.objects.filter(same, not_over(day)).exclude(pk__in=coaches.values("pk"))
    return rows.with_load(day).for_list()
