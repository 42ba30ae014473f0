from django.db import migrations

from progress.immutable import FreezeApproved


class Migration(migrations.Migration):
    """Neither emptied at once, nor replaced, nor moved to another round or employer."""

    dependencies = [
        ("progress", "0001_initial"),
    ]

    operations = [
        FreezeApproved(again=True),
    ]
