"""The form of a contact: the usual case in four boxes, the rest unfolds."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from coaching.models import CheckIn, Kind, Participant, Scores
from coaching.services.check_ins import Agreed, CheckInData
from ui.fields import DutchDateField, SegmentedRadio

MINUTES = ("15", "30", "45", "60")
OTHER = "anders"
NO_SCORE = "–"
#: Lines for agreements on an empty form.
AGREEMENTS = 2

SCORE_LABELS = {"click": "Klik", "fit": "Passend werk", "safety": "Veiligheid", "support": "Begeleiding"}


class ScoreField(forms.TypedChoiceField):
    """A score of 1 to 5, or none."""

    widget = SegmentedRadio

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", NO_SCORE), *((str(n), str(n)) for n in range(1, 6))]
        super().__init__(choices=choices, coerce=int, empty_value=None, required=False, **kwargs)


class CheckInForm(forms.Form):
    """A new contact. ``key`` comes back with it, so that a double tap makes one check-in."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Hoe", choices=Kind.choices, widget=SegmentedRadio)
    length = forms.ChoiceField(
        label="Minuten",
        choices=[*((m, m) for m in MINUTES), (OTHER, OTHER)],
        widget=SegmentedRadio,
        required=False,
    )
    minutes = forms.IntegerField(
        label="Aantal minuten",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
        error_messages={"invalid": "Schrijf een heel getal, bijvoorbeeld 25."},
    )
    note = forms.CharField(
        label="Verslag",
        required=False,
        help_text="Leesbaar voor P&O. Geen medische gegevens.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_contact = DutchDateField(label="Volgend contact", required=False, help_text="")
    day = DutchDateField(label="Datum", help_text="")
    travel_minutes = forms.IntegerField(
        label="Reistijd in minuten",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
        error_messages={"invalid": "Schrijf een heel getal, bijvoorbeeld 25."},
    )
    confidential = forms.CharField(
        label="Vertrouwelijk",
        required=False,
        help_text="Alleen voor de coach zelf. Nooit zichtbaar voor P&O of de beheerder.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    participants = forms.MultipleChoiceField(
        label="Wie deed mee", choices=Participant.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, lines: int = AGREEMENTS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in Scores.NAMES:
            self.fields[f"score_{name}"] = ScoreField(label=SCORE_LABELS[name])
        self.lines = range(1, lines + 1)
        for line in self.lines:
            self.fields[f"agreed_{line}"] = forms.CharField(label=f"Afspraak {line}", max_length=300, required=False)
            self.fields[f"agreed_{line}_due"] = DutchDateField(label=f"Afspraak {line} uiterlijk", required=False)

    # --- parts, for the template ----------------------------------------------------------------

    @property
    def scores(self) -> list[forms.BoundField]:
        return [self[f"score_{name}"] for name in Scores.NAMES]

    @property
    def agreements(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"agreed_{line}"], self[f"agreed_{line}_due"]) for line in self.lines]

    @property
    def opened(self) -> dict[str, bool]:
        """Which folded parts hold something, or a fault, and so stand open."""
        parts = {
            "scores": [f"score_{name}" for name in Scores.NAMES],
            "confidential": ["confidential"],
            "agreed": ["participants", *(f"agreed_{n}{end}" for n in self.lines for end in ("", "_due"))],
            "more": ["travel_minutes"],
        }
        opened = {part: any(self[name].value() or self[name].errors for name in names) for part, names in parts.items()}
        return opened | {"more": opened["more"] or bool(self["day"].errors)}

    # --- what was filled in ---------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Find the minutes: the length that was tapped, or the number beside *anders*."""
        data = super().clean() or self.cleaned_data
        length = data.get("length")
        if length in MINUTES:
            data["minutes"] = int(length)
        elif "minutes" not in self.errors and data.get("minutes") is None and data.get("kind") != Kind.NO_SHOW:
            self.add_error("minutes", "Kies hoe lang het duurde, of vul het aantal minuten in.")
        for line in self.lines:
            if data.get(f"agreed_{line}_due") and not data.get(f"agreed_{line}"):
                self.add_error(f"agreed_{line}", "Vul in wat is afgesproken.")
        return data

    def check_in_data(self) -> CheckInData:
        """Return what a service takes."""
        data = self.cleaned_data
        scores = {name: value for name in Scores.NAMES if (value := data.get(f"score_{name}")) is not None}
        agreed = [
            Agreed(text=data[f"agreed_{line}"], due=data.get(f"agreed_{line}_due"))
            for line in self.lines
            if data.get(f"agreed_{line}")
        ]
        return CheckInData(
            day=data["day"],
            kind=data["kind"],
            minutes=data.get("minutes") or 0,
            travel_minutes=data.get("travel_minutes") or 0,
            note=data["note"],
            confidential=data["confidential"],
            next_contact=data["next_contact"],
            participants=data["participants"],
            scores=scores,
            agreements=agreed,
        )

    def explain(self, error: ValidationError) -> None:
        """Put what a service refused at the boxes it is about."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, reasons in error.error_dict.items():
            self.add_error(name if name in self.fields else None, reasons)


class ChangeCheckInForm(CheckInForm):
    """A contact as its author changes it within the week."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def expected_revision(self) -> int:
        return self.cleaned_data.get("revision") or 0


class AddendumForm(forms.Form):
    """What is corrected or added later."""

    text = forms.CharField(
        label="Aanvulling",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Leesbaar voor P&O. Geen medische gegevens. Het gesprek zelf blijft staan zoals het was.",
        error_messages={"required": "Vul de aanvulling in."},
    )


def empty_values(*, today: date, kind: str, next_contact: date | None) -> dict[str, Any]:
    """Return what a new form is filled in with: today, half an hour, the way of last time, the usual next day."""
    return {"key": uuid4(), "day": today, "kind": kind, "length": "30", "next_contact": next_contact}


def values_of(check_in: CheckIn, confidential: str) -> dict[str, Any]:
    """Return what the form of an existing contact is filled in with."""
    values: dict[str, Any] = {
        "key": check_in.key,
        "revision": check_in.revision,
        "day": check_in.day,
        "kind": check_in.kind,
        "length": str(check_in.minutes) if str(check_in.minutes) in MINUTES else OTHER,
        "minutes": check_in.minutes if str(check_in.minutes) not in MINUTES and check_in.minutes else None,
        "travel_minutes": check_in.travel_minutes or None,
        "note": check_in.note,
        "confidential": confidential,
        "next_contact": check_in.next_contact,
        "participants": check_in.participants,
    }
    scores = getattr(check_in, "scores", None)
    values |= {f"score_{name}": value for name, value in (scores.given if scores else {}).items()}
    for line, agreement in enumerate(check_in.agreements.all(), start=1):
        values |= {f"agreed_{line}": agreement.text, f"agreed_{line}_due": agreement.due}
    return values
