"""Forms about a placement as a whole: placing, continuing elsewhere, correcting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.folding import fold
from accounts.models import User
from candidates.models import Candidate
from employers.models import Employer, Partner
from employers.services.partners import code_fault, find_or_add_partner, find_partner
from placements.forms.fields import ReasonField, SuggestInput, TermsFields
from placements.models import Placement, Route, Team
from placements.routes import ELSEWHERE, PARTNER_POSSIBLE
from placements.rules import Parties
from placements.services.terms import Arrangement, arrangement_of
from ui.edits import EditForm

OWN, PARTNER = "eigen", "partner"


class PartnerField(forms.CharField):
    """The name of an outside organisation; those the user knows are suggested, any other may be typed.

    Its hint says when it is needed, so the page does not call it optional.
    """

    says_when = True

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Naam van die organisatie")
        super().__init__(max_length=160, required=False, widget=SuggestInput, **kwargs)
        self.error_messages["required"] = "Vul in welke organisatie het contract heeft."

    def offer(self, user: User) -> None:
        """Suggest the partners the user knows: those of placements the user may see."""
        known = Partner.objects.filter(placements__in=Placement.objects.visible_to(user)).distinct()
        self.widget.options = list(known.values_list("name", flat=True))  # type: ignore[attr-defined]

    def clean(self, value: Any) -> str:
        """Return the partner's own name for another spelling of it.

        Refuses an employer of this system as a partner: the two would never be counted together.
        """
        name = " ".join(super().clean(value).split())
        known = Employer.objects.filter(Q(name_folded=fold(name)) | Q(code__iexact=name)).first() if name else None
        if known is not None:
            raise ValidationError(
                f"{known} is een werkgever in dit systeem. Vraag de P&O-coördinator daar om dit vast te leggen."
            )
        partner = find_partner(name) if name else None
        if partner is None and (fault := code_fault(name)):
            raise ValidationError(fault)
        return partner.name if partner else name


class EmployerField(forms.ModelChoiceField):
    """An employer of this system. Names of employers are public; choosing one shows nothing else of it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Employer.objects.order_by("name_folded", "pk"), **kwargs)


class PlaceForm(TermsFields):
    """A new placement of a candidate along a route, recorded by one employer."""

    holder = forms.ChoiceField(label="Wie heeft het contract?", widget=forms.RadioSelect)
    partner = PartnerField()
    host = EmployerField(label="Waar is het werk?")
    team = forms.ModelChoiceField(label="Team", queryset=Team.objects.none(), empty_label="Kies een team")
    continues = forms.ModelChoiceField(
        label="Vervolg van",
        queryset=Placement.objects.none(),
        required=False,
        empty_label="Geen vervolg",
        help_text="Eerder werk van dezelfde kandidaat waarop dit aansluit. Zo klopt de in- en uitstroom.",
    )
    code = forms.CharField(
        label="Code", max_length=40, required=False, help_text="Leeg laten voor de volgende vrije code."
    )
    groups: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("Wie en waar", ("holder", "partner", "host", "team", "unit")),
        ("Werk en contract", ("job_title", "contract_kind", "hours", "first_day", "last_day")),
        ("Verder", ("continues", "code")),
    )

    def __init__(
        self, *args: Any, employer: Employer, candidate: Candidate, route: str, user: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.employer, self.candidate, self.route, self.user = employer, candidate, route, user
        self.fields["unit"].offer(employer.pk)  # type: ignore[attr-defined]
        self._offer_holders()
        self._offer_places()
        self._offer_teams()
        self._offer_chain()
        self.order_fields([name for _, names in self.groups for name in names])

    @property
    def grouped(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields that are asked, in groups with a heading."""
        asked = [(heading, [self[name] for name in names if name in self.fields]) for heading, names in self.groups]
        return [(heading, fields) for heading, fields in asked if fields]

    def _offer_holders(self) -> None:
        if self.route not in PARTNER_POSSIBLE:
            del self.fields["holder"], self.fields["partner"]
            return
        holder: Any = self.fields["holder"]
        holder.choices = [(PARTNER, "Een organisatie buiten dit systeem"), (OWN, f"{self.employer}")]
        holder.initial = PARTNER if self.route in ELSEWHERE else OWN
        partner: Any = self.fields["partner"]
        partner.offer(self.user)
        partner.help_text = "Nodig als een organisatie buiten dit systeem het contract heeft, zoals een uitzendbureau."
        chosen = self.data.get(self.add_prefix("holder")) if self.is_bound else holder.initial
        partner.required = chosen == PARTNER

    def _offer_places(self) -> None:
        if self.route == Route.TEAM_PURCHASE:
            del self.fields["host"]
            return
        host: Any = self.fields["host"]
        others = host.queryset.exclude(pk=self.employer.pk).values_list("pk", "name")
        host.choices = [(self.employer.pk, f"{self.employer} (hier)"), *others]
        host.initial = self.employer.pk
        if self.route in ELSEWHERE:
            host.help_text = f"Kies een andere werkgever als {self.employer} iemand uitleent."

    def _offer_teams(self) -> None:
        if self.route == Route.TEAM_PURCHASE:
            self.fields["team"].queryset = Team.objects.filter(employer=self.employer)  # type: ignore[attr-defined]
        else:
            del self.fields["team"]

    def _offer_chain(self) -> None:
        earlier = Placement.objects.visible_to(self.user).filter(candidate=self.candidate, continued_by__isnull=True)
        if earlier.exists():
            self.fields["continues"].queryset = earlier  # type: ignore[attr-defined]
        else:
            del self.fields["continues"]

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself; the rules of placements are the service's."""
        cleaned = super().clean() or self.cleaned_data
        holder, host = cleaned.get("holder"), cleaned.get("host")
        away = host is not None and host != self.employer
        if holder == PARTNER:
            if away:
                self.add_error("host", f"Een partner en een andere werkgever samen gaat buiten {self.employer} om.")
        elif self.route in ELSEWHERE and not away and "host" not in self.errors:
            self.add_error("host", f"Kies de werkgever waar het werk is: {self.employer} heeft het contract.")
        return cleaned

    def parties(self) -> Parties:
        """Return who would be involved, without recording a new partner: its name stands for it."""
        data = self.cleaned_data
        host, team = data.get("host") or self.employer, data.get("team")
        partner = data["partner"] if data.get("holder") == PARTNER else None
        return Parties(
            route=self.route,
            host=host.pk,
            named=None if partner or host == self.employer else self.employer.pk,
            partner=partner,
            team=team.pk if team else None,
            team_employer=team.employer_id if team else None,
        )

    def arrangement(self) -> Arrangement:
        """Return what was filled in; a new partner is recorded. Inside the transaction that stores the placement."""
        data = self.cleaned_data
        partner = None
        if data.get("holder") == PARTNER:
            partner = find_or_add_partner(by=self.user, name=data["partner"])
        host = data.get("host") or self.employer
        return Arrangement(
            candidate=self.candidate,
            host=host,
            route=self.route,
            employer_of_record=None if partner or host == self.employer else self.employer,
            partner=partner,
            team=data.get("team"),
            continues=data.get("continues"),
        )


class ContinueForm(PlaceForm):
    """What continues a placement elsewhere: the reason it ends for, then the new placement."""

    reason = ReasonField(label="Waarom houdt het huidige werk op?")
    remove_planned = forms.BooleanField(label="Verwijder wat voor het huidige werk gepland staat", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    groups = (("Het huidige werk", ("reason", "remove_planned")), *PlaceForm.groups)

    def __init__(self, *args: Any, placement: Placement, planned: str, **kwargs: Any) -> None:
        super().__init__(*args, candidate=placement.candidate, **kwargs)
        self.fields.pop("continues", None)
        self.fields["revision"].initial = placement.revision
        self.now = placement.revision
        if planned:
            self.fields["remove_planned"].help_text = planned
        else:
            del self.fields["remove_planned"]

    @property
    def expected_revision(self) -> int:
        """The revision of the placement that ends, as the form was filled in from."""
        return self.cleaned_data.get("revision") or 0

    def changed_elsewhere(self) -> bool:
        """Say that the placement that ends was changed meanwhile; nothing of it stands in this form."""
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = str(self.now)
        self.add_error(
            None, "Intussen heeft iemand anders het huidige werk gewijzigd. Controleer dat en sla opnieuw op."
        )
        return True


class CorrectForm(EditForm):
    """A correction of what belongs to the placement as a whole, for all its periods."""

    candidate_code = forms.CharField(label="Kandidaatcode", max_length=40)
    route = forms.ChoiceField(label="Route", choices=Route.choices)
    host = EmployerField(label="Werkgever waar het werk is", empty_label=None)
    employer_of_record = EmployerField(
        label="Formele werkgever in dit systeem",
        required=False,
        empty_label="Geen andere werkgever",
        help_text="Alleen als een andere werkgever dan waar het werk is, het contract heeft.",
    )
    partner = PartnerField(
        label="Formele werkgever buiten dit systeem",
        help_text="Alleen als die het contract heeft, zoals een uitzendbureau of een leverancier.",
    )
    team = forms.ModelChoiceField(
        label="Ingekocht team", queryset=Team.objects.none(), required=False, empty_label="Geen team"
    )
    continues = forms.ModelChoiceField(
        label="Vervolg van", queryset=Placement.objects.none(), required=False, empty_label="Geen vervolg"
    )
    code = forms.CharField(label="Code", max_length=40)

    def __init__(self, *args: Any, placement: Placement, user: User, **kwargs: Any) -> None:
        self.placement, self.user = placement, user
        initial = arrangement_of(placement).values() | {
            "code": placement.code,
            "candidate_code": placement.candidate.code,
            "partner": placement.partner.name if placement.partner else "",
        }
        super().__init__(*args, revision=placement.revision, initial=initial, **kwargs)
        self.fields["partner"].offer(user)  # type: ignore[attr-defined]
        fields: Any = self.fields
        fields["team"].queryset = Team.objects.visible_to(user)
        same = Placement.objects.visible_to(user).filter(
            candidate__person=placement.candidate.person_id, owner=placement.owner_id
        )
        standing = Placement.objects.filter(pk=placement.continues_id)  # its code is all that a choice shows
        fields["continues"].queryset = same.exclude(pk=placement.pk) | standing

    def clean_candidate_code(self) -> str:
        """Find the candidate with this code of the same owner."""
        code = self.cleaned_data["candidate_code"].strip()
        found = Candidate.objects.visible_to(self.user).filter(owner=self.placement.owner_id, code=code).first()
        if found is None and code != self.placement.candidate.code:
            raise ValidationError("Deze kandidaatcode is niet bekend.")
        self.candidate = found or self.placement.candidate
        return code

    def arrangement(self) -> Arrangement:
        """Return what was filled in; a new partner is recorded. Inside the transaction that stores the correction."""
        data = self.cleaned_data
        partner = find_or_add_partner(by=self.user, name=data["partner"]) if data["partner"] else None
        return Arrangement(
            candidate=self.candidate,
            host=data["host"],
            route=data["route"],
            employer_of_record=data["employer_of_record"],
            partner=partner,
            team=data["team"],
            continues=data["continues"],
        )
