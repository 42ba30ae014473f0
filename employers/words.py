"""The word an employer uses for a placement: a setting, used on every page."""

from dataclasses import dataclass

from employers.models import Employer, PlacementWord
from ui import dutch


@dataclass(frozen=True, slots=True)
class Word:
    """A Dutch noun with what a sentence needs of it."""

    singular: str
    plural: str
    article: str = "de"
    this: str = "deze"
    new: str = "nieuwe"

    @property
    def the(self) -> str:
        """``de plaatsing``."""
        return f"{self.article} {self.singular}"

    @property
    def these(self) -> str:
        """``deze plaatsing``: the one at hand."""
        return f"{self.this} {self.singular}"

    @property
    def title(self) -> str:
        """``Plaatsing``."""
        return self.singular.capitalize()

    @property
    def titles(self) -> str:
        """``Plaatsingen``: of a list or a menu entry."""
        return self.plural.capitalize()

    @property
    def add(self) -> str:
        """``Nieuwe plaatsing``."""
        return f"{self.new.capitalize()} {self.singular}"

    @property
    def noun(self) -> tuple[str, str]:
        return self.singular, self.plural

    def count(self, number: int) -> str:
        """``1 plaatsing``, ``24 plaatsingen``."""
        return dutch.plural(number, self.singular, self.plural)


WORDS = {
    PlacementWord.PLACEMENT: Word("plaatsing", "plaatsingen"),
    PlacementWord.AGREEMENT_JOB: Word("afspraakbaan", "afspraakbanen"),
    PlacementWord.PARTICIPATION_JOB: Word("participatiebaan", "participatiebanen"),
}


def word_of(employer: Employer) -> Word:
    """Return the word this employer uses."""
    return WORDS[PlacementWord(employer.placement_word)]
