"""What no file holds of the invented coaching: scores, confidences, agreements, granted hours and buddies."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db.models import Sum

from accounts.folding import fold
from coaching.models import (
    Agreement,
    Assignment,
    Buddy,
    BuddyLink,
    CheckIn,
    ConfidentialNote,
    Grant,
    Kind,
    Scores,
    TrainingDay,
)
from coaching.services.standing import refresh
from employers.models import Employer

#: Scores of the last three contacts: falling with the first person of each coach, a 1 with one's second.
_FALLING = ((4, 4, 4, 5), (4, 3, 4, 4), (3, 3, 3, 3))
_LOWEST = ((4, 4, 3, 4), (3, 4, 3, 4), (1, 3, 4, 4))

_CONFIDENCES = (
    "Vertelt dat het thuis onrustig is. Wil niet dat de leidinggevende dit weet.",
    "Twijfelt over het contract, en wil eerst zelf nadenken.",
    "Voelt zich niet altijd serieus genomen in het team. Komen we op terug.",
)
_AGREEMENTS = (
    ("Rooster bespreken met de leidinggevende", -3),
    ("Koptelefoon aanvragen", 0),
    ("Werkinstructie met foto's maken", 6),
    ("Inschrijven voor de training", 20),
)
#: Name, days ago of the training and days for which it is still valid (None: never trained), team lead.
_BUDDIES = (
    ("Hennie Vermaat", 1060, 35, False),
    ("Sjoerd Palstra", 300, 795, False),
    ("Latifa Bouali", None, None, True),
)


def confide(*, today: date, seed: int) -> None:
    """Add all of it to the contacts that were read, and date these as if recorded on the day itself."""
    random = Random(seed)  # noqa: S311 - invented people, not secrets
    told = _told()
    CheckIn.objects.bulk_update(_dated(told), ["created_at"], batch_size=500)
    Scores.objects.bulk_create(_scores(told, random))
    ConfidentialNote.objects.bulk_create(_confidences(told))
    Agreement.objects.bulk_create(_agreements(told, today))
    Grant.objects.bulk_create(_grants(told, today))
    _buddies(told, today)
    refresh(told)


def _told() -> dict[Assignment, list[CheckIn]]:
    """Return the contacts of every assignment in order of time, and the assignments as the rows came."""
    found: dict[Assignment, list[CheckIn]] = {
        row: [] for row in Assignment.objects.order_by("pk").select_related("coach")
    }
    for row in CheckIn.objects.select_related("assignment").order_by("day", "pk"):
        found[row.assignment].append(row)
    return found


def _places(told: dict[Assignment, list[CheckIn]]) -> dict[Assignment, int]:
    """Return the how manieth person of the coach an assignment is about, from 0 on."""
    counts: dict[int, int] = defaultdict(int)
    found = {}
    for assignment in told:
        found[assignment] = counts[assignment.coach_id]
        counts[assignment.coach_id] += 1
    return found


def _dated(told: dict[Assignment, list[CheckIn]]) -> list[CheckIn]:
    rows = [row for some in told.values() for row in some]
    for row in rows:
        row.created_at = datetime.combine(row.day, time(15), UTC)
    return rows


def _scores(told: dict[Assignment, list[CheckIn]], random: Random) -> list[Scores]:
    """Return scores of all contacts but now and then one; of some the last three tell a story."""
    found = []
    places = _places(told)
    for assignment, rows in told.items():
        contacts = [row for row in rows if row.kind != Kind.NO_SHOW]
        lowest = _LOWEST if assignment.coach.user_id else ()
        story = {0: _FALLING, 1: lowest}.get(places[assignment], ())
        scripted = dict(zip(contacts[-3:], story, strict=False)) if len(contacts) >= 3 else {}
        for row in contacts:
            given = scripted.get(row) or tuple(random.choice((3, 4, 4, 5, None)) for _ in Scores.NAMES)
            if any(given):
                found.append(Scores(check_in=row, **dict(zip(Scores.NAMES, given, strict=True))))
    return found


def _confidences(told: dict[Assignment, list[CheckIn]]) -> list[ConfidentialNote]:
    """Return a confidence at every third contact of the coach who logs in; a coach by name only has none to keep."""
    mine = [row for some in told.values() for row in some if row.author_id and row.kind != Kind.NO_SHOW]
    return [
        ConfidentialNote(check_in=row, author_id=row.author_id, text=_CONFIDENCES[number % len(_CONFIDENCES)])
        for number, row in enumerate(mine[::3])
    ]


def _agreements(told: dict[Assignment, list[CheckIn]], today: date) -> list[Agreement]:
    last = [rows[-1] for rows in told.values() if rows and rows[-1].kind != Kind.NO_SHOW]
    return [
        Agreement(check_in=row, text=text, due=max(today + timedelta(days=days), row.day))
        for number, row in enumerate(last)
        for text, days in (_AGREEMENTS[number % len(_AGREEMENTS)],)
    ]


def _grants(told: dict[Assignment, list[CheckIn]], today: date) -> list[Grant]:
    """Return half a year of hours for the people of the external coach; of every third nine tenths has been used."""
    found = []
    for number, (assignment, _) in enumerate((a, rows) for a, rows in told.items() if a.coach.partner_id):
        first_day = max(assignment.first_day, today - timedelta(days=120))
        used = assignment.check_ins.filter(day__gte=first_day).aggregate(sum=Sum("minutes"))["sum"] or 0
        hours = Decimal(used) / 54 if number % 3 == 0 and used else Decimal(30)
        last_day = first_day + timedelta(days=182)
        found.append(
            Grant(
                placement_id=assignment.placement_id,
                funder="uwv" if number % 2 == 0 else "gemeente",
                first_day=first_day,
                last_day=last_day,
                hours=round(hours, 2),
            )
        )
    return found


def _buddies(told: dict[Assignment, list[CheckIn]], today: date) -> None:
    """Add buddies and a team lead at the first employer, linked to the first people who are coached there."""
    employer = Employer.objects.get(code="ZUI")
    buddies = Buddy.objects.bulk_create(
        Buddy(
            employer=employer,
            name=name,
            name_folded=fold(name),
            is_buddy=not is_lead,
            is_lead=is_lead,
            trained_on=None if ago is None else today - timedelta(days=ago),
            valid_until=None if ahead is None else today + timedelta(days=ahead),
            days_required=2 if is_lead else None,
        )
        for name, ago, ahead, is_lead in _BUDDIES
    )
    here = [row for row in told if row.coach.employer_id == employer.pk][:6]
    BuddyLink.objects.bulk_create(
        BuddyLink(buddy=buddies[number % 2], placement_id=row.placement_id, first_day=row.first_day)
        for number, row in enumerate(here)
    )
    TrainingDay.objects.create(buddy=buddies[2], day=today - timedelta(days=90), subject="Samenwerken met een jobcoach")
