"""Choosing a coach: with whom, from where, and how full the caseload is."""

from datetime import date
from typing import Any

from django import forms

from coaching.models import JobCoach
from coaching.rules import load_percent


class CoachField(forms.ModelChoiceField):
    """A coach whom an employer may choose; the choices say for whom someone works and how full the caseload is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=JobCoach.objects.none(), empty_label="Kies een coach", **kwargs)

    def offer(self, employer_id: int, day: date) -> None:
        """Offer who may be chosen from ``day`` on."""
        self.queryset = JobCoach.objects.to_choose(employer_id, day).with_load(day).for_list()

    def label_from_instance(self, coach: Any) -> str:
        """Return ``Kim de Boer · Provincie Voorbeeld · 8 van 10``."""
        room = f"{coach.load} van {coach.capacity}" if coach.capacity else str(coach.load)
        percent = load_percent(coach.load, coach.capacity)
        full = " (vol)" if percent is not None and percent >= 100 else ""
        return f"{coach.name} · {coach.place} · {room}{full}"
