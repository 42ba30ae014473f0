"""A form that arrives twice: whether the second says the same as what was recorded with the first."""

from typing import TYPE_CHECKING
from uuid import UUID

from coaching.models import CheckIn, ConfidentialNote
from coaching.services.check_ins import CheckInData, wanted

if TYPE_CHECKING:
    from accounts.models import User


def recorded_as(*, key: UUID, by: "User | None") -> CheckIn | None:
    """Return what this user recorded already with the form that carries this ``key``; None when nothing was."""
    return CheckIn.objects.filter(key=key, author=by).select_related("scores").first()


def tells(check_in: CheckIn, data: CheckInData, *, by: "User | None") -> bool:
    """Tell whether a check-in of this user's says exactly what ``data`` does."""
    scores = check_in.scores.given if hasattr(check_in, "scores") else {}
    agreed = {(row.text, row.due) for row in check_in.agreements.all()}
    note = ConfidentialNote.objects.filter(check_in=check_in, author=by).first()
    return (
        all(getattr(check_in, name) == value for name, value in data.values().items())
        and scores == data.scores
        and agreed == wanted(data.agreements)
        and ((note.reveal() if note else "") or "") == (data.confidential or "").strip()
    )
