"""A dated fact carries a revision, so that two administrators who edit at the same time notice each other."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0003_names_folded'),
    ]

    operations = [
        migrations.AddField(
            model_name='employerfact',
            name='revision',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
