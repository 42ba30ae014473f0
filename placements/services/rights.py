"""Who may write what: asked by the services, and by pages that only offer what will be accepted.

The employer of record writes contract and hours, the host the unit. Where an outside partner holds the contract,
the host writes both. Administrators write everything.
"""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from accounts.scope import Scope, scope_of
from candidates.models import Candidate
from employers.models import Employer
from placements.models import Placement, Trial
from placements.rules import Parties

if TYPE_CHECKING:
    from accounts.models import User


def parties_of(placement: Placement) -> Parties:
    """Return the parties to a placement as keys."""
    return Parties(
        route=placement.route,
        host=placement.host_id,
        named=placement.employer_of_record_id,
        partner=placement.partner_id,
        team=placement.team_id,
        team_employer=placement.team.employer_id if placement.team else None,
    )


def may_write_contract(user: "User | None", placement: Placement) -> bool:
    """Whether the user writes contract kind, hours, job title and days, and everything of the placement itself."""
    return _may(user, parties_of(placement).contract_writer)


def may_write_unit(user: "User | None", placement: Placement) -> bool:
    """Whether the user says in which unit the work is."""
    return _may(user, placement.host_id)


def may_write_trial(user: "User | None", trial: Trial) -> bool:
    """Whether the user changes a trial: the host's and the owner's coordinators."""
    return _may(user, trial.host_id) or (trial.owner_id is not None and _may(user, trial.owner_id))


def may_write_candidate(user: "User | None", candidate: Candidate) -> bool:
    """Whether the user changes a candidate: the owner's coordinators.

    What the installation itself owns (an administrator's import, not handed over yet) is kept by the coordinators
    who may see the candidate.
    """
    if user is None:
        return True
    scope = scope_of(user)
    if scope.is_administrator or candidate.owner_id is not None:
        return scope.may_change(candidate.owner_id)
    return _writes(scope) and Candidate.objects.visible_to(user).filter(pk=candidate.pk).exists()


def may_add_for(user: "User | None", employer: Employer | None) -> bool:
    """Whether the user adds records owned by this employer; None is the installation itself."""
    return _may(user, employer.pk if employer else None)


def may_administer(user: "User | None") -> bool:
    """Whether the user may do what only administrators (and commands) do."""
    if user is None:
        return True
    scope = scope_of(user)
    return scope.is_administrator and not scope.read_only


def require(allowed: bool) -> None:
    """Raise ``PermissionDenied`` unless ``allowed``."""
    if not allowed:
        raise PermissionDenied("Dit hoort niet bij deze rol.")


def _may(user: "User | None", employer_key: object) -> bool:
    return user is None or scope_of(user).may_change(employer_key)  # type: ignore[arg-type]


def _writes(scope: Scope) -> bool:
    return scope.is_coordinator and not scope.read_only
