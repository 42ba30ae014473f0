"""A user carries a revision, so that two administrators who edit at the same time notice each other."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_user_name_folded'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='revision',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
