"""Why a placement counts or not on a day, at the terminal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import date_format

from placements.counting.facts import Rule
from placements.counting.figures import two_decimals
from placements.counting.told import lines_of, told
from placements.counting.verdict import Verdict, verdict_on
from placements.models import Placement, Regime
from placements.models.regime import STATUTORY
from ui.reference import day_asked


class Command(BaseCommand):
    help = "Legt uit waarom een plaatsing op een dag wel of niet telt, met de regel en de bron."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="PLAATSINGCODE")
        parser.add_argument("--owner", metavar="CODE", help="werkgever die eigenaar van de plaatsing is")
        parser.add_argument("--on", metavar="DATUM", help="peildatum, jjjj-mm-dd of dd-mm-jjjj (standaard vandaag)")
        parser.add_argument("--regime", default=STATUTORY, help="telregime (standaard %(default)s)")

        parser.add_argument("--timeline", action="store_true", help="ook hoe de plaatsing door de tijd telt")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            day = day_asked(options["on"], today=timezone.localdate())
        except ValueError as error:
            raise CommandError(str(error)) from error
        if not Regime.objects.filter(code=options["regime"]).exists():
            known = ", ".join(Regime.objects.values_list("code", flat=True))
            raise CommandError(f"Er is geen telregime {options['regime']}. Wel: {known}.")
        placement = self._placement(options["code"], options["owner"])
        self.stdout.write(as_text(placement, verdict_on(placement, day, options["regime"])))
        if options["timeline"]:
            regime = Regime.objects.get(code=options["regime"])
            self.stdout.write(course_as_text(placement, regime))

    def _placement(self, code: str, owner: str | None) -> Placement:
        found = Placement.objects.filter(code=code).select_related("owner").for_list()
        if owner:
            found = found.filter(owner__code=owner)
        rows = list(found[:10])
        if not rows:
            raise CommandError(f"Er is geen plaatsing met code {code}{f' van {owner}' if owner else ''}.")
        if len(rows) > 1:
            ours = [row for row in rows if row.owner is None]
            if len(ours) == 1:
                return ours[0]
            owners = ", ".join(str(row.owner.code) for row in rows if row.owner)
            raise CommandError(f"Meer werkgevers hebben een plaatsing {code}: {owners}. Kies er een met --owner.")
        return rows[0]


def as_text(placement: Placement, verdict: Verdict) -> str:
    """Return the verdict as a few lines of plain Dutch."""
    day = date_format(verdict.day, "j F Y")
    if verdict.line is None or verdict.explanation is None:
        text = f"Plaatsing {placement.code} heeft op {day} geen lopende periode en telt dus niet mee."
        if verdict.next_period:
            text += f" De volgende periode begint op {date_format(verdict.next_period.first_day, 'j F Y')}."
        return text
    lines = [
        f"Plaatsing {placement.code} telt op {day} {'mee' if verdict.counts else 'niet mee'}"
        f" (regel {Rule(verdict.line.rule).line}, {verdict.line.rule}; {verdict.line.regime.name.lower()}).",
        verdict.explanation.sentence,
    ]
    if verdict.counts:
        lines.append(verdict.registration)
        whom = verdict.line.employer or f"de kopers van {verdict.line.team}, naar rato"
        lines.append(f"Meegeteld: {verdict.line.hours / 100:.2f} uur per week, bij {whom}.".replace(".", ",", 1))
    lines.append(f"Bron: {verdict.explanation.source}.")
    if verdict.explanation.remedy:
        lines.append(f"Wat kan helpen: {verdict.explanation.remedy}")
    return "\n".join(lines)


def course_as_text(placement: Placement, regime: Regime) -> str:
    """Return every stretch of the placement as the page tells it, the oldest first."""
    stretches = told(placement, reversed(lines_of(placement, regime)), person=placement.candidate.full_name)
    lines = ["", f"Door de tijd ({regime.name.lower()}):"]
    for each in stretches:
        hours = two_decimals(each.hours).replace(".", ",")
        lines += [
            f"- {each.days}: {each.verdict.lower()}, {hours} uur per week, {each.credited}.",
            f"  {each.sentence} (regel {each.rule.line}, {each.rule})",
            f"  Bron: {each.source}.",
        ]
    return "\n".join(lines if stretches else [*lines, "- De telling begint op 1 januari 2013."])
