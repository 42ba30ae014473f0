"""Names are stored once more for searching and sorting, accents and case folded."""

from django.db import migrations, models

from accounts.folding import fold


def fill(apps, schema_editor):
    """Fold every name that is there."""
    for model in ('User',):
        rows = apps.get_model('accounts', model).objects
        for row in rows.only("name").iterator():
            rows.filter(pk=row.pk).update(name_folded=fold(row.name))


class Migration(migrations.Migration):

    dependencies = [('accounts', '0002_kept_form')]

    operations = [
        migrations.AddField(
            'user', "name_folded", models.CharField(blank=True, db_index=True, default="", editable=False, max_length=160),
            preserve_default=False,
        ),
        migrations.AlterModelOptions('user', {"ordering": ["name_folded", "pk"], "verbose_name": "gebruiker", "verbose_name_plural": "gebruikers"}),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
