"""Users, their roles, and events of the trail."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.folding import fold
from accounts.models import AuditEvent, Membership, Role, User

#: The password of every user made here.
PASSWORD = "correct-horse-battery"
#: The first day of every membership made here, unless told otherwise.
FIRST_DAY = date(2013, 1, 1)


class UserFactory(DjangoModelFactory):
    """A user without a role. ``coordinator=employer``, ``adviser=sector`` (or ``True`` for all sectors),
    ``coach=True`` and ``administrator=True`` give one; ``read_only=True`` makes that role read only.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        no_password = factory.Trait(password=factory.LazyFunction(lambda: "!"))

    name = factory.Sequence(lambda n: f"Gebruiker {n}")
    name_folded = factory.LazyAttribute(lambda o: fold(o.name))
    email = factory.Sequence(lambda n: f"gebruiker{n}@voorbeeld.example")
    password = factory.django.Password(PASSWORD)

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        roles = {name: kwargs.pop(name, None) for name in ("coordinator", "adviser", "coach", "administrator")}
        read_only = kwargs.pop("read_only", False)
        user = super()._create(model_class, *args, **kwargs)
        for name, place in roles.items():
            if place:
                MembershipFactory(user=user, read_only=read_only, **_TERMS[name](place))
        return user


_TERMS: dict[str, Any] = {
    "coordinator": lambda employer: {"employer": employer},
    "adviser": lambda sector: {"all_sectors": True} if sector is True else {"sector": sector},
    "coach": lambda _: {"coach": True},
    "administrator": lambda _: {"administrator": True},
}


class MembershipFactory(DjangoModelFactory):
    """A role; a coordinator at a new employer unless a trait, a sector or ``all_sectors`` says otherwise."""

    class Meta:
        model = Membership

    class Params:
        coach = factory.Trait(role=Role.COACH, employer=None)
        administrator = factory.Trait(role=Role.ADMINISTRATOR, employer=None)
        ended = factory.Trait(last_day=date(2014, 12, 31))

    user = factory.SubFactory(UserFactory)
    sector = None
    all_sectors = False
    first_day = FIRST_DAY
    role = factory.LazyAttribute(lambda o: Role.ADVISER if o.sector or o.all_sectors else Role.COORDINATOR)
    employer = factory.Maybe(
        factory.LazyAttribute(lambda o: bool(o.sector or o.all_sectors)),
        yes_declaration=None,
        no_declaration=factory.SubFactory("tests.factories.employers.EmployerFactory"),
    )


class AuditEventFactory(DjangoModelFactory):
    """An event of the trail."""

    class Meta:
        model = AuditEvent

    action = "afdeling.toegevoegd"
    actor = factory.SubFactory(UserFactory)
    object_type = "employers.orgunit"
    object_id = factory.Sequence(lambda n: f"{n:08d}-0000-4000-8000-000000000000")
    address = "192.0.2.7"
    agent = "Mozilla/5.0"
