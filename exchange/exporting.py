"""Writing everything, or what one employer owns, in the exchange format."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from accounts import audit
from candidates.exporters import candidates_table
from coaching.exporters import assignments_table, check_ins_table, coaches_table
from employers.exporters import employers_table, targets_table, units_table
from employers.models import Employer
from exchange.snapshot import snapshot
from files.sheets import Table
from files.targets import write_folder
from placements.exporters import placements_table, purchases_table, teams_table, trials_table
from placements.importers import employers

if TYPE_CHECKING:
    from accounts.models import User


def tables(owner: Employer | None = None, *, with_contacts: bool = True) -> Iterator[Table]:
    """Yield the sheets: all of the installation, or those of what one employer owns and who coaches there.

    Rows are read when they are written: do so inside :func:`~exchange.snapshot.snapshot`.
    """
    if owner is None:
        yield employers_table(employers.schema([]).header)
        yield units_table()
        yield targets_table()
    yield candidates_table(owner)
    if owner is None:
        yield teams_table()
        yield purchases_table()
    yield placements_table(owner)
    yield trials_table(owner)
    yield coaches_table(owner)
    yield assignments_table(owner)
    if with_contacts:
        yield check_ins_table(owner)


def export_folder(folder: Path, *, by: "User | None") -> list[Path]:
    """Write the whole installation, as it stands at one moment, as a folder of CSVs and return their paths."""
    record_export(owner=None, by=by)
    with snapshot():
        return write_folder(folder, tables())


def record_export(*, owner: Employer | None, by: "User | None") -> None:
    """Put an export on the trail: of one owner, or (None) of everything."""
    audit.record(action="gegevens.geëxporteerd", by=by, obj=owner, employer_id=owner.pk if owner else None)
