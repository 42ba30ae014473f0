"""Addresses of this room."""

from django.urls import include, path

from coaching import employer_urls, urls_buddies, urls_development
from coaching.views import caseload, check_ins, drafts, handing, person, reports

_check_in = [
    path("", check_ins.CheckInChange.as_view(), name="check_in_change"),
    path("aanvullen/", check_ins.AddendumAdd.as_view(), name="check_in_addendum"),
    path("verwijderen/", check_ins.CheckInRemove.as_view(), name="check_in_remove"),
]
_assignment = [
    path("", person.CoachedPerson.as_view(), name="coached_person"),
    path("gesprek/", check_ins.CheckInAdd.as_view(), name="check_in_add"),
    path("gesprek/concept/", drafts.DraftSave.as_view(), name="check_in_draft"),
    path("gesprekken/<uuid:check_in>/", include(_check_in)),
    path("voortgang/", reports.PersonReport.as_view(), name="person_report"),
    path("fase/", handing.PhaseChange.as_view(), name="phase_change"),
]

urlpatterns = [
    path("caseload/", caseload.Caseload.as_view(), name="caseload"),
    path("caseload/overdragen/", handing.CaseloadHandOver.as_view(), name="caseload_hand_over"),
    path("caseload/bestand/", reports.CaseloadExport.as_view(), name="caseload_export"),
    path("caseload/verantwoording/", reports.FunderAccount.as_view(), name="funder_account"),
    path("caseload/afspraken/<uuid:agreement>/", check_ins.AgreementSettle.as_view(), name="agreement_settle"),
    path("caseload/<uuid:assignment>/", include(_assignment)),
    *employer_urls.urlpatterns,
    *urls_buddies.urlpatterns,
    *urls_development.urlpatterns,
]
