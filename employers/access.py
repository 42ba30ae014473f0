"""Who may open the pages of an employer (``/werkgevers/<uuid>/…``) or a sector (``/sectoren/<uuid>/…``)."""

from typing import Any
from uuid import UUID

from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from accounts.access import READ_ONLY, changes_something, offer_other_role, refuse
from accounts.scope import Scope, scope_of
from employers.models import Employer, Sector


class EmployerMixin(AccessMixin):
    """Sets ``self.employer`` from the address and ``self.may_change``; put it before the view class.

    * not logged in: to the log-in page;
    * not in reach of the chosen role, but of another one of the user's: the offer to switch;
    * in nobody's reach, or not there: 404;
    * in reach, but this role may only read: 403 for whatever writes. The page itself is no secret to that user, so
      403 with the reason helps more than 404. ``writes`` says that the whole view is a form; ``reads_by_post`` that a
      POST writes nothing (a search by POST).
    """

    writes = False
    reads_by_post = False
    employer: Employer
    may_change: bool

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        uuid = kwargs["employer"]
        found = Employer.objects.visible_to(request.user).filter(uuid=uuid).first()
        if found is None:
            return _elsewhere_of_employer(request, uuid)
        self.employer = found
        self.may_change = self.may_write_here(request, found)
        if not self.may_change and self._would_write(request):
            refuse(request, action="toegang.wijzigen", obj=found, employer_id=found.pk)
            raise PermissionDenied(READ_ONLY)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add ``employer`` (in the place of the address's UUID) and ``may_change`` for the template."""
        context |= {"employer": self.employer, "may_change": self.may_change}
        return super().get_context_data(**context)  # type: ignore[misc]

    def may_write_here(self, request: HttpRequest, employer: Employer) -> bool:
        """Tell whether the user may write here: coordinators and administrators, unless a room is stricter."""
        return scope_of(request.user).may_change(employer.pk)

    def _would_write(self, request: HttpRequest) -> bool:
        return self.writes or (changes_something(request) and not self.reads_by_post)


class SectorMixin(AccessMixin):
    """Sets ``self.sector`` from the address, for advisers and administrators; answers as :class:`EmployerMixin`."""

    sector: Sector

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        uuid = kwargs["sector"]
        found = Sector.objects.visible_to(request.user).filter(uuid=uuid).first()
        if found is None:
            return _elsewhere_of_sector(request, uuid)
        self.sector = found
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add ``sector`` (in the place of the address's UUID) for the template."""
        context |= {"sector": self.sector}
        return super().get_context_data(**context)  # type: ignore[misc]


def _elsewhere_of_employer(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    employer = Employer.objects.filter(uuid=uuid).first()
    if employer is None:
        raise Http404

    def fits(scope: Scope) -> bool:
        return scope.is_administrator or (scope.is_coordinator and scope.employer_id == employer.pk)

    return offer_other_role(request, fits, action="toegang.werkgever", obj=employer, employer_id=employer.pk)


def _elsewhere_of_sector(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    sector = Sector.objects.filter(uuid=uuid).first()
    if sector is None:
        raise Http404

    def fits(scope: Scope) -> bool:
        own = scope.all_sectors or scope.sector_id == sector.pk
        return scope.is_administrator or (scope.is_adviser and own)

    return offer_other_role(request, fits, action="toegang.sector", obj=sector)
