"""Work that a file would let last beyond the last day of its employer, so that it counts where it no longer is.

A merger (*Samenvoegen* in the admin) lets work go on at the successor; a last day in a file does not. Work that a file
would let count twice is the other thing to look at when all is planned: :mod:`.followers`. What stood already and the
file leaves alone is no fault of the file.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q

from accounts.records import FOREVER
from employers.importers.intake import Intake
from employers.importers.organisations import EmployerDraft
from files.schema import SheetData
from placements.importers.employers import SHEET as EMPLOYERS
from placements.importers.followers import Followers, days_touched
from placements.importers.placements import SHEET as PLACEMENTS
from placements.importers.register import PeriodDraft, PlacementDraft, PurchaseDraft, Register, TeamDraft
from placements.importers.teams import PURCHASES, TEAMS
from placements.models import Placement, PlacementPeriod
from ui.dutch import plural

#: Codes named one by one; the others are only counted.
_NAMED = 5

_PARTIES = {"host", "employer_of_record", "team", "partner"}


def check_lasting(sheets: Mapping[str, SheetData], intake: Intake, register: Register) -> None:
    """Report rows that let work last too long, and employers that end while work lasts there."""
    followers = Followers(intake, register)
    # An employer may have another last day in a file that could not be read.
    ends_are_known = not register.organisations.unread_employers.everything
    for placement in register.placements.values():
        for period in placement.periods:
            if not followers.share_days(placement, period) and period.line and ends_are_known:
                _check_period(placement, period, intake)
    followers.check_each_other()
    if ends_are_known:
        _check_ended(sheets, intake, register)


def _check_ended(sheets: Mapping[str, SheetData], intake: Intake, register: Register) -> None:
    for team in register.teams.values():
        for purchase in team.purchases:
            if purchase.line:
                _check_purchase(purchase, intake)
    if TEAMS.name in sheets:
        _check_teams(sheets[TEAMS.name], intake, register)
    if EMPLOYERS in sheets:
        _check_employers(sheets[EMPLOYERS], intake, register)


def _check_period(placement: PlacementDraft, period: PeriodDraft, intake: Intake) -> None:
    moved = days_touched(period) or not _PARTIES.isdisjoint(placement.changed)
    for employer in _employers(placement):
        if _outlasts(period, employer) and (moved or _ends_now(employer)):
            _blame(PLACEMENTS, ("begindatum", "einddatum"), period, employer, intake)
            return


def _check_purchase(purchase: PurchaseDraft, intake: Intake) -> None:
    moved = days_touched(purchase) or "employer" in purchase.team.changed
    for employer in (purchase.buyer, purchase.team.employer):
        if _outlasts(purchase, employer) and (moved or _ends_now(employer)):
            _blame(PURCHASES.name, ("vanaf", "tot"), purchase, employer, intake)
            return


def _blame(
    sheet: str,
    columns: tuple[str, str],
    stretch: PeriodDraft | PurchaseDraft,
    employer: EmployerDraft,
    intake: Intake,
) -> None:
    last = employer.last_day
    assert last is not None
    begins_late = stretch.first_day > last
    rest = "daarna begint er niets meer" if begins_late else "laat dit uiterlijk die dag eindigen"
    if employer.successor is not None and sheet == PLACEMENTS:
        rest += f"; gaat het verder bij {employer.successor.code}, gebruik dan een nieuwe plaatsingcode met vervolg_van"
    column = columns[0] if begins_late else columns[1]
    intake.fault(sheet, stretch.line, column, f"{employer.code} bestaat tot en met {last:%d-%m-%Y}; {rest}")


def _check_teams(data: SheetData, intake: Intake, register: Register) -> None:
    """Report every team that moves to an employer that ends before the work of its members or what is bought of it."""
    lines = {row.teamcode: row.line for row in reversed(data.rows)}
    moved = [team for team in register.teams.values() if team.code in lines and "employer" in team.changed]
    ended = {team.pk: team for team in moved if not team.is_new and team.employer.last_day is not None}
    members = _members(ended, register) if ended else {}
    for team in ended.values():
        codes = sorted(code for code, last in members[team] if last > (team.employer.last_day or FOREVER))
        bought = sum(_outlasts(purchase, team.employer) for purchase in team.purchases)
        if codes or bought:
            message = (
                f"{team.employer.code} bestaat tot en met {team.employer.last_day:%d-%m-%Y}; bij dit team loopt er "
                f"daarna nog {_counted(codes, bought)}"
            )
            intake.fault(TEAMS.name, lines[team.code], "werkgevercode", message)


def _members(teams: Mapping[int | None, TeamDraft], register: Register) -> dict[TeamDraft, list[tuple[str, date]]]:
    """Return the members of teams, as code and last day: as the files leave them, and of owners that no file names."""
    found: dict[TeamDraft, list[tuple[str, date]]] = defaultdict(list)
    loaded = set()
    for placement in register.placements.values():
        loaded.add(placement.pk)
        if placement.team is not None and placement.team.pk in teams and placement.periods:
            last = max(period.last_day or FOREVER for period in placement.periods)
            found[placement.team].append((placement.code, last))
    rows = PlacementPeriod.objects.filter(placement__team__in=[key for key in teams if key])
    lasts: dict[tuple[int, str, int], date] = {}
    for pk, code, team, last_day in rows.values_list("placement", "placement__code", "placement__team", "last_day"):
        if team is not None:
            lasts[pk, code, team] = max(lasts.get((pk, code, team), date.min), last_day or FOREVER)
    for (pk, code, team), last in lasts.items():
        if pk not in loaded:
            found[teams[team]].append((code, last))
    return found


def _check_employers(data: SheetData, intake: Intake, register: Register) -> None:
    """Report every employer that the file gives a last day beyond which work or purchases last."""
    lines = {row.werkgevercode: row.line for row in reversed(data.legible)}
    for employer in register.organisations.employers.values():
        if employer.code not in lines or not _ends_now(employer):
            continue
        codes = sorted({*_lasting_here(employer, register), *_lasting_elsewhere(employer, register)})
        bought = sum(_outlasts(p, employer) for p in _purchases(employer, register))
        if codes or bought:
            message = (
                f"na {employer.last_day:%d-%m-%Y} loopt er nog {_counted(codes, bought)}; geef dat eerst een "
                "laatste dag, of kies Samenvoegen in Beheer: dan gaat het verder bij de opvolger"
            )
            intake.fault(EMPLOYERS, lines[employer.code], "laatste_dag", message)


def _counted(codes: list[str], bought: int) -> str:
    parts = []
    if codes:
        more = " …" if len(codes) > _NAMED else ""
        parts.append(f"{plural(len(codes), 'plaatsing', 'plaatsingen')} ({', '.join(codes[:_NAMED])}{more})")
    if bought:
        parts.append(plural(bought, "inkoop", "inkopen"))
    return " en ".join(parts)


def _lasting_here(employer: EmployerDraft, register: Register) -> Iterator[str]:
    """Yield the codes of placements that last, as the files leave them."""
    for placement in register.placements.values():
        if employer in _employers(placement) and any(_outlasts(period, employer) for period in placement.periods):
            yield placement.code


def _lasting_elsewhere(employer: EmployerDraft, register: Register) -> Iterator[str]:
    """Yield the codes of placements that last, of owners that no file names."""
    if employer.is_new:
        return
    teams = [team.pk for team in register.teams.values() if team.employer is employer and team.pk]
    alone = Q(team__isnull=True) & (Q(host=employer.pk) | Q(employer_of_record=employer.pk))
    lasting = Q(last_day__isnull=True) | Q(last_day__gt=employer.last_day)
    periods = PlacementPeriod.objects.filter(lasting, placement=OuterRef("pk"))
    loaded = {placement.pk for placement in register.placements.values()}
    for pk, code in Placement.objects.filter(alone | Q(team__in=teams), Exists(periods)).values_list("pk", "code"):
        if pk not in loaded:
            yield code


def _purchases(employer: EmployerDraft, register: Register) -> Iterator[PurchaseDraft]:
    for team in register.teams.values():
        for purchase in team.purchases:
            if purchase.buyer is employer or team.employer is employer:
                yield purchase


def _employers(placement: PlacementDraft) -> list[EmployerDraft]:
    """Return host and employer of record; of incomplete rows what could be read."""
    return [employer for employer in (placement.host, placement.record) if employer is not None]


def _outlasts(stretch: PeriodDraft | PurchaseDraft, employer: EmployerDraft) -> bool:
    return employer.last_day is not None and (stretch.last_day or FOREVER) > employer.last_day


def _ends_now(employer: EmployerDraft) -> bool:
    """Tell whether the files give the employer its last day."""
    return employer.last_day is not None and (employer.is_new or "last_day" in employer.changed)
