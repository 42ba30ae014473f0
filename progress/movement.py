"""Coming, staying and leaving in words and links: what the dashboard shows of the indicators."""

from dataclasses import dataclass
from fractions import Fraction

from placements.chains import UNKNOWN, Flow
from placements.filters import BEGUN, ENDED_THIS_YEAR, EVER, GONE, NOT_RENEWED, RAN_OUT, RENEWED, STAYED
from placements.models import ContractKind, EndReason, Route, TrialOutcome
from progress import wording
from progress.dashboard import Dashboard
from progress.indicators import NEGATIVE, POSITIVE, Indicators, share
from progress.links import Links
from ui import dutch
from ui.pages import Row

#: What each reason of departure says of the work here, in the order in which they are shown.
_GROUPS = (("positief", POSITIVE), ("negatief", NEGATIVE))
_NEUTRAL = "neutraal"


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate in words: the percentage and what is divided by what, each with its rows.

    ``rest`` says how many there are of the other kind, for a rate whose other kind asks for attention.
    """

    label: str
    value: str
    part: str
    url: str
    of: str = ""
    of_url: str = ""
    rest: str = ""
    rest_url: str = ""
    note: str = ""


class Movement:
    """What the dashboard says of the indicators of an employer or unit."""

    def __init__(self, board: Dashboard, found: Indicators, links: Links) -> None:
        self._board = board
        self._found = found
        self._links = links
        self._year = board.at.day.year

    @property
    def title(self) -> str:
        return f"In- en uitstroom in {self._year}"

    @property
    def is_empty(self) -> bool:
        """Whether nobody ever counted here without a team, so that there is nothing to tell of coming and staying."""
        flows = self._found.flows
        return not (flows.ever or flows.started)

    @property
    def flows(self) -> list[Row]:
        """Who comes in and who leaves in the year, the departures by what they say of the work here."""
        flows = self._found.flows
        rows = [
            Row(
                "Ingestroomd",
                self._links.flow(Flow.STARTED),
                self._by_now(flows.started_by_now, flows.started),
                dutch.signed(flows.started),
            ),
            Row(
                "Uitgestroomd",
                self._links.flow(Flow.LEFT),
                self._by_now(flows.left_by_now, flows.left_in_year),
                dutch.signed(-flows.left_in_year),
            ),
        ]
        return [*rows, Row("Per saldo", value=dutch.signed(self._found.net))]

    @property
    def departures(self) -> list[Row]:
        """Why people left, most telling first; the note says whether that is good news."""
        left = self._found.flows.left
        names = dict(EndReason.choices) | {UNKNOWN: "Reden onbekend"}
        groups: dict[str, str] = {reason: name for name, reasons in _GROUPS for reason in reasons}
        order = [*POSITIVE, *NEGATIVE, *(code for code in names if code not in groups)]
        return [
            Row(
                names[reason],
                self._links.flow(Flow.LEFT, str(reason)),
                groups.get(reason, _NEUTRAL),
                dutch.number(left[reason][1]),
            )
            for reason in order
            if reason in left
        ]

    @property
    def outflow_sentence(self) -> str:
        """Return how departures divide into good, bad and neither; nothing when nobody left."""
        if not self._found.flows.left_in_year:
            return ""
        parts = [(name, self._found.left(*reasons)) for name, reasons in _GROUPS]
        parts.append((_NEUTRAL, self._found.left_neutral))
        return ", ".join(f"{dutch.number(number)} {name}" for name, number in parts)

    @property
    def stays(self) -> list[Rate]:
        """Who still counted so many months after the start; without anyone that long ago there is no rate."""
        return [
            Rate(
                f"Na {months} maanden",
                dutch.percent(share(each.kept, each.started)),
                dutch.number(each.kept),
                self._links.flow(f"{STAYED}-{months}"),
                dutch.number(each.started),
                self._links.flow(f"{BEGUN}-{months}"),
                _rest(each.started - each.kept, "weg"),
                self._links.flow(f"{GONE}-{months}"),
            )
            for months, each in self._found.flows.retention.items()
            if each.started
        ]

    @property
    def ever(self) -> list[Row]:
        """How many persons ever counted here, and how many do now: both without members of purchased teams."""
        now = "#opbouw" if self._board.teams else self._links.counted()
        return [
            Row("Ooit geplaatst", self._links.flow(EVER), value=wording.persons(self._found.flows.ever)),
            Row("Nu", now, value=wording.persons(self._board.direct.counting.persons)),
        ]

    @property
    def rates(self) -> list[Rate]:
        """Contracts and trials."""
        contracts, renewed, trials = self._found.contracts, self._found.renewals, self._found.trials
        found = [
            self._rate(
                "Vast contract",
                contracts.permanent.number,
                contracts.all.number,
                self._links.counted(contract=ContractKind.PERMANENT.value),
                self._links.counted(),
                contracts.permanent.in_teams,
            ),
            self._rate(
                "Eigen contract",
                contracts.own.number,
                contracts.all.number,
                self._links.counted(eigen="ja"),
                self._links.counted(),
                contracts.own.in_teams,
            ),
            self._rate(
                f"Verlengd in {self._year}",
                renewed.renewed,
                renewed.ended,
                self._links.flow(RENEWED),
                self._links.flow(RAN_OUT),
                rest=_rest(renewed.ended - renewed.renewed, "niet"),
                rest_url=self._links.flow(NOT_RENEWED),
            ),
        ]
        if trials:
            ended = self._links.trials(stand=ENDED_THIS_YEAR)
            succeeded = self._links.trials(stand=ENDED_THIS_YEAR, uitkomst=TrialOutcome.SUCCEEDED.value)
            found.append(
                self._rate(f"Proef geslaagd in {self._year}", trials.succeeded, trials.ended, succeeded, ended)
            )
        return [rate for rate in found if rate]

    @property
    def routes(self) -> list[Row]:
        """The mix of routes among what counts, the largest first."""
        contracts = self._found.contracts
        names = dict(Route.choices)
        return [
            Row(
                names[route],
                "#opbouw" if part.in_teams else self._links.counted(route=route),
                dutch.percent(Fraction(part.number, contracts.all.number)),
                dutch.number(part.number),
            )
            for route, part in sorted(contracts.routes.items(), key=lambda item: (-item[1].number, names[item[0]]))
        ]

    def numbers(self) -> list[list[object]]:
        """Return every figure as a row for a file: what it is, its number, and of how many where it is a part."""
        flows, contracts = self._found.flows, self._found.contracts
        names = dict(EndReason.choices) | {UNKNOWN: "Reden onbekend"}
        rows: list[list[object]] = [
            ["Ingestroomd in het jaar", flows.started, None],
            ["Uitgestroomd in het jaar", flows.left_in_year, None],
        ]
        rows += [[f"Uitgestroomd: {names[reason]}", number, None] for reason, (_, number) in sorted(flows.left.items())]
        rows += [[f"Gebleven na {months} maanden", each.kept, each.started] for months, each in flows.retention.items()]
        rows.append(["Ooit geplaatst", flows.ever, None])
        rows += [
            ["Vast contract", contracts.permanent.number, contracts.all.number],
            ["Eigen contract", contracts.own.number, contracts.all.number],
            ["Verlengd in het jaar", self._found.renewals.renewed, self._found.renewals.ended],
        ]
        if self._found.trials:
            rows.append(["Proef geslaagd in het jaar", self._found.trials.succeeded, self._found.trials.ended])
        routes = dict(Route.choices)
        return rows + [
            [f"Route: {routes[key]}", part.number, contracts.all.number] for key, part in contracts.routes.items()
        ]

    def _rate(
        self, label: str, part: int, whole: int, url: str, of_url: str, in_teams: int = 0, **more: str
    ) -> Rate | None:
        found = share(part, whole)
        if found is None:
            return None
        note = f"met {dutch.plural(in_teams, 'lid', 'leden')} van ingekochte teams" if in_teams else ""
        value, of = dutch.percent(found), dutch.number(whole)
        return Rate(label, value, dutch.number(part), url, of, of_url, note=note, **more)

    def _by_now(self, now: int, in_year: int) -> str:
        if now == in_year:
            return ""
        return f"waarvan {dutch.number(now)} tot en met {dutch.day_short(self._board.at.day)}"


def _rest(number: int, word: str) -> str:
    """Return ``2 weg``, or nothing when there are none."""
    return f"{dutch.number(number)} {word}" if number else ""
