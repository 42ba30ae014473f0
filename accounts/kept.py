"""What was typed is never lost: a form that is sent when the session has ended is shown again after log-in.

How it works, without script and without a line in any view:

* ``{% csrf_token %}`` also writes a hidden field that names the user the form was made for (:func:`owner_field`);
* a POST that is answered with the log-in page, or whose token against forged requests is too old, is kept for that
  user (:func:`keep`) and the way goes on to the same address with ``?bewaard=<uuid>``. So does a POST that needs
  another role of the user (``accounts.access.offer_switch``);
* that address, opened by that user within the hour, has what was typed: in the form itself when the view asks for it
  (:func:`kept_data`), else behind one button above the page (``templates/accounts/kept.html``);
* it is wiped when the form is sent from there and answered with a redirect, or by ``manage.py daily``.

Passwords and files are not kept, nor is a form of more than ``MOST_BYTES`` (:mod:`accounts.services.kept_forms`): the
log-in page then says so.

A view that shows it in its own form binds that form when it is opened, and says nothing more about it::

    def get(self, request):
        return self.page(MyForm(kept_data(request)))
"""

from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import KeptForm, User
from accounts.services.kept_forms import fields_of, forget_form, keep_form

#: The hidden field that names the user, and the parameter that names what was kept.
OWNER = "form_owner"
PARAMETER = "bewaard"

NOTICE = "Deze gegevens waren nog niet opgeslagen. Controleer ze en sla ze op."
KEPT_UNTIL_LOG_IN = "De sessie was verlopen. Wat is ingevuld, is bewaard: na het inloggen staat het weer klaar."
NOT_KEPT = (
    "De sessie was verlopen. Wat is ingevuld, is niet opgeslagen en is te groot om te bewaren. Ga na het inloggen met "
    "de terugknop naar het formulier: daar staat het meestal nog. Kopieer het, en vul het opnieuw in."
)

_SALT = "accounts.kept"
_SECONDS = 24 * 60 * 60
#: Fields that belong to one sending, or lead on.
_PASSING = frozenset({"csrfmiddlewaretoken", OWNER, "next"})
_SECRET = ("password", "wachtwoord")
#: Pages on which nothing is typed.
_NOTHING_TYPED = frozenset({"switch_role"})


def owner_field(user: User) -> SafeString:
    """Return the hidden field that says, signed, whose form this is."""
    return format_html('<input type="hidden" name="{}" value="{}">', OWNER, _signer().sign(str(user.uuid)))


def owner_of(request: HttpRequest) -> User | None:
    """Return the user a sent form was made for; None when it does not say so, or too long ago."""
    try:
        uuid = _signer().unsign(request.POST.get(OWNER, ""), max_age=_SECONDS)
    except signing.BadSignature:
        return None
    return User.objects.filter(uuid=uuid, is_active=True).first()


def keep(request: HttpRequest, user: User) -> str | None:
    """Keep what ``request`` sent for ``user``; return the address where it waits, or None when nothing was kept."""
    if not is_typed(request):
        return None
    by = user if request.user.is_authenticated else None
    kept = keep_form(by=by, user=user, path=request.path, fields=_typed(request), now=timezone.now())
    if kept is None:
        return None
    query = request.GET.copy()
    query[PARAMETER] = str(kept.uuid)
    return f"{request.path}?{query.urlencode()}"


def is_typed(request: HttpRequest) -> bool:
    """Whether there is anything to lose in what ``request`` sent."""
    match = request.resolver_match
    return bool(_typed(request)) and not (match and match.url_name in _NOTHING_TYPED)


def kept_data(request: HttpRequest) -> QueryDict | None:
    """Return what this user typed on this page before, to bind the form with when it is opened; else None.

    The page then says that it is not stored yet, and leaves out the button that sends it unseen.
    """
    kept = _kept(request)
    if kept is None or request.method != "GET":
        return None
    if not hasattr(request, "kept_is_shown"):
        request.kept_is_shown = True  # type: ignore[attr-defined]
        messages.warning(request, NOTICE)
    data = QueryDict(mutable=True)
    for name, value in fields_of(kept):
        data.appendlist(name, value)
    return data


def waiting(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a form that waits on this page and that its view does not show itself."""
    if hasattr(request, "kept_is_shown"):
        return []
    kept = _kept(request)
    return fields_of(kept) if kept else []


def handed_back(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields that wait here for a page that shows them itself, because they can't be stored any more."""
    fields = waiting(request)
    request.kept_is_shown = True  # type: ignore[attr-defined]
    return fields


def forget(request: HttpRequest) -> None:
    """Wipe what was kept for the page this request was sent from."""
    if uuid := _asked(request):
        forget_form(user=request.user, uuid=uuid)  # type: ignore[arg-type]


def _kept(request: HttpRequest) -> KeptForm | None:
    """Return what waits for this user on this page; asked of the database once, and only when the address says so."""
    if not hasattr(request, "kept"):
        uuid = _asked(request)
        request.kept = _find(request, uuid) if uuid else None  # type: ignore[attr-defined]
    return request.kept  # type: ignore[attr-defined]


def _find(request: HttpRequest, uuid: str) -> KeptForm | None:
    mine = KeptForm.objects.waiting_for(request.user, timezone.now())  # type: ignore[arg-type]
    return mine.filter(uuid=uuid, path=request.path).first()


def _asked(request: HttpRequest) -> str:
    """Return which kept form the address names; an empty text for none, or for nobody."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    try:
        return str(UUID(request.GET.get(PARAMETER, "")))
    except ValueError:
        return ""


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields that were sent, without passwords, files and what belongs to one sending."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in _PASSING and not any(word in name.lower() for word in _SECRET)
        for value in values
    ]


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=_SALT)
