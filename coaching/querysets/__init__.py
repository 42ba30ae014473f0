"""Reads of this room. ``visible_to(user)`` is the only door to a record, ``readable_by`` to a confidence."""

from coaching.querysets.coaching import AssignmentQuerySet, JobCoachQuerySet
from coaching.querysets.conditions import (
    RUNNING_OUT_PERCENT,
    concerns_employer,
    not_over,
    number_of,
    of_caseload,
    total_of,
)
from coaching.querysets.contacts import AgreementQuerySet, CheckInQuerySet, ConfidentialNoteQuerySet
from coaching.querysets.records import (
    BuddyQuerySet,
    GrantQuerySet,
    PersonalQuerySet,
    SubjectQuerySet,
    ToolkitQuerySet,
    WorkplaceQuerySet,
)

__all__ = [
    "RUNNING_OUT_PERCENT",
    "AgreementQuerySet",
    "AssignmentQuerySet",
    "BuddyQuerySet",
    "CheckInQuerySet",
    "ConfidentialNoteQuerySet",
    "GrantQuerySet",
    "JobCoachQuerySet",
    "PersonalQuerySet",
    "SubjectQuerySet",
    "ToolkitQuerySet",
    "WorkplaceQuerySet",
    "concerns_employer",
    "not_over",
    "number_of",
    "of_caseload",
    "total_of",
]
