"""Background jobs of this room. They may run twice: each looks whether its work is still to be done."""

from django_tasks import task

from placements.services import activation


@task()
def activate_version(version_id: int) -> bool:
    """Recount with a waiting version of a regime and let it take effect."""
    return activation.activate_version(version_id)
