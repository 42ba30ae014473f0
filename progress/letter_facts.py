"""What the letter to the board is written from: the dashboard's own figures, so that the two never differ."""

from datetime import date
from fractions import Fraction

from employers.words import word_of
from placements.models.regime import STATUTORY
from progress.course import Course
from progress.dashboard import Dashboard
from progress.indicators import Indicators
from progress.letter import Facts


def facts_of(board: Dashboard, course: Course, found: Indicators, *, today: date) -> Facts:
    """Return the facts of an employer, or of one of its units, as the dashboard has them."""
    regime, changes, flows = board.at.regime, board.changes, found.flows
    return Facts(
        day=board.at.day,
        today=today,
        employer=board.employer.name,
        part=board.unit.name if board.unit else "",
        word=word_of(board.employer),
        counting="" if regime.code == STATUTORY else regime.name,
        hours_per_job=board.at.hours_per_job,
        figures=board.figures,
        steers=board.employer.show_target,
        unit=course.unit,
        before=course.year_before(),
        on_track=course.on_track(),
        later=board.later,
        starts=changes.starts if changes else 0,
        stops=changes.stops if changes else 0,
        from_teams=board.jobs(sum(board.team_changes.values(), Fraction(0))),
        came=flows.started_by_now,
        left=flows.left_by_now,
        ever=flows.ever,
        permanent=found.contracts.permanent.number,
        trials=board.trials,
        workforce=board.share_of_workforce,
        headcount=board.employer.headcount,
    )
