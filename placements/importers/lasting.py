"""Work that a file would let last too long, so that it counts where it no longer is, or twice.

* Beyond the last day of its employer: no work or purchase lasts there. A merger (*Samenvoegen* in the admin) lets it
  go on at the successor; a last day in a file does not.
* Into the days of the placement that continues it, as after a merger: a personnel system that knows of no merger
  delivers the old placement without its end. Where a file brings a link anew, that is only a warning: an export holds
  what stood.

What stood already and the file leaves alone is no fault of the file.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Exists, OuterRef, Q

from accounts.drafts import Draft
from accounts.records import FOREVER
from employers.importers.intake import Intake
from employers.importers.organisations import EmployerDraft
from files.schema import SheetData
from placements.importers.employers import SHEET as EMPLOYERS
from placements.importers.placements import SHEET as PLACEMENTS
from placements.importers.register import PeriodDraft, PlacementDraft, PurchaseDraft, Register
from placements.importers.teams import PURCHASES
from placements.models import Placement, PlacementPeriod
from ui.dutch import plural

#: Codes named one by one; the others are only counted.
_NAMED = 5

_PARTIES = {"host", "employer_of_record", "team", "partner"}


def check_lasting(sheets: Mapping[str, SheetData], intake: Intake, register: Register) -> None:
    """Report rows that let work last too long, and employers that end while work lasts there."""
    followers: dict[PlacementDraft, list[PlacementDraft]] = defaultdict(list)
    for placement in (*register.placements.values(), *register.linked):
        if placement.continues is not None:
            followers[placement.continues].append(placement)
    for placement in register.placements.values():
        after = followers.get(placement, [])
        for period in placement.periods:
            if not _continued(placement, period, after, intake) and period.line:
                _check_period(placement, period, intake)
    for team in register.teams.values():
        for purchase in team.purchases:
            if purchase.line:
                _check_purchase(purchase, intake)
    if EMPLOYERS in sheets:
        _check_employers(sheets[EMPLOYERS], intake, register)


# --- what goes on as another placement ------------------------------------------------------------------


def _continued(
    placement: PlacementDraft, period: PeriodDraft, followers: Iterable[PlacementDraft], intake: Intake
) -> bool:
    """Report a period that shares days with what continues it, because of the file; tell whether that is a fault."""
    for after in followers:
        new_link = after.is_new or "continues" in after.changed
        for other in after.periods:
            line = period.line if _days_touched(period) else other.line
            made = new_link or _days_touched(period) or _days_touched(other)
            if not made or not line or not _share_days(period, other):
                continue
            start = min(part.first_day for part in after.periods)
            text = f"{placement.code} gaat vanaf {start:%d-%m-%Y} verder als {after.code}"
            if new_link:
                intake.warn(PLACEMENTS, line, "einddatum", f"{text}, maar loopt dan nog door; zo telt het dubbel")
            elif _days_touched(period):
                intake.fault(PLACEMENTS, line, "einddatum", f"{text}; laat de einddatum staan")
            else:
                intake.fault(PLACEMENTS, line, "begindatum", f"{text}, en loopt op deze dagen zelf nog door")
            return not new_link
    return False


def _share_days(one: PeriodDraft, other: PeriodDraft) -> bool:
    return one.first_day <= (other.last_day or FOREVER) and other.first_day <= (one.last_day or FOREVER)


def _days_touched(draft: Draft) -> bool:
    return draft.is_new or not {"first_day", "last_day"}.isdisjoint(draft.changed)


# --- an employer that has ended -------------------------------------------------------------------------


def _check_period(placement: PlacementDraft, period: PeriodDraft, intake: Intake) -> None:
    moved = _days_touched(period) or not _PARTIES.isdisjoint(placement.changed)
    for employer in _employers(placement):
        if _outlasts(period, employer) and (moved or _ends_now(employer)):
            _blame(PLACEMENTS, ("begindatum", "einddatum"), period, employer, intake)
            return


def _check_purchase(purchase: PurchaseDraft, intake: Intake) -> None:
    moved = _days_touched(purchase) or "employer" in purchase.team.changed
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


def _check_employers(data: SheetData, intake: Intake, register: Register) -> None:
    """Report every employer that the file gives a last day beyond which work or purchases last."""
    lines = {row.werkgevercode: row.line for row in reversed(data.rows)}
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
