"""What a coordinator's dashboard says and where each of it leads, read from the page alone."""

import re
from collections.abc import Iterator

from tests.progress.reading import Cell, Shown
from tests.progress.walking import KINDS, Claim, number, query_of

MADE_OF, PER_UNIT = "Waar de telling uit bestaat", "Per afdeling"
#: The part of the same page that tells what cannot be a list: members of teams.
MADE_OF_HERE = "#opbouw"


def claims(page: Shown) -> list[Claim]:
    """Return everything on the page that leads to rows or to a calculation."""
    found = [
        *_headline(page),
        *_sentence(page),
        *_made_of(page),
        *_cards(page),
        *_units(page),
        *(claim for row in page.reasons for claim in _line(row, in_teams(page))),
    ]
    assert 'id="opbouw"' in page.html
    return [claim for claim in found if claim.href != MADE_OF_HERE]


def is_share(href: str) -> bool:
    """Tell whether an address is that of the calculation of a share in a team."""
    return "/teams/" in href


def in_teams(page: Shown) -> int:
    """Return how many of what counts are members of purchased teams, who are rows of no list."""
    return sum(int(number(row[1].text)) for row in _parts(page) if is_share(row[1].href))


def _parts(page: Shown) -> list[list[Cell]]:
    return [row for row in page.tables[MADE_OF][1:-1] if len(row) > 1]


def _headline(page: Shown) -> Iterator[Claim]:
    for cell in page.headline:
        text, _, word = cell.text.partition(" ")
        # Extra jobs are jobs above the baseline: the rows are those of the jobs beside them.
        yield Claim(word, cell.href, amounts={KINDS[word]: text} if word in KINDS else None)


def _sentence(page: Shown) -> Iterator[Claim]:
    """Yield the amounts that stand in sentences: of the day itself, and of the last day of its year."""
    for link in page.links:
        text, _, word = link.text.partition(" ")
        if word in KINDS or word == "betaalde uren per week":
            yield Claim(
                f"{link.text} op {query_of(link.href)['peildatum']}",
                link.href,
                amounts={KINDS.get(word, "hours"): text},
            )


def _made_of(page: Shown) -> Iterator[Claim]:
    parts, total = _parts(page), page.tables[MADE_OF][-1]
    direct = sum(int(number(row[1].text)) for row in parts if not is_share(row[1].href))
    assert number(total[1].text) == direct + in_teams(page)
    for row in [*parts, total]:
        rows = None if is_share(row[1].href) else direct if row is total else int(number(row[1].text))
        texts = dict(zip(("persons", "hours", "jobs"), (cell.text for cell in row[2:5]), strict=True))
        assert len({cell.href for cell in row[1:5]}) == 1
        yield Claim(f"{MADE_OF}: {row[0].text}", row[1].href, rows, texts)


def _cards(page: Shown) -> Iterator[Claim]:
    for value, label, *detail in page.cards:
        word = next((word for word in sorted(KINDS, key=len, reverse=True) if label.text.startswith(word)), "")
        if word:
            yield Claim(label.text, value.href, amounts={KINDS[word]: value.text})
        elif label == "van het personeel":
            yield Claim(label.text, value.href, amounts={"persons": detail[0].text.split()[0]})
        elif label == "op een beschutte plek":
            yield Claim(label.text, value.href, amounts={"persons": value.text})
        else:
            assert re.match("extra ba(an|nen)", label.text), label
            yield Claim(label.text, value.href)


def _units(page: Shown) -> Iterator[Claim]:
    table = page.tables.get(PER_UNIT)
    if table is None:
        return
    heads = [cell.text for cell in table[0]]
    assert heads[2:5] == ["Personen", "Uren per week", "Banen"]
    for row in table[1:-1]:
        texts = dict(zip(("persons", "hours", "jobs"), (cell.text for cell in row[2:5]), strict=True))
        yield Claim(f"{PER_UNIT}: {row[0].text}", row[1].href, int(number(row[1].text)), texts)
    whole = page.tables[MADE_OF][-1]
    assert [cell.text for cell in table[-1][1:5]] == [cell.text for cell in whole[1:5]]


def _line(row: list[Cell], members: int) -> Iterator[Claim]:
    """Yield what a line of a list of reasons, changes, departures, rates or routes says."""
    label, value = row
    what = label.text
    if value.text.endswith("%"):
        yield from _rate(label, members)
    elif re.fullmatch(r"[+−]?[\d.]+", value.text):
        if label.href:
            yield Claim(what, label.href, abs(int(number(value.text))))
    elif value.links:
        return  # at the end of the year: among the sentences
    elif value.text.endswith(("persoon", "personen")):
        text = value.text.split()[0]
        ever = "doorstroom" in query_of(label.href)
        yield Claim(what, label.href, *((int(text), None) if ever else (None, {"persons": text})))
    else:
        assert value.text.endswith(("baan", "banen")), row  # a change of a share in a team
        yield Claim(what, label.href)


def _rate(label: Cell, members: int) -> Iterator[Claim]:
    """Yield numerator, denominator and rest of a rate; each opens its own rows."""
    part, whole, *rest = label.links
    of_members = re.search(r"met ([\d.]+) (?:lid|leden) van ingekochte teams", label.text)
    counts = "doorstroom" not in query_of(part.href) and "stand" not in query_of(part.href)
    without = (int(of_members[1]) if of_members else 0, members if counts else 0)
    for link, some in zip((part, whole), without, strict=True):
        yield Claim(f"{label.text}: {link.text}", link.href, int(number(link.text)) - some)
    for link in rest:
        yield Claim(f"{label.text}: {link.text}", link.href, int(number(link.text)))
        assert number(part.text) + number(link.text) == number(whole.text)


def extra_jobs(page: Shown) -> list[tuple[str, str]]:
    """Return every number of extra jobs on the page beside the jobs it rests on, as texts."""
    jobs = next(cell.text for cell in page.tables[MADE_OF][-1][4:5])
    shown = [cell.text for cell in page.headline if "extra ba" in cell.text]
    shown += [value.text for value, label, *_ in page.cards if "sinds 1 januari 2013" in label.text]
    return [(text.split()[0], jobs) for text in shown]
