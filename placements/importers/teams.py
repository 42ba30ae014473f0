"""The sheets ``teams`` and ``teaminkoop``."""

from typing import Any

from accounts.folding import fold
from employers.importers.changes import changes_in
from employers.importers.intake import Intake, RowResult, Status
from employers.importers.organisations import EmployerDraft
from files import cells
from files.schema import Column, SheetData, SheetSchema
from placements.importers.adrift import Adrift
from placements.importers.lookup import Lookup
from placements.importers.periods import clash_message, settle
from placements.importers.register import PurchaseDraft, Register, TeamDraft

TEAMS = SheetSchema(
    "teams",
    (
        Column("teamcode", cells.code(max_length=40), required=True, key=True),
        Column("naam", cells.text(max_length=120), required=True),
        Column("werkgevercode", cells.code(max_length=40), required=True),
    ),
)

PURCHASES = SheetSchema(
    "teaminkoop",
    (
        Column("teamcode", cells.code(max_length=40), required=True, key=True),
        Column("werkgevercode", cells.code(max_length=40), required=True, key=True),
        Column("plaatsen", cells.whole(at_least=1), required=True),
        Column("vanaf", cells.day(), required=True, key=True),
        Column("tot", cells.day(open_ended=True)),
    ),
)


_TEAM_COLUMNS = {"name": "naam", "employer": "werkgevercode"}
_PURCHASE_COLUMNS = {"places": "plaatsen", "last_day": "tot"}


def plan_teams(data: SheetData, intake: Intake, register: Register) -> None:
    """Add and amend teams. Another employer becomes the host of every member."""
    tally = intake.take(data, noun="teams")
    find = Lookup(intake, register)
    for row in data.rows:
        employer = find.employer(row.werkgevercode, (TEAMS.name, row.line, "werkgevercode"))
        if employer is None:
            register.unread[TEAMS.name].add(row.teamcode)
            continue
        team = register.teams.get(row.teamcode)
        if team is None:
            team = register.teams[row.teamcode] = TeamDraft(code=row.teamcode, employer=employer)
        team.amend(name=row.naam, name_folded=fold(row.naam), employer=employer)
        status = Status.of(team)
        tally.records[status] += 1
        tally.rows.append(RowResult(row.line, row.teamcode, status, *changes_in(team, columns=_TEAM_COLUMNS)))


def plan_purchases(data: SheetData, intake: Intake, register: Register) -> None:
    """Add and amend purchases. Purchases of one team by one buyer never overlap, and none is closed by a later one."""
    tally = intake.take(data, noun="inkopen")
    find = Lookup(intake, register)
    adrift = Adrift(data, "vanaf")
    touched: set[tuple[TeamDraft, EmployerDraft]] = set()
    for row in data.legible:
        if None in (row.teamcode, row.werkgevercode, row.vanaf):
            adrift.add(row)
            continue
        purchase = _purchase(row, data, intake, find)
        if purchase is None:
            continue
        touched.add((purchase.team, purchase.buyer))
        status = Status.of(purchase)
        tally.records[status] += 1
        label = f"{row.teamcode} {row.werkgevercode} {row.vanaf:%d-%m-%Y}"
        tally.rows.append(RowResult(row.line, label, status, *changes_in(purchase, columns=_PURCHASE_COLUMNS)))
    for team, buyer in touched:
        bought = [purchase for purchase in team.purchases if purchase.buyer is buyer]
        for purchase, other in settle(adrift.told([], bought), may_close=False).clashes:
            intake.fault(PURCHASES.name, purchase.line, "vanaf", clash_message(other))


def _purchase(row: Any, data: SheetData, intake: Intake, find: Lookup) -> PurchaseDraft | None:
    team = find.team(row.teamcode, (PURCHASES.name, row.line, "teamcode"))
    buyer = find.employer(row.werkgevercode, (PURCHASES.name, row.line, "werkgevercode"))
    if team is None or buyer is None:
        return None
    same = (p for p in team.purchases if p.buyer is buyer and p.first_day == row.vanaf)
    purchase = next(same, None)
    if purchase is None:
        purchase = PurchaseDraft(team=team, buyer=buyer, first_day=row.vanaf)
        team.purchases.append(purchase)
    purchase.line = row.line
    purchase.amend(places=row.plaatsen)
    if data.has("tot"):
        purchase.amend(last_day=row.tot if data.has_read(row, "tot") else row.vanaf)
    return purchase
