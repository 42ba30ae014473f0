"""The permission table: one row per named address, what a GET answers to whom.

``login`` is a redirect to the log-in page, ``→`` any other redirect. The columns hold for the own employer or sector;
the other variants follow from them (:func:`expected`). ``post`` is what an empty POST answers to the first of
coordinator, adviser, administrator and coach who may open the page: 405 where nothing can be sent.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.access.world import ROLES

COLUMNS = (*ROLES, "post")

TABLE = """
#                             anonymous  coordi-  reader  coach  adviser  all      adminis-  nobody  post
#                                        nator                            sectors  trator

# the house and the frame
healthz                       200        200      200     200    200      200      200       200     405
home                          login      →        →       →      →        →        →         200     405
switch_role                   login      200      200     200    200      200      200       200     404
ui:living                     404        404      404     404    404      404      200       404     200
ui:living_confirm             404        404      404     404    404      404      200       404     →
ui:accessibility              200        200      200     200    200      200      200       200     200
ui:privacy                    200        200      200     200    200      200      200       200     200

# log-in
account_login                 200        →        →       →      →        →        →         →       →
account_logout                →          200      200     200    200      200      200       200     →
account_inactive              200        200      200     200    200      200      200       200     405
account_signup                200        →        →       →      →        →        →         →       →
account_reauthenticate        login      200      200     200    200      200      200       200     200
account_email                 login      200      200     200    200      200      200       200     405
account_email_verification_sent
                              200        200      200     200    200      200      200       200     405
account_change_password       login      200      200     200    200      200      200       200     200
account_set_password          login      →        →       →      →        →        →         →       →
account_reset_password        200        200      200     200    200      200      200       200     200
account_reset_password_done   200        200      200     200    200      200      200       200     405
account_reset_password_from_key
                              200        200      200     200    200      200      200       200     200
account_reset_password_from_key_done
                              200        200      200     200    200      200      200       200     405
account_confirm_email         200        200      200     200    200      200      200       200     404
account_confirm_login_code    →          →        →       →      →        →        →         →       →

# an employer: colleagues, units, targets
colleague_list                login      200      200     404    404      404      200       404     405
colleague_invite              login      200      403     404    404      404      200       404     200
colleague_change              login      200      403     404    404      404      200       404     200
colleague_end                 login      200      403     404    404      404      200       404     200
colleague_resend              login      →        →       404    404      404      →         404     →
unit_list                     login      200      200     404    404      404      200       404     405
unit_add                      login      200      403     404    404      404      200       404     200
unit_change                   login      200      403     404    404      404      200       404     200
unit_remove                   login      200      403     404    404      404      200       404     200
target_list                   login      200      200     404    404      404      200       404     405
target_add                    login      200      403     404    404      404      200       404     200
target_change                 login      200      403     404    404      404      200       404     200
target_remove                 login      200      403     404    404      404      200       404     200

# candidates, placements, trials
placement_list                login      200      200     404    404      404      200       404     405
placement_excluded            login      200      200     404    404      404      200       404     405
placement_add                 login      200      403     404    404      404      200       404     404
placement_detail              login      200      200     404    404      404      200       404     405
placement_change              login      200      403     404    404      404      200       404     200
placement_end                 login      200      403     404    404      404      200       404     200
placement_reopen              login      200      403     404    404      404      200       404     200
placement_continue            login      200      403     404    404      404      200       404     404
placement_remove              login      200      403     404    404      404      200       404     200
period_add                    login      200      403     404    404      404      200       404     200
period_correct                login      200      403     404    404      404      200       404     200
period_unit                   login      200      403     404    404      404      200       404     200
period_remove                 login      200      403     404    404      404      200       404     200
candidate_list                login      200      200     404    404      404      200       404     405
candidate_add                 login      200      403     404    404      404      200       404     200
candidate_detail              login      200      200     404    404      404      200       404     405
candidate_change              login      200      403     404    404      404      200       404     200
candidate_remove              login      200      403     404    404      404      200       404     200
bsn_reveal                    login      →        →       404    404      404      →         404     200
access_withdraw               login      200      403     404    404      404      200       404     200
register_add                  login      200      403     404    404      404      200       404     200
register_change               login      200      403     404    404      404      200       404     200
register_end                  login      200      403     404    404      404      200       404     200
register_remove               login      200      403     404    404      404      200       404     200
trial_list                    login      200      200     404    404      404      200       404     405
trial_add                     login      200      403     404    404      404      200       404     404
trial_detail                  login      200      200     404    404      404      200       404     405
trial_change                  login      200      403     404    404      404      200       404     200
trial_decide                  login      200      403     404    404      404      200       404     200
trial_remove                  login      200      403     404    404      404      200       404     200
team_share                    login      200      200     404    404      404      200       404     405

# half-year rounds
employer_rounds               login      200      200     404    404      404      200       404     405
employer_round                login      200      200     404    404      404      200       404     405
employer_round_submit         login      200      403     404    404      404      403       404     200
employer_round_totals         login      200      403     404    404      404      403       404     200
employer_round_file           login      200      403     404    404      404      403       404     200
snapshot_detail               login      200      200     404    404      404      200       404     405
snapshot_difference           login      200      200     404    404      404      200       404     405
round_list                    login      404      404     404    200      200      200       404     405
round_open                    login      404      404     404    200      200      404       404     200
round_detail                  login      404      404     404    200      200      200       404     405
round_report                  login      404      404     404    200      200      200       404     405
round_change                  login      404      404     404    200      200      403       404     200
round_close                   login      404      404     404    200      200      403       404     200
round_totals_file             login      404      404     404    200      200      403       404     200
round_member                  login      404      404     404    200      200      200       404     405
round_difference              login      404      404     404    200      200      200       404     405
round_return                  login      404      404     404    200      200      403       404     200
round_approve                 login      404      404     404    200      200      403       404     200
round_totals                  login      404      404     404    200      200      403       404     200

# coaching, for coordinators
coaching_list                 login      200      200     404    404      404      200       404     405
coaching_hours                login      200      200     404    404      404      200       404     405
coach_list                    login      200      200     404    404      404      200       404     405
coach_detail                  login      200      200     404    404      404      200       404     405
coach_add                     login      200      403     404    404      404      200       404     200
coach_change                  login      200      403     404    404      404      200       404     200
coach_end                     login      200      403     404    404      404      200       404     200
coach_hand_over               login      200      403     404    404      404      200       404     200
buddy_list                    login      200      200     404    404      404      200       404     405
buddy_add                     login      200      403     404    404      404      200       404     200
buddy_detail                  login      200      200     404    404      404      200       404     405
buddy_change                  login      200      403     404    404      404      200       404     200
buddy_stop                    login      200      403     404    404      404      200       404     200
buddy_link                    login      200      403     404    404      404      200       404     200
buddy_unlink                  login      200      403     404    404      404      200       404     200
trial_buddy_unlink            login      200      403     404    404      404      200       404     200
training_day_add              login      200      403     404    404      404      200       404     200
training_day_remove           login      →        403     404    404      404      →         404     →
buddy_choose                  login      200      403     404    404      404      200       404     200
trial_buddy_choose            login      200      403     404    404      404      200       404     200
workplace                     login      200      200     404    404      404      200       404     405
workplace_obstacle_add        login      200      403     404    404      404      200       404     200
workplace_obstacle_change     login      200      403     404    404      404      200       404     200
workplace_obstacle_remove     login      200      403     404    404      404      200       404     200
workplace_adjustment_add      login      200      403     404    404      404      200       404     200
workplace_adjustment_change   login      200      403     404    404      404      200       404     200
workplace_adjustment_remove   login      200      403     404    404      404      200       404     200
workplace_growth_add          login      200      403     404    404      404      200       404     200
workplace_growth_change       login      200      403     404    404      404      200       404     200
workplace_growth_remove       login      200      403     404    404      404      200       404     200
partner_link                  login      200      403     404    404      404      200       404     200
partner_unlink                login      200      403     404    404      404      200       404     200
assignment_add                login      200      403     404    404      404      200       404     200
trial_assignment_add          login      200      403     404    404      404      200       404     200
assignment_change             login      200      403     404    404      404      200       404     200
assignment_phase              login      200      403     404    404      404      200       404     200
assignment_hand_over          login      200      403     404    404      404      200       404     200
assignment_end                login      200      403     404    404      404      200       404     200
grant_add                     login      200      403     404    404      404      200       404     200
trial_grant_add               login      200      403     404    404      404      200       404     200
grant_change                  login      200      403     404    404      404      200       404     200
grant_remove                  login      200      403     404    404      404      200       404     200

# files
import_upload                 login      200      403     404    404      404      200       404     200
import_template               login      200      403     404    404      404      200       404     405
import_run                    login      200      403     404    404      404      200       404     →
import_cancel                 login      →        403     404    404      404      →         404     →
export_employer               login      200      200     404    404      404      200       404     404
import_format                 login      200      200     200    200      200      200       200     405
import_all                    login      404      404     404    404      404      200       404     200
import_all_template           login      404      404     404    404      404      200       404     405
import_all_run                login      404      404     404    404      404      200       404     →
import_all_cancel             login      404      404     404    404      404      →         404     →
export_all                    login      404      404     404    404      404      200       404     404

# beheer, beside the pages of each model
admin:index                   login      404      404     404    404      404      200       404     200
admin:login                   →          →        →       →      →        →        →         →       →
admin:autocomplete            login      404      404     404    404      404      403       404     405
admin:app_list                login      404      404     404    404      404      200       404     200
admin:accounts_auditevent_export
                              login      404      404     404    404      404      200       404     200
admin:accounts_user_invitation
                              login      404      404     404    404      404      200       404     →
admin:accounts_user_block     login      404      404     404    404      404      200       404     →
admin:accounts_user_release   login      404      404     404    404      404      200       404     →
admin:employers_employer_merge
                              login      404      404     404    404      404      200       404     200
admin:employers_employer_hand_over
                              login      404      404     404    404      404      200       404     →
admin:employers_partner_merge login      404      404     404    404      404      200       404     200
admin:candidates_candidate_link
                              login      404      404     404    404      404      200       404     200
admin:candidates_candidate_unlink
                              login      404      404     404    404      404      200       404     →
admin:placements_regime_queue login      404      404     404    404      404      404       404     404
admin:placements_regime_withdraw
                              login      404      404     404    404      404      404       404     404

# progress
own_actions                   login      404      404     200    200      200      404       404     405
action_list                   login      200      200     404    404      404      200       404     405
all_progress                  login      404      404     404    404      404      200       404     405
progress_definitions          login      200      200     200    200      200      200       200     405
progress                      login      200      200     404    404      404      200       404     405
progress_changes              login      200      200     404    404      404      200       404     405
board_letter                  login      200      200     404    404      404      200       404     405
national                      login      200      200     200    200      200      200       200     405
what_if                       login      200      200     404    404      404      200       404     405
quota                         login      200      200     404    404      404      200       404     405
official_list                 login      200      200     404    404      404      200       404     405
official_add                  login      200      403     404    404      404      200       404     200
official_change               login      200      403     404    404      404      200       404     200
official_remove               login      200      403     404    404      404      200       404     200
sector_list                   login      404      404     404    200      200      200       404     405
sector_progress               login      404      404     404    200      200      200       404     405

# a coach's caseload
caseload                      login      404      404     200    404      404      404       404     405
caseload_hand_over            login      404      404     200    404      404      404       404     200
caseload_export               login      404      404     200    404      404      404       404     404
coached_person                login      404      404     200    404      404      404       404     405
funder_account                login      404      404     200    404      404      404       404     405
person_report                 login      404      404     200    404      404      404       404     405
phase_change                  login      404      404     200    404      404      404       404     200
check_in_add                  login      404      404     200    404      404      404       404     200
check_in_draft                login      404      404     →      404      404      404       404     204
check_in_change               login      404      404     200    404      404      404       404     200
check_in_addendum             login      404      404     200    404      404      404       404     200
check_in_remove               login      404      404     200    404      404      404       404     →
agreement_settle              login      404      404     →      404      404      404       404     →

# what a coach does about it
approach                      login      404      404     200    404      404      404       404     405
development                   login      404      404     200    404      404      404       404     405
intervention_add              login      404      404     200    404      404      404       404     200
intervention_change           login      404      404     200    404      404      404       404     200
intervention_remove           login      404      404     200    404      404      404       404     200
obstacle_add                  login      404      404     200    404      404      404       404     200
obstacle_change               login      404      404     200    404      404      404       404     200
obstacle_remove               login      404      404     200    404      404      404       404     200
adjustment_add                login      404      404     200    404      404      404       404     200
adjustment_change             login      404      404     200    404      404      404       404     200
adjustment_remove             login      404      404     200    404      404      404       404     200
goal_add                      login      404      404     200    404      404      404       404     200
goal_change                   login      404      404     200    404      404      404       404     200
goal_remove                   login      404      404     200    404      404      404       404     200
growth_add                    login      404      404     200    404      404      404       404     200
growth_change                 login      404      404     200    404      404      404       404     200
growth_remove                 login      404      404     200    404      404      404       404     200
intervention_result           login      404      404     200    404      404      404       404     200
goal_end                      login      404      404     200    404      404      404       404     200
step_settle                   login      404      404     →      404      404      404       404     →
own_buddy_link                login      404      404     200    404      404      404       404     200
own_buddy_unlink              login      404      404     200    404      404      404       404     200
"""

#: Django admin: what its pages of each model answer to an administrator; to everybody else they don't exist.
#: ``read`` shows the record and takes no changes.
ADMIN = """
#                                   record     changelist  add  change  delete  history
accounts_user                       user       200         200  200     403     →
accounts_auditevent                 event      200         403  read    403     →
django_tasks_database_dbtaskresult  job        200         403  read    403     →
employers_sector                    sector     200         403  200     403     →
employers_employer                  employer   200         200  200     403     →
employers_orgunit                   unit       200         200  200     200     →
employers_target                    target     200         200  200     200     →
employers_partner                   partner    200         200  200     403     →
employers_publishedfigure           published  200         200  200     200     →
candidates_candidate                candidate  200         403  read    403     →
placements_placement                placement  200         403  read    403     →
placements_trial                    trial      200         403  read    403     →
placements_team                     team       200         200  200     200     →
placements_regime                   regime     200         403  200     403     →
coaching_toolkititem                item       200         200  200     200     →
coaching_jobcoach                   coach      200         403  read    403     →
progress_round                      round      200         403  read    403     →
progress_snapshot                   snapshot   200         403  read    403     →
"""

#: What an empty POST answers to somebody unknown, where that differs.
UNKNOWN_POSTS = {"account_login": "200", "account_signup": "200", "home": "405"}

#: Arguments that aren't called after the record they stand for.
OBJECTS: dict[str, dict[str, str]] = {
    "employer_round": {"round": "employer_round"},
    "employer_round_submit": {"round": "employer_round"},
    "employer_round_totals": {"round": "employer_round"},
    "employer_round_file": {"round": "employer_round"},
    "register_change": {"period": "register_period"},
    "register_end": {"period": "register_period"},
    "register_remove": {"period": "register_period"},
    "import_all_run": {"run": "run of everything"},
    "import_all_cancel": {"run": "run of everything"},
    "admin:accounts_user_invitation": {"pk": "user"},
    "admin:accounts_user_block": {"pk": "user"},
    "admin:accounts_user_release": {"pk": "user"},
    "admin:employers_employer_merge": {"pk": "employer"},
    "admin:employers_employer_hand_over": {"pk": "employer"},
    "admin:employers_partner_merge": {"pk": "partner"},
    "admin:candidates_candidate_link": {"pk": "candidate"},
    "admin:candidates_candidate_unlink": {"pk": "candidate"},
    "admin:placements_regime_queue": {"pk": "regime"},
    "admin:placements_regime_withdraw": {"pk": "regime"},
}


@dataclass(frozen=True, slots=True)
class Row:
    """What an address answers to each role."""

    name: str
    cells: dict[str, str]
    objects: dict[str, str]

    @property
    def post(self) -> str:
        return self.cells["post"]


def rows() -> list[Row]:
    """Return the rows of both tables."""
    size = len(COLUMNS) + 1
    words = _words(TABLE)
    lines = [words[start : start + size] for start in range(0, len(words), size)]
    found = [Row(name, dict(zip(COLUMNS, cells, strict=True)), OBJECTS.get(name, {})) for name, *cells in lines]
    return found + [row for line in _lines(ADMIN) for row in _of_a_model(*line)]


def _of_a_model(model: str, record: str, *codes: str) -> Iterator[Row]:
    for page, code in zip(("changelist", "add", "change", "delete", "history"), codes, strict=True):
        get, post = ("200", "403") if code == "read" else (code, code)
        cells = {**dict.fromkeys(ROLES, "404"), "anonymous": "login", "administrator": get, "post": post}
        yield Row(f"admin:{model}_{page}", cells, {"object_id": record} if page not in ("changelist", "add") else {})


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


def _words(text: str) -> list[str]:
    return [word for line in _lines(text) for word in line]


#: Where a POST writes nothing, so that who may only read may send it.
READS_BY_POST = frozenset({"export_employer"})

#: Who is kept to the own employer, and who to the own sector; the others reach as much elsewhere as here.
KEPT_TO_EMPLOYER = frozenset({"coordinator", "reader"})
KEPT_TO_SECTOR = frozenset({"adviser"})
#: Arguments that only a coach's own caseload knows.
OF_CASELOAD = frozenset({"assignment", "agreement"})
#: Arguments that stand for a place of which there are two.
PLACES = frozenset({"employer", "sector"})
OPEN = frozenset({"200", "→", "403", "405"})


def expected(row: Row, role: str, variant: str, arguments: set[str]) -> str:
    """Return what a variant of an address answers: *own*, *foreign*, *mixed* (own employer, foreign record), *missing*.

    What is out of reach answers as what doesn't exist. Who may only read is told so before the record is looked for.
    """
    own = row.cells[role]
    if variant == "own" or own not in OPEN:
        return own
    if variant == "foreign":
        if arguments & OF_CASELOAD and "employer" not in arguments:
            return "404"
        kept = KEPT_TO_EMPLOYER if "employer" in arguments else KEPT_TO_SECTOR
        return "404" if role in kept else own
    refused_first = variant == "mixed" or not arguments & PLACES
    return own if own in ("403", "405") and refused_first else "404"


def expected_of_post(row: Row, role: str, variant: str, arguments: set[str]) -> str:
    """Return what an empty POST answers: to who may only read a refusal, else as the row says."""
    get = expected(row, role, variant, arguments)
    if role == "anonymous":
        return UNKNOWN_POSTS.get(row.name, get if get in ("login", "404") else row.post)
    if row.cells[role] not in OPEN or (variant != "mixed" and get == "404" and arguments & PLACES):
        return "404"
    if role == "reader" and "employer" in arguments and row.name not in READS_BY_POST:
        return "403"
    if row.cells[role] == "403" and arguments & PLACES:
        return get
    if arguments & OF_CASELOAD and get == "404" and row.post != "405":
        return "404"
    return row.post if variant in ("own", "foreign") or row.post in ("403", "405") else "404"
