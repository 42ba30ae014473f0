"""Rounds in words: how something stands, which half-year it is about, and why a figure changed."""

from datetime import date

from progress import wording
from progress.differences import Cause
from progress.figures import Figures
from progress.models import Kind, Round, Snapshot, State
from ui import dutch

TONES = {
    State.OPEN: "neutral",
    State.SUBMITTED: "info",
    State.RETURNED: "warning",
    State.APPROVED: "success",
}

#: Why a placement adds to a difference, as a column says it.
CAUSES = {
    Cause.STARTED: "Nieuw",
    Cause.COUNTS_NOW: "Telt nu mee",
    Cause.ENDED: "Afgelopen of niet meer hier",
    Cause.COUNTS_NO_MORE: "Telt niet meer mee",
    Cause.HOURS: "Andere uren",
    Cause.CONTINUED: "Vervolgd met een nieuwe plaatsing",
    Cause.TEAM: "Aandeel in een team",
    Cause.SAME_PERSON: "Personen gekoppeld of ontkoppeld",
}


def stand(state: State, *, late: bool = False) -> tuple[str, str]:
    """Return how something stands, and the tone of its badge."""
    if late:
        return ("Te laat" if state == State.OPEN else "Teruggestuurd, te laat"), "error"
    return str(state.label), TONES[state]


def round_stand(round: Round, today: date) -> tuple[str, str]:
    """Return how a round as a whole stands, and the tone of its badge."""
    if not round.is_open:
        return "Gesloten", "neutral"
    return ("Open, termijn voorbij", "warning") if today > round.deadline else ("Open", "info")


def round_title(day: date) -> str:
    return f"Halfjaarronde {dutch.day_long(day)}"


def version_name(snapshot: Snapshot) -> str:
    """Return ``versie 2 (eigen opgave)``."""
    own = " (eigen opgave)" if snapshot.kind == Kind.TOTALS else ""
    return f"versie {snapshot.version}{own}"


def version_stand(snapshot: Snapshot, state: State, *, is_last: bool) -> tuple[str, str]:
    """Return how a version stands: approved, else as the submission says when it is the last, else replaced."""
    if snapshot.approved_at:
        return stand(State.APPROVED)
    return stand(state) if is_last else ("Vervangen", "neutral")


def headline(figures: Figures, *, with_target: bool = True) -> list[tuple[str, str]]:
    """Return the large figures: what the target is a number of, jobs and persons."""
    found = wording.headline(figures, with_target=with_target)
    return [(wording.amount(value, unit), wording.number_of(value, unit)) for unit, value in found.items()]


def approved_of(number: int, asked: int, day: date) -> str:
    """Return in a sentence how many of the employers that are asked have an approved state on a day."""
    of = f"{dutch.plural(asked, 'werkgever', 'werkgevers')} in deze sector"
    if asked == 1:
        what = "heeft een" if number else "heeft nog geen"
        return f"De enige werkgever in deze sector {what} goedgekeurde stand op {dutch.day_long(day)}."
    if number == 0:
        who = f"Geen van de {of} heeft een" if asked else "Geen enkele werkgever in deze sector heeft een"
    elif number == asked:
        who = f"Alle {of} hebben een"
    else:
        who = f"Van de {of} {'heeft' if number == 1 else 'hebben'} er {dutch.number(number)} een"
    return f"{who} goedgekeurde stand op {dutch.day_long(day)}."
