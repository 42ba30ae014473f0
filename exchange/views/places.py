"""Where an upload is about: one employer, or the whole installation."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from accounts.access import READ_ONLY, RoleMixin, refuse
from accounts.models import Role
from accounts.scope import scope_of
from employers.access import EmployerMixin
from employers.models import Employer
from exchange.sheets import ALL, CHECK_INS, OWN


class Placed:
    """What the pages need to know of their place; one of the two below says it."""

    request: HttpRequest
    employer: Employer | None
    sheets: ClassVar[tuple[str, ...]]
    #: The sheets of an export.
    exported: ClassVar[tuple[str, ...]]
    #: Columns that mean nothing here.
    left_out: ClassVar[tuple[str, ...]]
    names: ClassVar[dict[str, str]]

    @property
    def user(self) -> Any:
        """Who asks; the access mixins let nobody in who is not logged in."""
        assert isinstance(self.request.user, AbstractBaseUser)
        return self.request.user

    def url(self, page: str, **kwargs: Any) -> str:
        """Return the address of a page of this place."""
        where = {"employer": self.employer.uuid} if self.employer else {}
        return reverse(self.names[page], kwargs={**where, **kwargs})


class EmployerPlace(EmployerMixin):
    """Pages below an employer: its own candidates, placements, trials and coaching."""

    writes = True
    sheets = exported = OWN
    left_out = ("eigenaar", "persoon")
    names: ClassVar[dict[str, str]] = {
        "upload": "import_upload",
        "template": "import_template",
        "run": "import_run",
        "cancel": "import_cancel",
        "export": "export_employer",
    }


class AdministratorPlace(RoleMixin):
    """Pages of administrators: everything, for every owner. ``writes`` as in :class:`EmployerMixin`."""

    roles = (Role.ADMINISTRATOR,)
    writes = True
    employer = None
    sheets = ALL
    exported = tuple(name for name in ALL if name != CHECK_INS)
    left_out: ClassVar[tuple[str, ...]] = ()
    names: ClassVar[dict[str, str]] = {
        "upload": "import_all",
        "template": "import_all_template",
        "run": "import_all_run",
        "cancel": "import_all_cancel",
        "export": "export_all",
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        scope = scope_of(request.user)
        if self.writes and scope.is_administrator and scope.read_only:
            refuse(request, action="toegang.wijzigen")
            raise PermissionDenied(READ_ONLY)
        return super().dispatch(request, *args, **kwargs)
