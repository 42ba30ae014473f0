"""The page of one placement: does it count and why, what is next, then its data and history."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from accounts import audit
from candidates.models import Candidate
from placements.counting.facts import Rule
from placements.counting.figures import hours_of, jobs
from placements.counting.told import band, lines_of, told
from placements.counting.verdict import Verdict, verdict_on
from placements.models import CountLine, Placement, PlacementPeriod
from placements.moments import Moment
from placements.rules import Situation, Step, gaps, next_step, stretch, unbroken
from placements.sections import sections_of
from placements.services.rights import may_write_candidate, may_write_contract, may_write_unit
from placements.story import newest_first, of_periods, of_records
from placements.views.pages import ContextView, EmployerPage
from ui import dutch
from ui.pages import Row

#: The parameter in the address of a change that says a contract is to be renewed.
RENEWAL = "verlenging"


class PlacementPage(EmployerPage):
    """A page about one placement of the employer in the address; anything else is not found."""

    kwargs: dict[str, Any]

    @cached_property
    def placement(self) -> Placement:
        rows = Placement.objects.visible_to(self.user).of_employer(self.employer.pk).for_list()
        return get_object_or_404(rows.select_related("owner", "continues"), uuid=self.kwargs["placement"])

    @cached_property
    def periods(self) -> list[PlacementPeriod]:
        """The periods in order of time."""
        return sorted(self.placement.periods.all(), key=lambda period: period.first_day)

    @property
    def standing(self) -> PlacementPeriod:
        """The period of today, else the last one begun, else the first one to come."""
        begun = [period for period in self.periods if period.first_day <= self.today]
        return begun[-1] if begun else self.periods[0]

    @property
    def lasting(self) -> PlacementPeriod:
        """The period in which the standing one ends, past renewals that follow on the next day."""
        days = [stretch(period.first_day, period.last_day) for period in self.periods]
        return self.periods[unbroken(days, self.periods.index(self.standing))]

    @property
    def ended(self) -> bool:
        """Whether the last period is over."""
        last_day = self.periods[-1].last_day
        return last_day is not None and last_day < self.today

    def own_address(self, name: str = "placement_detail", **more: Any) -> str:
        return self.address(name, placement=self.placement.uuid, **more)

    def crumbs(self) -> list[tuple[str, str | None]]:
        return [
            (self.word.titles, self.address("placement_list")),
            (self.placement.candidate.full_name, self.own_address()),
        ]


class PlacementDetail(PlacementPage, ContextView):
    """One placement."""

    template_name = "placements/placement_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        placement = self.placement
        audit.record(action="plaatsing.bekeken", by=self.user, obj=placement, employer_id=self.employer.pk)
        name = placement.candidate.full_name
        regime = self.asked.at.regime.code
        verdict = verdict_on(placement, self.asked.day, regime, person=name, own_record_only=True)
        course = told(placement, self.lines, person=name)
        return self.show(
            title=name,
            breadcrumbs=[(self.word.titles, self.address("placement_list")), (name, None)],
            placement=placement,
            periods=self._periods(),
            asked=self.asked,
            verdict=verdict,
            verdict_jobs=_jobs(verdict, self.asked.at),
            course=course,
            band=band(course, self.today),
            gaps=gaps(stretch(period.first_day, period.last_day) for period in self.periods),
            todo=self._todo(),
            facts=self._facts(),
            successors=self.successors,
            story=newest_first(of_periods(self.periods), of_records(placement, reader=self.employer)),
            candidate_url=self.candidate_url,
            writes_contract=self.may_change and may_write_contract(self.user, placement),
            renew_url=self._renew_url(),
            writes_unit=self.may_change and may_write_unit(self.user, placement),
            ended=self.ended,
            has_end=bool(self.periods[-1].end_reason),
            change_end_url=self._change_end_url(),
            sections=sections_of(request, self.employer, placement),
        )

    def _renew_url(self) -> str:
        """Return where a contract that ends is renewed; empty for one that has ended, runs on or goes on already."""
        ends = self.lasting.last_day is not None and not self.ended and not self.lasting.end_reason
        goes_on = self.lasting != self.periods[-1] or bool(self.successors)
        return f"{self.own_address('period_add')}?{RENEWAL}=ja" if ends and not goes_on else ""

    def _change_end_url(self) -> str:
        """Return where an end that was recorded is changed: once it is past, the period itself."""
        if self.ended:
            return self.own_address("period_correct", period=self.periods[-1].first_day)
        return self.own_address("placement_end")

    def _periods(self) -> list[PlacementPeriod]:
        return self.periods[::-1]

    @cached_property
    def lines(self) -> list[CountLine]:
        """How the placement counts over time under the regime, newest first."""
        return lines_of(self.placement, self.asked.at.regime)

    @cached_property
    def successors(self) -> list[Placement]:
        """The placements that continue this one, as far as this user may see them."""
        return list(self.placement.continued_by.visible_to(self.user))

    def _facts(self) -> list[tuple[str, Any]]:
        """Return what belongs to the placement as a whole, as labels and values."""
        placement = self.placement
        facts: list[tuple[str, Any]] = [
            ("Code", placement.code),
            ("Route", placement.get_route_display()),
            ("Werkt bij", placement.host),
            ("Formele werkgever", placement.formal_employer_name),
        ]
        if placement.team:
            facts.append(("Team", placement.team))
        if placement.owner_id != self.employer.pk:
            facts.append(("Vastgelegd door", placement.owner or "de functioneel beheerder"))
        return facts

    @cached_property
    def candidate_url(self) -> str:
        """The address of the candidate; empty when this employer may not see the person (any more)."""
        candidate = self.placement.candidate
        seen = Candidate.objects.visible_to(self.user).seen_by(self.employer.pk, self.today).filter(pk=candidate.pk)
        return self.address("candidate_detail", candidate=candidate.uuid) if seen.exists() else ""

    def _todo(self) -> list[Row]:
        """Return the next deadlines and the one thing to do about them."""
        now = self._situation()
        step = next_step(now)
        rows = [self._deadline(), self._lapse(now), self._step(step) if step else None]
        return [row for row in rows if row is not None]

    def _situation(self) -> Situation:
        standing, lasting, placement = self.standing, self.lasting, self.placement
        unregistered = [line.first_day for line in self.lines if line.rule == Rule.NOT_REGISTERED]
        today = next((line for line in self.lines if line.first_day <= self.today <= line.last_day), None)
        registered = today is None or today.rule != Rule.NOT_REGISTERED
        return Situation(
            today=self.today,
            starts=standing.first_day,
            ends=lasting.last_day,
            has_reason=bool(lasting.end_reason),
            goes_on=lasting != self.periods[-1] or bool(self.successors),
            registered=registered,
            unit_missing=standing.unit is None
            and may_write_unit(self.user, placement)
            and placement.host.units.exists(),
            lapses=min((day for day in unregistered if registered and day > self.today), default=None),
        )

    def _deadline(self) -> Row | None:
        standing, lasting = self.standing, self.lasting
        if standing.first_day > self.today:
            return Row(f"Begint op {dutch.day_long(standing.first_day)}", tag=self._when(standing.first_day))
        if lasting.last_day is None:
            return None
        day = dutch.day_long(lasting.last_day)
        if lasting.last_day < self.today:
            return Row(f"Geëindigd op {day}", note=lasting.get_end_reason_display(), tag="voorbij")
        what = "Eindigt" if lasting.end_reason else "Contract loopt af"
        left = f"nog {dutch.plural((lasting.last_day - self.today).days, 'dag', 'dagen')}"
        note = ", ".join(filter(None, (left, lasting.get_end_reason_display().lower())))
        return Row(f"{what} op {day}", note=note, tag=self._when(lasting.last_day), tone="info")

    def _when(self, day: date) -> str:
        """Return a day as it fits a badge: with its year unless that is this one."""
        return dutch.day_short(day) if day.year == self.today.year else dutch.day(day)

    def _lapse(self, now: Situation) -> Row | None:
        """Return the warning that soon it does not count because the registration does not run then."""
        if now.lapses is None or not now.lapses_soon:
            return None
        return Row(
            f"Telt niet mee vanaf {dutch.day_long(now.lapses)}",
            note="De registratie in het doelgroepregister loopt dan niet.",
            tag=self._when(now.lapses),
            tone="warning",
        )

    def _step(self, step: Step) -> Row | None:
        """Return the one thing to do, as a link when this user may do it."""
        contract = may_write_contract(self.user, self.placement) and self.may_change
        candidate = self.placement.candidate
        texts = {
            Step.REGISTER: (
                "Registerperiode vastleggen",
                "Vraag bij UWV na of iemand in het doelgroepregister staat.",
                self.address("register_add", candidate=candidate.uuid),
                may_write_candidate(self.user, candidate) and self.may_change and bool(self.candidate_url),
            ),
            Step.REASON: (
                "Reden van het einde vastleggen",
                "Zo klopt de uitstroom.",
                self.own_address("period_correct", period=self.lasting.first_day),
                contract,
            ),
            Step.DECIDE: (
                "Verlengen of beëindigen",
                "Besluit hoe het verdergaat en leg het vast.",
                self._renew_url(),
                contract,
            ),
            Step.UNIT: (
                "Afdeling invullen",
                "Dan telt dit ook mee in het cijfer van de afdeling.",
                self.own_address("period_unit", period=self.standing.first_day),
                self.may_change,
            ),
        }
        label_, note, url, allowed = texts[step]
        return Row(label_, url=url if allowed else "", note=note, tag="doen", tone="warning")


def _lapse(now: Situation) -> Row | None:
    """Return the warning that soon it does not count because the registration does not run then."""
    if now.lapses is None or not now.lapses_soon:
        return None
    return Row(
        f"Telt niet mee vanaf {dutch.day_long(now.lapses)}",
        note="De registratie in het doelgroepregister loopt dan niet.",
        tag=dutch.day_short(now.lapses),
        tone="warning",
    )


def _jobs(verdict: Verdict, at: Moment) -> Any:
    """Return how many jobs the verdict's hours make; None when they count for nobody."""
    return jobs(hours_of(verdict.line.hours), at.hours_per_job) if verdict.line and verdict.counts else None
