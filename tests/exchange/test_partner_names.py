"""Partners in files: other spellings, names like codes, and names that grow when they are folded."""

import pytest

from candidates.models import Candidate
from coaching.models import JobCoach
from employers.models import Employer, OrgUnit, Partner
from employers.services.partners import change_partner, merge_partners
from placements.models import Placement
from tests.exchange.files import WORLD, faults, read
from tests.factories import PartnerFactory, UserFactory

pytestmark = pytest.mark.django_db

COACHES = "coachcode;naam;organisatie;eerste_dag\nC1;Job de Coach;uitzendbureau (PROEF);01-01-2019"


@pytest.fixture
def merged() -> Partner:
    """What the partner of the files was merged into."""
    read(**WORLD, jobcoaches=COACHES)
    into = PartnerFactory(name="Uitzendbureau Proef BV")
    merge_partners(by=UserFactory(administrator=True), partner=Partner.objects.exclude(pk=into.pk).get(), into=into)
    return into


def test_files_with_the_old_spelling_change_nothing(merged: Partner) -> None:
    outcome = read(**WORLD, jobcoaches=COACHES)
    assert outcome.changes_nothing
    assert not outcome.new_partners
    assert list(Partner.objects.all()) == [merged]


def test_a_new_record_with_the_old_spelling_is_the_merged_partners(merged: Partner) -> None:
    columns = WORLD["plaatsingen"].strip().splitlines()[0]
    row = "P9;K3;DRE;;UITZENDBUREAU (proef);uitzend;;Medewerker;tijdelijk;25;01-01-2020;;;"
    assert not faults(read(plaatsingen=f"{columns}\n{row}", jobcoaches=COACHES.replace("C1;", "C2;")))
    assert Placement.objects.get(code="P9").partner == merged
    assert JobCoach.objects.get(code="C2").partner == merged


@pytest.mark.parametrize(("code", "name"), [("GRO", "gro"), ("GRON", "GROM"), ("GRON", "GRONN")])
@pytest.mark.parametrize("spelling", [False, True])
def test_a_new_employer_has_no_code_like_the_name_of_a_partner(code: str, name: str, spelling: bool) -> None:
    partner = PartnerFactory(name=name)
    if spelling:
        change_partner(by=None, partner=partner, name="Heel anders")
    found = faults(read(werkgevers=f"werkgevercode;naam;sector\n{code};Groningen;provincies"))
    message = f"“{code}” lijkt op partner “{name}”; kies een andere code, of geef de partner een andere naam"
    assert found == [f"werkgevers, regel 2, werkgevercode: {message}"]
    assert not Employer.objects.exists()


@pytest.mark.parametrize("letter", ["ß", "½", "ﷺ", "İ"])
def test_names_that_grow_when_folded_fit_and_read_back_unchanged(letter: str) -> None:
    texts = {
        "werkgevers": f"werkgevercode;naam;sector\nX;{letter * 160};rijk",
        "afdelingen": f"werkgevercode;afdelingcode;naam\nX;A;{letter * 120}",
        "kandidaten": f"kandidaatcode;achternaam;roepnaam\nK;{letter * 120};{letter * 80}",
        "teams": f"teamcode;naam;werkgevercode\nT;{letter * 120};X",
        "jobcoaches": f"coachcode;naam;organisatie;eerste_dag\nC;{letter * 120};{letter * 160};01-01-2019",
    }
    assert not faults(read(**texts))
    assert Candidate.objects.get().name_folded
    assert OrgUnit.objects.get().name_folded
    assert read(**texts).changes_nothing
