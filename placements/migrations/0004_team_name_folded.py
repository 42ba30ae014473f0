"""Names are stored once more for searching and sorting, accents and case folded."""

from django.db import migrations, models

from accounts.folding import fold


def fill(apps, schema_editor):
    """Fold every name that is there."""
    for model in ('Team',):
        rows = apps.get_model('placements', model).objects
        for row in rows.only("name").iterator():
            rows.filter(pk=row.pk).update(name_folded=fold(row.name))


class Migration(migrations.Migration):

    dependencies = [('placements', '0003_regimes')]

    operations = [
        migrations.AddField(
            'team', "name_folded", models.CharField(blank=True, db_index=True, default="", editable=False, max_length=160),
            preserve_default=False,
        ),
        migrations.AlterModelOptions('team', {"ordering": ["name_folded", "pk"], "verbose_name": "team", "verbose_name_plural": "teams"}),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
