"""The permission table: one row per named address, what a GET answers to whom.

``login`` is a redirect to the log-in page, ``→`` any other redirect. The columns hold for the own employer or sector;
the other variants follow from them (:func:`expected`). ``post`` is what an empty POST answers to the first of
coordinator, adviser, administrator and coach who may open the page: 405 where nothing can be sent.
"""

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
account_email                 login      200      200     200    200      200      200       200     →
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
colleague_resend              login      405      405     404    404      404      405       404     →
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
placement_add                 login      200      403     404    404      404      200       404     404
placement_detail              login      200      200     404    404      404      200       404     405
placement_change              login      200      403     404    404      404      200       404     200
placement_end                 login      200      403     404    404      404      200       404     200
placement_reopen              login      200      403     404    404      404      200       404     200
placement_continue            login      200      403     404    404      404      200       404     404
placement_remove              login      200      403     404    404      404      200       404     →
period_add                    login      200      403     404    404      404      200       404     200
period_correct                login      200      403     404    404      404      200       404     200
period_unit                   login      200      403     404    404      404      200       404     200
period_remove                 login      200      403     404    404      404      200       404     200
candidate_list                login      200      200     404    404      404      200       404     405
candidate_add                 login      200      403     404    404      404      200       404     200
candidate_detail              login      200      200     404    404      404      200       404     405
candidate_change              login      200      403     404    404      404      200       404     200
candidate_remove              login      200      403     404    404      404      200       404     200
bsn_reveal                    login      405      405     404    404      404      405       404     200
access_withdraw               login      200      403     404    404      404      200       404     200
register_add                  login      200      403     404    404      404      200       404     200
register_change               login      200      403     404    404      404      200       404     200
register_end                  login      200      403     404    404      404      200       404     200
register_remove               login      200      403     404    404      404      200       404     →
trial_list                    login      200      200     404    404      404      200       404     405
trial_add                     login      200      403     404    404      404      200       404     404
trial_detail                  login      200      200     404    404      404      200       404     405
trial_change                  login      200      403     404    404      404      200       404     200
trial_decide                  login      200      403     404    404      404      200       404     200
trial_remove                  login      200      403     404    404      404      200       404     →
team_share                    login      200      200     404    404      404      200       404     405

# files
import_upload                 login      200      403     404    404      404      200       404     200
import_template               login      200      403     404    404      404      200       404     405
import_run                    login      200      403     404    404      404      200       404     200
import_cancel                 login      405      403     404    404      404      405       404     →
export_employer               login      200      200     404    404      404      200       404     404
import_format                 login      200      200     200    200      200      200       200     405
import_all                    login      404      404     404    404      404      200       404     200
import_all_template           login      404      404     404    404      404      200       404     405
import_all_run                login      404      404     404    404      404      200       404     200
import_all_cancel             login      404      404     404    404      404      405       404     →
export_all                    login      404      404     404    404      404      200       404     404

# progress
all_progress                  login      404      404     404    404      404      200       404     405
progress_definitions          login      200      200     200    200      200      200       200     405
progress                      login      200      200     404    404      404      200       404     405
progress_changes              login      200      200     404    404      404      200       404     405
sector_list                   login      404      404     404    200      200      200       404     405
sector_progress               login      404      404     404    200      200      200       404     405
caseload                      login      404      404     200    404      404      404       404     405
"""

#: What an empty POST answers to somebody unknown, where that differs.
UNKNOWN_POSTS = {"account_login": "200", "account_signup": "200", "home": "405"}

#: Arguments that aren't called after the record they stand for.
OBJECTS: dict[str, dict[str, str]] = {
    "register_change": {"period": "register_period"},
    "register_end": {"period": "register_period"},
    "register_remove": {"period": "register_period"},
    "import_all_run": {"run": "run of everything"},
    "import_all_cancel": {"run": "run of everything"},
}


@dataclass(frozen=True, slots=True)
class Row:
    """What an address answers to each role."""

    name: str
    cells: dict[str, str]

    @property
    def post(self) -> str:
        return self.cells["post"]

    @property
    def objects(self) -> dict[str, str]:
        return OBJECTS.get(self.name, {})


def rows() -> list[Row]:
    """Return the rows of the table."""
    words = [word for line in TABLE.splitlines() if not line.startswith("#") for word in line.split()]
    size = len(COLUMNS) + 1
    lines = [words[start : start + size] for start in range(0, len(words), size)]
    return [Row(name, dict(zip(COLUMNS, cells, strict=True))) for name, *cells in lines]


#: Where a POST writes nothing, so that who may only read may send it.
READS_BY_POST = frozenset({"export_employer"})

#: Who is kept to the own employer, and who to the own sector; the others reach as much elsewhere as here.
KEPT_TO_EMPLOYER = frozenset({"coordinator", "reader"})
KEPT_TO_SECTOR = frozenset({"adviser"})
OPEN = frozenset({"200", "→", "403", "405"})


def expected(row: Row, role: str, variant: str, arguments: set[str]) -> str:
    """Return what a variant of an address answers: *own*, *foreign*, *mixed* (own employer, foreign record), *missing*.

    What is out of reach answers as what doesn't exist. Who may only read is told so before the record is looked for.
    """
    own = row.cells[role]
    if variant == "own" or own not in OPEN:
        return own
    if variant == "foreign":
        kept = KEPT_TO_EMPLOYER if "employer" in arguments else KEPT_TO_SECTOR
        return "404" if role in kept else own
    return own if own == "405" or (variant == "mixed" and own == "403") else "404"


def expected_of_post(row: Row, role: str, variant: str, arguments: set[str]) -> str:
    """Return what an empty POST answers: to who may only read a refusal, else as the row says."""
    get = expected(row, role, variant, arguments)
    if role == "anonymous":
        return UNKNOWN_POSTS.get(row.name, get if get in ("login", "404") else row.post)
    if get == "404" and variant != "mixed":
        return get
    if row.cells[role] not in OPEN:
        return "404"
    if role == "reader" and "employer" in arguments and row.name not in READS_BY_POST:
        return "403"
    return "404" if variant == "mixed" and row.post != "405" else row.post
