"""An index for the register periods that end soon, which every page of a coordinator counts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('candidates', '0003_access_of_coaches'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='registerperiod',
            index=models.Index(fields=['last_day'], name='register_last_day'),
        ),
    ]
