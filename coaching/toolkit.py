"""How often the interventions of the toolkit were chosen, and what came of them, over all employers."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from coaching.models import Result

#: For fewer people a coach is not told what helped: it would say something about one of them.
FEWEST_PEOPLE = 5


def with_outcomes(rows: QuerySet) -> QuerySet:
    """Annotate ``used``, and of each result ``helped``, ``partly`` and ``did_not``; ``people`` are those with a result.

    One human being counts once in ``people``, at whichever employers.
    """
    person = Coalesce("uses__placement__candidate__person", "uses__trial__candidate__person")
    return rows.annotate(
        used=Count("uses"),
        helped=Count("uses", filter=Q(uses__result=Result.HELPED)),
        partly=Count("uses", filter=Q(uses__result=Result.PARTLY)),
        did_not=Count("uses", filter=Q(uses__result=Result.DID_NOT)),
        people=Count(person, distinct=True, filter=Q(uses__result__in=Result.values)),
    )


def outcome_text(item: Any) -> str:
    """Return how often an item helped, in words; empty for too few people (:data:`FEWEST_PEOPLE`)."""
    if item.people < FEWEST_PEOPLE:
        return ""
    return f"hielp {item.helped} van {item.helped + item.partly + item.did_not} keer"
