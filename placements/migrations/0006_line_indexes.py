"""Indexes for sums: one that holds all that dashboards add up, and one of the lines of teams alone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('placements', '0005_revisions'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='countline',
            index=models.Index(
                fields=['employer', 'regime', 'last_day', 'first_day', 'counts', 'rule', 'hours', 'person', 'unit',
                        'placement', 'period'],
                name='line_employer_sums',
            ),
        ),
        migrations.RemoveIndex(
            model_name='countline',
            name='line_employer_day',
        ),
        migrations.AddIndex(
            model_name='countline',
            index=models.Index(
                condition=models.Q(('team__isnull', False)), fields=['team', 'regime', 'first_day'], name='line_of_team'
            ),
        ),
        migrations.RemoveIndex(
            model_name='countline',
            name='line_team_day',
        ),
    ]
