"""Background jobs of this room. They may be asked for twice: a run that is past the state they expect is left alone."""

from datetime import date

from django.utils import timezone
from django_tasks import task

from exchange import services
from exchange.models import ImportRun


def work_on(run: ImportRun, *, today: date) -> None:
    """Check or import an upload, whichever it waits for: at once, or when it is large in the background."""
    if run.in_background:
        work_in_background.enqueue(run.pk)
    else:
        _work(run, today)


@task()
def work_in_background(key: int) -> None:
    """Check or import an upload that is too large to let the user wait."""
    run = ImportRun.objects.filter(pk=key, state__in=ImportRun.BUSY).first()
    if run is not None:
        _work(run, timezone.localdate())


def _work(run: ImportRun, today: date) -> None:
    if run.state == ImportRun.State.CHECKING:
        services.check(run=run, today=today)
    else:
        services.execute(run=run, today=today)
