"""The named parts of the statement that reads chains (:mod:`placements.chains`) from the lines of the ledger.

Each part is built on those before it. A chain of one line is its line; only the others, about one in five, are gone
over line by line.
"""

from collections.abc import Sequence

from placements.statements import months_later

#: What is read of a line, and its name in the statement.
COLUMNS = {
    "placement": "placement_id",
    "person": "person_id",
    "period": "period_id",
    "first_day": "first_day",
    "last_day": "last_day",
    "place": "place",
    "employer": "employer_id",
}

#: Climbs from each placement that continues another to the one its chain begins with.
CLIMB = """
    SELECT id, continues_id FROM placements_placement
    WHERE continues_id IS NOT NULL AND id IN (SELECT placement FROM here)
    UNION
    SELECT climb.placement, earlier.continues_id
    FROM climb JOIN placements_placement earlier ON earlier.id = climb.at
    WHERE earlier.continues_id IS NOT NULL
"""

#: Every line with the chain it belongs to.
LINES = """
    SELECT here.*, COALESCE(roots.root, here.placement) AS chain
    FROM here
    LEFT JOIN (
        SELECT climb.placement AS below, climb.at AS root
        FROM climb JOIN placements_placement top ON top.id = climb.at
        WHERE top.continues_id IS NULL
    ) roots ON roots.below = here.placement
"""

#: The first and last counted day of each chain at a place. The rest says something where it is one line.
ENDS = """
    SELECT chain, place, COUNT(*) AS parts, MIN(first_day) AS started, MAX(last_day) AS ended,
        MIN(person) AS person, MIN(placement) AS placement, MIN(employer) AS employer, MIN(period) AS period
    FROM lines GROUP BY chain, place
"""

#: The lines of the other chains, each with the first and last counted day of its chain.
SPANS = """
    SELECT lines.*,
        MIN(first_day) OVER chain AS started,
        MAX(last_day) OVER chain AS ended,
        MAX(CASE WHEN first_day <= %s THEN first_day END) OVER chain AS latest
    FROM lines
    WHERE (lines.chain, lines.place) IN (SELECT chain, place FROM ends WHERE parts > 1)
    WINDOW chain AS (PARTITION BY lines.chain, lines.place)
"""

#: Why a chain ended in the year, by the period of a line: two days as values.
_REASON = """
    CASE WHEN {last} = ended AND ended BETWEEN %s AND %s THEN COALESCE((
        SELECT final.end_reason FROM placements_placementperiod final WHERE final.id = period AND final.last_day = ended
    ), '') ELSE '' END
"""


def chains(milestones: Sequence[int]) -> str:
    """Return SQL for one row per chain and place, with whether it still counted so many months after it started.

    Values: first and last day of the year, and twice the reference date; for each milestone the last start that is so
    long ago, and the reference date; the two days of the year again; for each milestone that last start again.
    """
    alone = ", ".join(
        f"CASE WHEN started > %s THEN 0 WHEN ended >= %s OR ended >= {months_later('started', months)} THEN 1 "
        f"ELSE 0 END AS kept_{months}"
        for months in milestones
    )
    joined = ", ".join(
        f"MAX(CASE WHEN started <= %s AND first_day <= {after} AND last_day >= {after} THEN 1 ELSE 0 END)"
        for months in milestones
        for after in [months_later("started", months)]
    )
    at_ends = ", ".join(
        f"MAX(CASE WHEN {day} = {edge} THEN {column} END)"
        for day, edge in (("first_day", "started"), ("last_day", "ended"), ("first_day", "latest"))
        for column in ("placement", "employer")
    )
    parts = (
        f"SELECT chain, place, started, ended, person, {_REASON.format(last='ended')} AS reason, "  # noqa: S608  # own names only
        "placement AS first_placement, employer AS first_employer, "
        "placement AS last_placement, employer AS last_employer, "
        "CASE WHEN started <= %s THEN placement END AS latest_placement, "
        "CASE WHEN started <= %s THEN employer END AS latest_employer"
        f"{_after_comma(alone)} FROM ends WHERE parts = 1",
        f"SELECT chain, place, started, ended, MIN(person), MAX({_REASON.format(last='last_day')}), {at_ends}"  # noqa: S608
        f"{_after_comma(joined)} FROM spans GROUP BY chain, place, started, ended",
    )
    return " UNION ALL ".join(parts)


def retained(milestones: Sequence[int]) -> str:
    """Return SQL for how many persons started so many months ago, and how many of them were kept, per employer.

    Values: for each milestone, the shortest first, the last start that is so long ago; the first of these again.
    """
    persons = ", ".join(
        f"MAX(CASE WHEN started <= %s THEN 1 ELSE 0 END) AS began_{months}, MAX(kept_{months}) AS kept_{months}"
        for months in milestones
    )
    sums = ", ".join(f"SUM({kind}_{months}) AS {kind}_{months}" for months in milestones for kind in ("began", "kept"))
    return (
        f"SELECT employer, {sums} FROM ("  # noqa: S608  # own names only
        f"SELECT latest_employer AS employer, person, {persons} FROM chains WHERE started <= %s GROUP BY 1, 2"
        ") persons GROUP BY 1"
    )


def _after_comma(columns: str) -> str:
    return f", {columns}" if columns else ""
