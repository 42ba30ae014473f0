"""Invented people: names from two lists, service numbers from the marked test range."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from stdnum.nl import bsn

_FIRST_NAMES = """
Aisha Amir Anouk Bas Bilal Daan Dewi Elif Emma Esra Fatima Femke Finn Hamza Hanna Ilse Ingmar Jasmijn Jesse Joris
Kaan Karim Kim Lars Leyla Lisa Lotte Maarten Maud Mehmet Milan Mila Mohamed Naomi Nina Noor Omar Pim Priya Rachid
Ravi Renée Roos Ruben Sanne Sem Sofie Stijn Tess Thijs Tim Wei Yara Youssef Zeynep Zoë
""".split()  # noqa: SIM905 - a list of this length reads better as text
_LAST_NAMES = (
    """
Aydın, van den Berg, Bakker, Boer, Bos, El Amrani, van Dalen, van Dijk, Dekker, de Graaf, Haddad, de Haan, ’t Hart,
Hendriks, van den Heuvel, Jansen, de Jong, Kaya, Koning, Kuipers, van Leeuwen, Meijer, Mulder, Nguyen, Özdemir,
Peeters, Pinas, Postma, Ramdin, de Ruiter, Scholten, Smits, Veenstra, Verhoeven, Visser, de Vries, Vos, de Wit,
Yılmaz, Zijlstra
""".replace("\n", " ")
    .strip()
    .split(", ")
)


def test_numbers() -> Iterator[str]:
    """Yield numbers of the range 9999xxxxx that pass the eleven-test; nobody is issued one for a test."""
    for number in range(999_900_000, 1_000_000_000):
        if bsn.is_valid(str(number)):
            yield str(number)


@dataclass(slots=True)
class Invented:
    """One invented person as one owner knows it."""

    code: str
    owner: str
    last_name: str
    first_name: str
    born: date
    bsn: str
    person: str = ""
    registered: list[tuple[date, date | None]] = field(default_factory=list)


class Cast:
    """Makes people one after another; the same seed makes the same people."""

    def __init__(self, random: Random, today: date) -> None:
        self._random = random
        self._today = today
        self._numbers = test_numbers()
        self.people: list[Invented] = []

    def add(self, owner: str, *, registered: list[tuple[date, date | None]]) -> Invented:
        """Make up someone whom ``owner`` keeps a record of."""
        born = self._today - timedelta(days=self._random.randint(19 * 365, 62 * 365))
        person = Invented(
            code=f"K-{len(self.people) + 1:04d}",
            owner=owner,
            last_name=self._random.choice(_LAST_NAMES),
            first_name=self._random.choice(_FIRST_NAMES),
            born=born,
            bsn=next(self._numbers),
            registered=registered,
        )
        self.people.append(person)
        return person
