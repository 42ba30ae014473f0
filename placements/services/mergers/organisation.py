"""What a merger does to units, teams and purchases."""

from collections import defaultdict

from accounts.folding import fold
from accounts.records import FOREVER
from employers.models import OrgUnit
from employers.rules import tree_order
from employers.services.units import rebuild_ancestry
from placements.models import Team, TeamPurchase
from placements.purchase_sums import Bought, add_up
from placements.services.codes import tagged_code
from placements.services.mergers.move import Move


def recreate_units(move: Move) -> None:
    """Make the old employer a unit of the successor, with its own units below it.

    So figures per location go on. A code the successor has already gets the old employer's code behind it.
    """
    taken = set(OrgUnit.objects.filter(employer=move.new).values_list("code", flat=True))
    rows = {unit.pk: unit for unit in OrgUnit.objects.filter(employer=move.old).order_by("name_folded", "pk")}
    move.units[None] = _add_unit(move, taken, code=move.old.code, name=move.old.name, parent=None)
    for key, _ in tree_order({unit.pk: unit.parent_id for unit in rows.values()}):
        unit = rows[key]
        move.units[key] = _add_unit(move, taken, code=unit.code, name=unit.name, parent=move.units[unit.parent_id])
    rebuild_ancestry([move.new.pk])


def move_teams(move: Move) -> None:
    """Make a team at the successor for every team that lasts.

    The old team keeps its employer, whose wage-return period decides how its past counts.
    """
    taken = set(Team.objects.values_list("code", flat=True))
    for team in move.old_teams():
        code = tagged_code(team.code, tag=move.new.code, taken=taken)
        move.teams[team.pk] = Team.objects.create(
            code=code, name=team.name, name_folded=team.name_folded, employer=move.new
        ).pk


def move_purchases(move: Move) -> set[int]:
    """Let purchases by the old employer and of its teams go on; return the teams (keys) whose shares change.

    What the successor buys of the same team already is added up with it.
    """
    moved: dict[tuple[int, int], list[Bought]] = defaultdict(list)
    changed: set[int] = set()
    for row in move.purchases():
        team = move.teams.get(row.team_id, row.team_id)
        changed |= {row.team_id, team}
        moved[team, move.employer(row.buyer_id) or row.buyer_id].append(_take(move, row))
    for (team, buyer), parts in moved.items():
        own = TeamPurchase.objects.filter(move.lasting, team=team, buyer=buyer)
        TeamPurchase.objects.bulk_create(
            TeamPurchase(
                team_id=team,
                buyer_id=buyer,
                first_day=bought.first,
                last_day=None if bought.last == FOREVER else bought.last,
                places=bought.places,
            )
            for bought in add_up([*parts, *(_take(move, row) for row in own)])
        )
    return changed


def _add_unit(move: Move, taken: set[str], *, code: str, name: str, parent: int | None) -> int:
    if code in taken:
        code = tagged_code(code, tag=move.old.code, taken=taken)
    taken.add(code)
    name = name[: OrgUnit._meta.get_field("name").max_length]
    return OrgUnit.objects.create(employer=move.new, code=code, name=name, name_folded=fold(name), parent_id=parent).pk


def _take(move: Move, row: TeamPurchase) -> Bought:
    """Let a purchase end on the last day (one that had not begun goes) and return what is left of it."""
    rest = Bought(max(row.first_day, move.first_day), row.last_day or FOREVER, row.places)
    if row.first_day > move.last_day:
        row.delete()
    else:
        row.last_day = move.last_day
        row.revision += 1
        row.save()
    return rest
