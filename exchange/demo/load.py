"""Loading the demonstration: the rows go through the import, the log-ins through the services.

Rows about coaching come after the log-ins, because one of them is a coach.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from accounts.folding import fold
from accounts.models import Role, User
from accounts.services.memberships import grant_membership
from accounts.services.users import give_password
from employers.models import Employer, Sector
from employers.services.employers import change_employer
from exchange.demo import caseloads, world
from exchange.demo.confidences import confide
from exchange.demo.rows import SEED, Row, build
from exchange.pipeline import import_sheets
from files.sheets import Table
from files.targets import write_folder
from placements import demonstration

CODES = frozenset(o.code for o in (*world.ORGANISATIONS, world.MERGED))


class NotADemonstrationError(Exception):
    """The database holds employers that are not invented."""


class DemonstrationExistsError(Exception):
    """There is a demonstration already, with figures that were handed in and approved: those stay."""


@dataclass(frozen=True, slots=True)
class LogIn:
    """An invented log-in with a password that was made a moment ago."""

    email: str
    name: str
    roles: str
    password: str


#: E-mail address, name, and memberships as (role, employer code, sector code).
USERS: tuple[tuple[str, str, tuple[tuple[Role, str, str], ...]], ...] = (
    ("coordinator@zuiderland.example", "Samira Veldkamp", ((Role.COORDINATOR, "ZUI", ""),)),
    ("coordinator@waterrijk.example", "Peter Holtslag", ((Role.COORDINATOR, "WAT", ""),)),
    (
        "twee.rollen@merwegouw.example",
        "Ingrid Bosma",
        ((Role.COORDINATOR, "MER", ""), (Role.ADVISER, "", "provincies")),
    ),
    (caseloads.LOG_IN, "Youri Kramer", ((Role.COACH, "", ""),)),
    ("adviseur@provincies.example", "Marleen Tuinstra", ((Role.ADVISER, "", "provincies"),)),
    ("adviseur@alle-sectoren.example", "Dennis Abbink", ((Role.ADVISER, "", "*"),)),
    ("beheerder@banenafspraak.example", "Carla Wiersma", ((Role.ADMINISTRATOR, "", ""),)),
)


def load(*, today: date, seed: int = SEED) -> list[LogIn]:
    """Make a demonstration in a database without employers, and return its log-ins.

    Raises :class:`NotADemonstrationError` when the database holds any other employer and
    :class:`DemonstrationExistsError` when it holds a demonstration; nothing is changed then.
    """
    _refuse_other_employers()
    if Employer.objects.exists():
        raise DemonstrationExistsError
    with transaction.atomic():
        sheets = build(today=today, seed=seed)
        _read({name: rows for name, rows in sheets.items() if name not in caseloads.SHEETS}, today=today)
        log_ins = [_user(*row, today=today) for row in USERS]
        _read({name: sheets[name] for name in caseloads.SHEETS}, today=today)
        confide(today=today, seed=seed)
        for organisation in world.ORGANISATIONS:
            change_employer(
                by=None,
                employer=Employer.objects.get(code=organisation.code),
                placement_word=organisation.word,
                show_target=organisation.show_target,
            )
        demonstration.show_all(today)
        return log_ins


def new_passwords() -> list[LogIn]:
    """Give every invented log-in a new password and return them."""
    _refuse_other_employers()
    users = {user.email: user for user in User.objects.filter(email__in=[row[0] for row in USERS])}
    with transaction.atomic():
        return [_log_in(users[email], roles) for email, _, roles in USERS if email in users]


def _refuse_other_employers() -> None:
    other = Employer.objects.exclude(code__in=CODES).first()
    if other is not None:
        raise NotADemonstrationError(other.code)


def _read(sheets: dict[str, list[Row]], *, today: date) -> None:
    with TemporaryDirectory() as folder:
        write_folder(Path(folder), _tables(sheets))
        outcome = import_sheets([Path(folder)], today=today)
    if outcome.faults:
        raise AssertionError("\n".join(map(str, outcome.faults)))


def _tables(sheets: dict[str, list[Row]]) -> Iterator[Table]:
    for name, rows in sheets.items():
        header = list(rows[0])
        yield Table(name, header, _cells(rows, header))


def _cells(rows: Iterable[Row], header: list[str]) -> Iterator[list]:
    for row in rows:
        yield [row[column] for column in header]


def _user(email: str, name: str, roles: tuple[tuple[Role, str, str], ...], *, today: date) -> LogIn:
    user = User.objects.create(email=email, name=name, name_folded=fold(name))
    for role, employer, sector in roles:
        grant_membership(
            by=None,
            user=user,
            role=role,
            first_day=date(today.year - 3, 1, 1),
            employer=Employer.objects.get(code=employer) if employer else None,
            sector=Sector.objects.get(code=sector) if sector not in ("", "*") else None,
            all_sectors=sector == "*",
        )
    return _log_in(user, roles)


def _log_in(user: User, roles: tuple[tuple[Role, str, str], ...]) -> LogIn:
    password = give_password(by=None, user=user)
    words = " en ".join(
        f"{role.label} {'alle sectoren' if sector == '*' else employer or sector}".strip().lower()
        for role, employer, sector in roles
    )
    return LogIn(user.email, user.name, words, password)
