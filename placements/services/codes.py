"""Codes that people use: unique per owner, made by the application when nobody chose one."""

from itertools import count

from django.core.exceptions import ValidationError
from django.db.models import Q

from candidates.models import Candidate
from candidates.rules import next_code
from placements.models import Placement, Trial


def free_code(
    model: type[Candidate] | type[Placement] | type[Trial],
    *,
    owner_id: int | None,
    prefix: str,
    wanted: str | None,
    current: Candidate | Placement | Trial | None = None,
) -> str:
    """Return the code to store for a record of this owner; call while the writers are held back.

    An empty ``wanted`` keeps the current code or takes the next free one. A made code also avoids those of the
    installation's own records, so that handing these over never meets a double one. Raises ``ValidationError``
    on ``code`` when the owner has it already.
    """
    wanted = (wanted or "").strip()
    if not wanted:
        if current is not None:
            return current.code
        taken = model.objects.filter(Q(owner_id=owner_id) | Q(owner_id=None), code__startswith=f"{prefix}-")
        return next_code(prefix, taken.values_list("code", flat=True))
    same = model.objects.filter(owner_id=owner_id, code=wanted)
    if same.exclude(pk=current.pk if current else None).exists():  # type: ignore[misc]
        raise ValidationError({"code": f"De code {wanted} is al in gebruik. Kies een andere, of laat dit leeg."})
    return wanted


def tagged_code(code: str, *, tag: str, taken: set[str], size: int = 40) -> str:
    """Return ``code-tag`` (``code-tag-2``, …) for a record that goes on elsewhere, and add it to ``taken``.

    A long code is shortened, so that the result has at most ``size`` characters.
    """
    ends = (f"-{tag}" if number == 1 else f"-{tag}-{number}" for number in count(1))
    made = next(tried for end in ends if (tried := f"{code[: size - len(end)]}{end}") not in taken)
    taken.add(made)
    return made
