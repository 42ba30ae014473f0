"""The letter to the board: five sentences written from the figures, for who never saw this tool.

Pure: no database and no clock. Numbers are rounded as on the dashboard, and nobody is named. Where a sentence has
nothing to say, another takes its place, so that there are always five.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from employers.words import Word
from placements.counting.figures import TargetUnit, realised
from progress import wording
from progress.figures import Figures
from ui import dutch

#: A verb as a sentence needs it: now of one, now of more, then of one, then of more.
Verb = tuple[str, str, str, str]
_COUNT: Verb = ("telt", "tellen", "telde", "telden")
_BE: Verb = ("is", "zijn", "was", "waren")
_HAVE: Verb = ("heeft", "hebben", "had", "hadden")
_RUN: Verb = ("loopt", "lopen", "liep", "liepen")
_STOP: Verb = ("houdt", "houden", "hield", "hielden")
_COME: Verb = ("komt", "komen", "kwam", "kwamen")
_GO: Verb = ("gaat", "gaan", "ging", "gingen")

#: How the number one is shown, and a number that rounds to nothing.
_ONE = ("1", "1,0")
_NOUGHT = ("0", "0,0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the letter is written from: the dashboard of an employer, or of one ``part`` of it, on ``day``.

    ``counting`` names a count that is not the law's. ``steers``: whether the target may be told. ``unit`` is what the
    course is told in and ``before`` the amount on 31 December before; ``on_track`` is where a straight line to the
    target would be. ``later`` are the figures on 31 December of the year, None on that day itself; ``starts`` and
    ``stops`` are the placements that make a difference until then, ``from_teams`` the jobs that shares in teams add.
    ``came`` and ``left`` are chains since 1 January, ``ever`` persons, ``permanent`` placements that count;
    ``workforce`` is a fraction of the ``headcount``.
    """

    day: date
    today: date
    employer: str
    part: str = ""
    word: Word
    counting: str = ""
    hours_per_job: Decimal
    figures: Figures
    steers: bool
    unit: TargetUnit
    before: Fraction
    on_track: Fraction | None = None
    later: Figures | None = None
    starts: int = 0
    stops: int = 0
    from_teams: Fraction = Fraction(0)
    came: int = 0
    left: int = 0
    ever: int = 0
    permanent: int = 0
    trials: int = 0
    workforce: Fraction | None = None
    headcount: int | None = None

    @property
    def past(self) -> bool:
        return self.day < self.today

    @property
    def year_end(self) -> date:
        return date(self.day.year, 12, 31)

    @property
    def ahead(self) -> bool:
        """Whether the end of the year is still to come."""
        return self.year_end > self.today


def sentences(facts: Facts) -> list[str]:
    """Return the five: what counts, the target, the pace, the end of the year, and what has to be renewed."""
    others = _others(facts)
    wanted = (_standing(facts), _target(facts), _pace(facts), _forecast(facts), _renewals(facts))
    return [text or next(others) for text in wanted]


def _others(facts: Facts) -> Iterator[str]:
    """Yield what else there is to say, most telling first; the last four always have something."""
    tellers = (_workforce, _permanent, _since_new_year, _flows, _not_counted, _ever)
    return (text for tell in tellers if (text := tell(facts)))


# --- the five ---


def _standing(facts: Facts) -> str:
    persons, past = facts.figures.persons, facts.past
    known = ", voor zover nu bekend," if facts.day > facts.today else ""
    place = f"{facts.part}, een onderdeel van {facts.employer}," if facts.part else facts.employer
    counting = f" volgens de telling “{facts.counting.lower()}”" if facts.counting else ""
    start = f"Op {dutch.day_long(facts.day)} {_form(_COUNT, persons <= 1, past)}{known} bij {place}"
    if not persons:
        nobody = "niemand" if past else "niemand meer" if facts.ever else "nog niemand"
        return f"{start} {nobody} mee voor de banenafspraak{counting}."
    together = "goed voor" if persons == 1 else "samen goed voor"
    jobs = f"{wording.jobs(facts.figures.jobs)} van {dutch.number(facts.hours_per_job, 1)} uur per week"
    return f"{start} {_people(persons)} mee voor de banenafspraak{counting}, {together} {jobs}."


def _target(facts: Facts) -> str:
    target, gap, share = facts.figures.target, facts.figures.gap, facts.figures.progress_share
    is_ = _form(_BE, True, facts.past)
    if not facts.steers:
        return ""
    if target is None or gap is None:
        return f"Voor {facts.day.year} {is_} er geen streefcijfer afgesproken."
    start = f"Het streefcijfer voor {facts.day.year} {is_} {wording.target(target)}{_above_baseline(facts)}"
    if gap > 0:
        done = dutch.percent(share) if share and share > 0 else "nog niets"
        short, one = _amount(gap, target.unit)
        return f"{start}: daarvan {is_} {done} gehaald en er {_form(_BE, one, facts.past)} nog {short} nodig."
    if not _is_seen(gap):
        return f"{start} en dat {is_} precies gehaald."
    percent = f" ({dutch.percent(share)})" if share is not None else ""
    return f"{start} en dat {is_} gehaald, met {_amount(-gap, target.unit)[0]} meer{percent}."


def _above_baseline(facts: Facts) -> str:
    """Return what extra jobs come on top of."""
    target, baseline = facts.figures.target, facts.figures.baseline
    if target is None or target.unit != TargetUnit.EXTRA_JOBS or not baseline:
        return ""
    return f" boven op de {wording.jobs(baseline)} van 1 januari 2013"


def _pace(facts: Facts) -> str:
    line, done, target = facts.on_track, facts.figures.realised, facts.figures.target
    if not facts.steers or line is None or done is None or target is None:
        return ""
    there = wording.counted(line, target.unit)
    start = f"Bij een gelijkmatig tempo naar dat streefcijfer hoort op deze dag een stand van {there}"
    who = f"{'het onderdeel' if facts.part else 'de organisatie'} {_form(_RUN, True, facts.past)}"
    apart = done - line
    if not _is_seen(apart):
        return f"{start}, dus {who} {'zo goed als' if apart else 'precies'} op schema."
    return f"{start}, dus {who} {_amount(abs(apart), target.unit)[0]} {'voor' if apart > 0 else 'achter'} op schema."


def _forecast(facts: Facts) -> str:
    if facts.later is None:
        return ""
    later, apart = _realised(facts.later, facts), _realised(facts.later, facts) - _realised(facts.figures, facts)
    end, (there, one) = dutch.day_long(facts.year_end), _amount(later, facts.unit)
    compared = f"{_compared(apart, facts)}{_enough(later, facts)}"
    if not facts.ahead:
        return f"Op {end} {_form(_BE, one, True)} het {there}: {compared}."
    start = "Als er niets wordt verlengd" if facts.stops else "Voor zover nu bekend"
    return f"{start}, komt de stand op {end} uit op {there}: {compared}."


def _compared(apart: Fraction, facts: Facts) -> str:
    then = "nu" if facts.day == facts.today else f"op {dutch.day_long(facts.day)}"
    if not _is_seen(apart):
        return f"{'vrijwel ' if apart else ''}evenveel als {then}"
    return f"{_number(apart, facts.unit)} {'meer' if apart > 0 else 'minder'} dan {then}"


def _enough(later: Fraction, facts: Facts) -> str:
    """Return whether the end of the year reaches the target, where one steers by it."""
    target = facts.figures.target
    if not facts.steers or target is None:
        return ""
    short = Fraction(target.amount) - later
    if short > 0 and not _is_seen(short):
        return " en net onder het streefcijfer"
    return (
        f" en {_number(short, facts.unit)} onder het streefcijfer" if short > 0 else " en genoeg voor het streefcijfer"
    )


def _renewals(facts: Facts) -> str:
    if facts.later is None:
        return ""
    number, word = facts.stops, facts.word
    if not facts.ahead:
        stopped = f"{_form(_STOP, number <= 1, True)} {word.count(number) if number else f'geen {word.singular}'}"
        began = f"{_form(_COME, facts.starts <= 1, True)} er {_or_none(facts.starts)} bij"
        return f"Tussen die twee dagen {stopped} op met meetellen en {began}."
    if not number and facts.from_teams < 0 and _is_seen(facts.from_teams):
        less = wording.jobs(-facts.from_teams)
        return (
            f"Er is geen {word.singular} die vóór die dag afloopt; het deel in ingekochte teams wordt {less} kleiner."
        )
    if not number:
        return f"Er is geen {word.singular} die vóór die dag afloopt: er hoeft dus niets te worden verlengd."
    stop, them = ("die vóór die dag ophoudt", "die") if number == 1 else ("ze vóór die dag ophouden", "ze")
    keep = f"alleen door {them} te verlengen of te vervangen, blijft het aantal op peil"
    return f"Van {word.count(number)} staat vast dat {stop} met meetellen: {keep}."


# --- what else there is to say ---


def _workforce(facts: Facts) -> str:
    if not facts.workforce or not facts.headcount:
        return ""
    staff = dutch.plural(facts.headcount, "medewerker", "medewerkers")
    return f"Van de {staff} {_form(_COUNT, True, facts.past)} {wording.workforce(facts.workforce)} mee."


def _permanent(facts: Facts) -> str:
    counted, permanent, word = facts.figures.counted, facts.permanent, facts.word
    if not counted:
        return ""
    if counted == 1:
        a = "een" if permanent else "geen"
        return f"De {word.singular} die meetelt, {_form(_HAVE, True, facts.past)} {a} vast contract."
    have = _form(_HAVE, permanent <= 1, facts.past)
    return f"Van de {word.count(counted)} die meetellen, {have} er {_or_none(permanent)} een vast contract."


def _since_new_year(facts: Facts) -> str:
    apart = _realised(facts.figures, facts) - facts.before
    there, one = _amount(facts.before, facts.unit)
    start = f"Op {dutch.day_long(date(facts.day.year - 1, 12, 31))} {_form(_BE, one, True)} het {there}"
    if not apart:
        return f"{start}: precies evenveel."
    verb, way = (_COME, "bij") if apart > 0 else (_GO, "af")
    number = _number(apart, facts.unit)
    return f"{start}; sindsdien {_form(verb, number in _ONE, True)} er {number} {way}."


def _flows(facts: Facts) -> str:
    came = f"{_form(_COME, facts.came <= 1, True)} er {_people(Fraction(facts.came))} bij"
    left = f"{_form(_GO, facts.left <= 1, True)} er {_or_none(facts.left)} weg"
    return f"Van 1 januari tot en met {dutch.day_long(facts.day)} {came} en {left}."


def _not_counted(facts: Facts) -> str:
    number, word, past = facts.figures.excluded_total, facts.word, facts.past
    start = f"Daarnaast {_form(_COUNT, number <= 1, past)} volgens de regels {word.count(number)} niet mee"
    if not number:
        start = f"Er {_form(_BE, True, past)} geen {word.singular} die niet {'meetelde' if past else 'meetelt'}"
    if facts.part:  # trials belong to no part
        return f"{start}."
    trials = dutch.plural(facts.trials, "proefplaatsing", "proefplaatsingen") if facts.trials else "geen proefplaatsing"
    return f"{start}, en er {_form(_RUN, facts.trials <= 1, past)} {trials}."


def _ever(facts: Facts) -> str:
    return f"Door de jaren heen {_form(_COUNT, facts.ever <= 1, True)} hier {_people(Fraction(facts.ever))} mee."


# --- words ---


def _form(verb: Verb, one: bool, past: bool) -> str:
    return verb[(0 if one else 1) + (2 if past else 0)]


def _people(persons: Fraction) -> str:
    """Return ``1 persoon``, ``27 mensen``, or a fraction as what it is: part of a team comes with it."""
    if persons.denominator != 1:
        return f"omgerekend {wording.persons(persons)}"
    return dutch.plural(int(persons), "persoon", "mensen") if persons else "niemand"


def _or_none(number: int) -> str:
    return dutch.number(number) if number else "geen"


def _realised(figures: Figures, facts: Facts) -> Fraction:
    return realised(facts.unit, figures.measured)


def _is_seen(number: Fraction) -> bool:
    """Tell whether a number is more than nothing when it is rounded."""
    return wording.amount(abs(number)) not in _NOUGHT


def _number(number: Fraction, unit: str) -> str:
    """Return how much a number is, whatever its sign."""
    text = wording.amount(abs(number), unit)
    return "minder dan 0,1" if text in _NOUGHT and number else text


def _amount(number: Fraction, unit: str) -> tuple[str, bool]:
    """Return a number with its noun, and whether a verb goes with it as with one."""
    text = wording.amount(number, unit)
    if text in _NOUGHT and number:
        return f"minder dan 0,1 {wording.number_of(1, unit)}", True
    return wording.counted(number, unit), text in _ONE
