"""What a coach does about a problem, with what came of it, and what somebody works toward, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.records import take
from coaching.models import Goal, GoalStep, Intervention, Result, ToolkitItem
from coaching.services import records
from coaching.services.records import Keeper
from coaching.services.rights import coaches_at
from placements.services.rights import require

if TYPE_CHECKING:
    from accounts.models import User

#: Steps of one goal; far beyond any real plan.
MAX_STEPS = 30


# --- interventions ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionData:
    """A problem and what is done about it. What is left empty is taken from the ``item`` of the toolkit."""

    day: date
    problem: str = ""
    action: str = ""
    item: ToolkitItem | None = None

    def values(self, *, today: date) -> dict[str, Any]:
        """Return the fields of the intervention; raises ``ValidationError``, by field."""
        item = self.item
        values = {
            "item": item,
            "day": self.day,
            "problem": self.problem.strip() or (item.problem if item else ""),
            "action": self.action.strip() or (item.action or item.name if item else ""),
        }
        faults = records.order_faults(("day", self.day), today=today)
        if not values["problem"]:
            faults["problem"] = "Schrijf wat er aan de hand was."
        if not values["action"]:
            faults["action"] = "Schrijf wat er is gedaan."
        if faults:
            raise ValidationError(faults)
        return values


class Interventions(Keeper[Intervention]):
    """What is done about problems. An intervention keeps the item of the toolkit it was chosen from."""

    def values(self, record: Intervention, data: InterventionData, today: date) -> dict[str, Any]:
        """Refuse what the toolkit no longer offers, and a beginning after the day on which the result was seen."""
        values = super().values(record, data, today)
        if record.pk is not None:
            values["item"] = record.item
        elif data.item is not None and not data.item.is_offered:
            text = f"{data.item} staat niet meer in de toolkit. Schrijf het in eigen woorden op."
            raise ValidationError({"item": text})
        if record.result_on is not None and data.day > record.result_on:
            raise ValidationError({"day": "Het resultaat is al eerder bekeken. Kies een eerdere dag."})
        return values


INTERVENTIONS = Interventions(Intervention, "interventie", coaches_at)


@transaction.atomic
def record_result(
    *,
    intervention: Intervention,
    result: str,
    day: date,
    by: "User | None",
    today: date,
    note: str | None = None,
    expected_revision: int | None = None,
) -> list[str]:
    """Record what came of an intervention on ``day``; an empty result says that it still runs.

    ``note`` is left as it stands when it is None. Returns the names of what changed.
    """
    require(coaches_at(by, intervention.subject, today))
    if result and result not in Result.values:
        raise ValidationError({"result": "Kies wat het opleverde."})
    faults = records.order_faults(("day", intervention.day), ("result_on", day), today=today)
    if result and faults:
        raise ValidationError(faults)
    values: dict[str, Any] = {"result": result, "result_on": day if result else None}
    if note is not None:
        values["result_note"] = note.strip()
    action = "interventie.resultaat" if result else "interventie.heropend"
    return records.change(intervention, values, action=action, by=by, expected_revision=expected_revision)


# --- goals ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step toward a goal; ``key`` is that of a step which stands already. Without a text it goes."""

    text: str
    due: date | None = None
    key: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalData:
    """A goal as it was agreed with somebody, with all its steps in order."""

    title: str
    day: date
    due: date | None = None
    steps: Sequence[Step] = ()

    def values(self, *, today: date) -> dict[str, Any]:
        """Return the fields of the goal itself; raises ``ValidationError``, by field."""
        faults = records.order_faults(("day", self.day), today=today)
        if self.due is not None and self.due < self.day:
            faults["due"] = "Deze dag ligt vóór de dag waarop het doel is afgesproken."
        if len(self.steps) > MAX_STEPS:
            faults["steps"] = f"Een doel heeft hoogstens {MAX_STEPS} stappen."
        if faults:
            raise ValidationError(faults)
        return {"title": self.title.strip(), "day": self.day, "due": self.due}


class Goals(Keeper[Goal]):
    """Goals of somebody's development plan; the steps are part of the goal."""

    def values(self, record: Goal, data: GoalData, today: date) -> dict[str, Any]:
        """Refuse a beginning after the day on which the goal was reached or dropped."""
        values = super().values(record, data, today)
        ended = record.reached_on or record.dropped_on
        if ended is not None and data.day > ended:
            raise ValidationError({"day": "Het doel is al eerder afgerond. Kies een eerdere dag."})
        return values

    @transaction.atomic
    def add(self, *, data: GoalData, **given: Any) -> Goal:
        """Record a goal with its steps."""
        goal = super().add(data=data, **given)
        _write_steps(goal, data.steps)
        return goal

    @transaction.atomic
    def change(
        self, record: Goal, *, data: GoalData, by: "User | None", today: date, expected_revision: int | None = None
    ) -> list[str]:
        """Change a goal or its steps; return what changed. A step that stays keeps whether it was done."""
        require(self.may(by, record.subject, today))
        fresh = take(record, expected_revision=expected_revision)
        values = self.values(fresh, data, today)
        changed = [name for name, value in values.items() if getattr(fresh, name) != value]
        if _write_steps(fresh, data.steps):
            changed.append("steps")
        if changed:
            _raise(fresh, **values)
            records.write_down("doel.gewijzigd", fresh, by, changed)
        return changed


GOALS = Goals(Goal, "doel", coaches_at)


@transaction.atomic
def settle_step(*, goal: Goal, key: int, done_on: date | None, by: "User | None", today: date) -> GoalStep:
    """Tick off a step of a goal, or open it again. Raises ``ValidationError`` for a step the goal does not have."""
    require(coaches_at(by, goal.subject, today))
    if done_on is not None and done_on > today:
        raise ValidationError({"done_on": records.NOT_YET})
    fresh = take(goal)
    step = fresh.steps.filter(pk=key).first()
    if step is None:
        raise ValidationError("Deze stap is er niet meer.", code="gone")
    if step.done_on != done_on:
        step.done_on = done_on
        step.save()
        _raise(fresh)
        records.write_down("doel.stap_gedaan" if done_on else "doel.stap_heropend", fresh, by, ["steps"])
    return step


@transaction.atomic
def end_goal(
    *,
    goal: Goal,
    reached_on: date | None = None,
    dropped_on: date | None = None,
    by: "User | None",
    today: date,
    expected_revision: int | None = None,
) -> list[str]:
    """Say that a goal was reached or dropped, or (with neither) is worked on again; return what changed."""
    require(coaches_at(by, goal.subject, today))
    faults = records.order_faults(
        ("day", goal.day), ("reached_on", reached_on), ("dropped_on", dropped_on), today=today
    )
    if faults:
        raise ValidationError(faults)
    action = "doel.bereikt" if reached_on else "doel.losgelaten" if dropped_on else "doel.heropend"
    values = {"reached_on": reached_on, "dropped_on": dropped_on}
    return records.change(goal, values, action=action, by=by, expected_revision=expected_revision)


def _raise(goal: Goal, **values: Any) -> None:
    """Store a goal with these values as a newer revision: its steps are part of it."""
    for name, value in values.items():
        setattr(goal, name, value)
    goal.revision += 1
    goal.full_clean()
    goal.save()


def _write_steps(goal: Goal, steps: Sequence[Step]) -> bool:
    """Store the steps of a goal; return whether anything changed. Raises ``ValidationError``."""
    before = {step.pk: step for step in goal.steps.all()}
    kept = {step.key for step in steps if step.key is not None and step.text.strip()}
    gone = [step for key, step in before.items() if key not in kept]
    for step in gone:
        step.delete()
    changed = bool(gone)
    for given in steps:
        text = given.text.strip()
        row = before.get(given.key, GoalStep(goal=goal)) if given.key is not None else GoalStep(goal=goal)
        if text and (row.text, row.due) != (text, given.due):
            row.text, row.due, changed = text, given.due, True
            row.full_clean(exclude=["goal"])
            row.save()
    return changed
