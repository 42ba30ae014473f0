"""Names are stored once more for searching and sorting, accents and case folded."""

from django.db import migrations, models

from accounts.folding import fold


def fill(apps, schema_editor):
    """Fold every name that is there."""
    for model in ('Sector', 'OrgUnit'):
        rows = apps.get_model('employers', model).objects
        for row in rows.only("name").iterator():
            rows.filter(pk=row.pk).update(name_folded=fold(row.name))


class Migration(migrations.Migration):

    dependencies = [('employers', '0002_sectors')]

    operations = [
        migrations.AddField(
            'sector', "name_folded", models.CharField(blank=True, db_index=True, default="", editable=False, max_length=120),
            preserve_default=False,
        ),
        migrations.AlterModelOptions('sector', {"ordering": ["name_folded", "pk"], "verbose_name": "sector", "verbose_name_plural": "sectoren"}),
        migrations.AddField(
            'orgunit', "name_folded", models.CharField(blank=True, db_index=True, default="", editable=False, max_length=160),
            preserve_default=False,
        ),
        migrations.AlterModelOptions('orgunit', {"ordering": ["employer", "name_folded", "pk"], "verbose_name": "afdeling", "verbose_name_plural": "afdelingen"}),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
