"""The dashboard in words and links: what the template shows, worked out from the figures."""

from dataclasses import dataclass
from fractions import Fraction

from employers.words import word_of
from placements.counting import reasons
from placements.counting.facts import Rule
from placements.counting.figures import TargetUnit
from progress import wording
from progress.cards import Cards, Figure
from progress.changes import ChangeKind
from progress.dashboard import Dashboard
from progress.links import Links
from progress.question import Question
from progress.sums import Part, Slice
from ui import dutch
from ui.meter import Meter
from ui.pages import Row


@dataclass(frozen=True, slots=True)
class Share:
    """A line of what the count is made of; ``hours`` a week and ``jobs`` are exact."""

    label: str
    url: str
    number: int
    persons: Fraction | int
    hours: Fraction
    jobs: Fraction
    note: str = ""

    @property
    def persons_shown(self) -> str:
        return wording.amount(self.persons, TargetUnit.PERSONS)


@dataclass(frozen=True, slots=True)
class Step:
    """A line of what changes until the end of the year."""

    label: str
    value: str
    url: str = ""


class Page:
    """What the coordinator's page says about a dashboard."""

    def __init__(
        self, dashboard: Dashboard, question: Question, links: Links, *, on_track: Fraction | None = None
    ) -> None:
        """Say it of a dashboard; ``on_track`` is where a straight line to the target would be on the day."""
        self._on_track = on_track
        self._board = dashboard
        self._question = question
        self._links = links
        self.figures = dashboard.figures
        self.shows_target = dashboard.shows_target

    @property
    def nothing_runs(self) -> bool:
        """Whether nothing at all runs on the day, or is known to start before the end of its year."""
        board = self._board
        nothing = not (self.figures.counted or self.figures.excluded_total or board.trials)
        return nothing and not (board.later and board.later.counted)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show, not even a target."""
        return self.nothing_runs and not self.figures.target

    @property
    def empty_title(self) -> str:
        return f"Op {dutch.day_long(self._question.day)} loopt er niets"

    @property
    def empty_text(self) -> str:
        many = word_of(self._board.employer).plural
        return (
            f"Er zijn voor deze dag geen {many} of proefplaatsingen vastgelegd. Kies een andere peildatum of een "
            f"andere afdeling, of leg {many} vast met een bestand uit het personeelssysteem."
        )

    @property
    def heading(self) -> str:
        return "Stand tegenover het streefcijfer" if self.shows_target else "Stand"

    @property
    def counted_url(self) -> str:
        """Where the totals lead: to the rows that count, which show the shares in teams too."""
        return self._links.placements(counts=True)

    @property
    def later_figures(self) -> list[Step]:
        """Jobs and persons on the last day of the year, with the rows they count while that day can be asked for."""
        then, later = self._links.at_year_end(), self._board.later
        if later is None:
            return []
        url = then.placements(counts=True) if then else ""
        texts = (wording.jobs(later.jobs), wording.persons(later.persons))
        return [Step("", text, url) for text in texts]

    @property
    def headline(self) -> list[Figure]:
        """Jobs and persons side by side; what the target is a number of comes first."""
        return [
            Figure(wording.amount(value, unit), wording.number_of(value, unit), self._links.rows_of(unit))
            for unit, value in wording.headline(self.figures, with_target=self.shows_target).items()
        ]

    @property
    def persons(self) -> str:
        return wording.amount(self.figures.persons, TargetUnit.PERSONS)

    @property
    def placements(self) -> str:
        return word_of(self._board.employer).count(self.figures.counted)

    @property
    def placements_heading(self) -> str:
        return word_of(self._board.employer).titles

    @property
    def standing(self) -> wording.Standing | None:
        return wording.against_target(self.figures) if self.shows_target else None

    @property
    def target_sentence(self) -> str:
        """Return what the target is, or that there is none; nothing where the employer does not steer by it."""
        if not self._board.employer.show_target:
            return ""
        year, whose = self._question.day.year, "deze afdeling" if self._board.unit else "deze werkgever"
        target = self.figures.target
        if target is None:
            return f"Voor {year} heeft {whose} geen streefcijfer."
        above = ""
        if self._board.aims_at(TargetUnit.EXTRA_JOBS) and self.figures.baseline is not None:
            above = f" boven de nulmeting van {wording.jobs(self.figures.baseline)}"
        return f"Het streefcijfer voor {year} is {wording.target(target)}{above}."

    @property
    def lacks_target(self) -> bool:
        """Whether a target is missed: the employer steers by targets and has none for the year."""
        return self._board.employer.show_target and self.figures.target is None

    @property
    def targets_url(self) -> str:
        return self._links.page("target_list")

    @property
    def lacks_baseline(self) -> bool:
        """Whether a target in extra jobs is held against an empty baseline."""
        return self._board.aims_at(TargetUnit.EXTRA_JOBS) and self.figures.baseline is None

    @property
    def end_label(self) -> str:
        """What a figure on the last day of the year is: expected, or past."""
        end = self._question.year_end
        return f"{'verwacht op' if self._ahead else 'op'} {dutch.day_long(end)}"

    @property
    def meter(self) -> Meter | None:
        """Realised against the target, with the figure at the end of the year when that differs."""
        if not self.shows_target:
            return None
        later, label = self._board.later, self.end_label
        return wording.meter(self.figures, later=later, later_label=label, on_track=self._on_track)

    @property
    def reasons(self) -> list[Row]:
        """Why placements do not count, and the trials that never do."""
        rows = [
            Row(
                reasons.label(rule),
                self._links.placements(counts=False, rule=rule),
                remedy,
                dutch.number(self._board.excluded[rule].number),
            )
            for rule, remedy in wording.REMEDIES.items()
            if rule in self._board.excluded
        ]
        if self._board.trials:
            label = "Proefplaatsing of stage loopt"
            rows.append(Row(label, self._links.trials(), "geen loon, dus geen uren", dutch.number(self._board.trials)))
        return rows

    @property
    def cards(self) -> list[Figure]:
        """The single figures under the meter."""
        return Cards(self._board, self._links, self.end_label, ahead=self._ahead).all()

    @property
    def card_span(self) -> int:
        """How many of the twelve columns each card takes."""
        return 12 // len(self.cards)

    @property
    def shares(self) -> list[Share]:
        """What the count is made of: own contracts, hired workers, and the share in each team."""
        parts = self._board.counted_directly
        direct = [self._direct(rule, parts[rule]) for rule in wording.CREDITED if rule in parts]
        return [*direct, *map(self._team, self._board.teams)]

    @property
    def steps_title(self) -> str:
        """What the last card looks at: what is still to come, or what came."""
        return f"{'Tot en met' if self._ahead else 'Daarna, tot en met'} {dutch.day_long(self._question.year_end)}"

    @property
    def steady_sentence(self) -> str:
        """Return what the card says when nothing changes."""
        known = "Er staat niets vast dat de telling nog verandert." if self._ahead else "De telling is gelijk gebleven."
        return f"{known} {self.end_label[:1].upper()}{self.end_label[1:]}:"

    @property
    def _ahead(self) -> bool:
        return self._question.year_end > self._question.reference.today

    @property
    def steps(self) -> list[Step]:
        """What is known to change until the end of the year."""
        changes = self._board.changes
        if changes is None:
            return []
        kinds = (
            (ChangeKind.STARTS, changes.starts, dutch.signed(changes.starts)),
            (ChangeKind.STOPS, changes.stops, dutch.signed(-changes.stops)),
            (ChangeKind.HOURS, changes.others, dutch.number(changes.others)),
        )
        labels = {
            ChangeKind.STARTS: "Begint te tellen",
            ChangeKind.STOPS: "Telt niet meer",
            ChangeKind.HOURS: "Andere uren",
        }
        steps = [Step(labels[kind], value, self._links.changes(kind)) for kind, number, value in kinds if number]
        return [*steps, *self._team_steps()]

    @property
    def keep_sentence(self) -> str:
        """Return what it would take to keep what stops counting; nothing when nothing does, or the year is over."""
        stops = self._board.changes.stops if self._board.changes and self._ahead else 0
        if not stops:
            return ""
        if stops == 1:
            return "Deze ene plek blijft meetellen als die wordt verlengd of vervangen."
        return f"Deze {dutch.number(stops)} plekken blijven meetellen als ze worden verlengd of vervangen."

    def _direct(self, rule: Rule, part: Part) -> Share:
        url = self._links.placements(counts=True, rule=rule)
        hours = Fraction(part.hours, 100)
        return Share(wording.CREDITED[rule], url, part.number, part.persons, hours, self._board.jobs(part.hours))

    def _team(self, bought: Slice) -> Share:
        share = bought.share
        return Share(
            label=share.team.name,
            url=self._links.team(share.team.uuid),
            number=bought.whole.number,
            persons=bought.persons,
            hours=bought.hours / 100,
            jobs=self._board.jobs(bought.hours),
            note=f"{dutch.number(share.places)} van {dutch.number(share.all_places)} ingekochte plaatsen",
        )

    def _team_steps(self) -> list[Step]:
        """Return what the share in each team adds or takes; that is a calculation, on the last day of the year."""
        then = self._links.at_year_end() or self._links
        return [
            Step(f"Aandeel in {team}", _signed_jobs(self._board.jobs(hours)), then.team(team.uuid))
            for team, hours in self._board.team_changes.items()
        ]


def _signed_jobs(number: Fraction) -> str:
    """Return ``+1,0 baan`` or ``−0,4 banen``."""
    return f"{dutch.signed(number, 1)} {wording.number_of(number, TargetUnit.JOBS)}"
