"""A sector on a day: its figures, those of its employers, and how many take part."""

from dataclasses import dataclass
from fractions import Fraction

from employers.models import Employer, Sector
from placements.moments import Moment
from progress.figures import Figures, employers_on, sectors_on


@dataclass(frozen=True, slots=True)
class SectorStanding:
    """Figures of a sector beside those of its employers."""

    sector: Sector
    figures: Figures
    employers: list[Figures]

    @property
    def with_target(self) -> list[Figures]:
        return [figures for figures in self.employers if figures.progress_percent is not None]

    @property
    def reached(self) -> int:
        """How many employers have reached their target."""
        return sum(figures.gap is not None and figures.gap <= 0 for figures in self.with_target)

    @property
    def participation(self) -> Fraction | None:
        """Employers here as a fraction of the sector's organisations; None when that number is not known."""
        count = self.sector.organisation_count
        return Fraction(len(self.employers), count) if count else None

    @property
    def counted_twice(self) -> Fraction:
        """How much the employers' persons add up to above those of the sector: people with two employers."""
        return sum((figures.persons for figures in self.employers), Fraction(0)) - self.figures.persons


def standing_of(sector: Sector, at: Moment) -> SectorStanding:
    """Work out a sector on a day; eight queries."""
    employers = employers_on(at, Employer.objects.in_sector(sector.pk, at.day))
    figures = next(each for each in sectors_on(at, employers, empty_too=True) if each.sector_code == sector.code)
    return SectorStanding(sector, figures, without_ended(employers, at))


def without_ended(employers: list[Figures], at: Moment) -> list[Figures]:
    """Leave out employers that no longer existed on the day, unless something is still credited to them."""
    return [figures for figures in employers if not _has_ended(figures, at)]


def _has_ended(figures: Figures, at: Moment) -> bool:
    employer = figures.subject
    ended = isinstance(employer, Employer) and employer.last_day is not None and employer.last_day < at.day
    return ended and not figures.counted and figures.target is None
