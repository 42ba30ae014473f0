"""Other spellings of partners: names they had before, and names of partners that were merged into them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('employers', '0004_revisions')]

    operations = [
        migrations.CreateModel(
            name='PartnerAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='aangemaakt')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='gewijzigd')),
                ('name', models.CharField(max_length=160, verbose_name='naam')),
                ('name_key', models.CharField(editable=False, max_length=160, unique=True)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='employers.partner', verbose_name='partner')),
            ],
            options={'verbose_name': 'andere schrijfwijze', 'verbose_name_plural': 'andere schrijfwijzen', 'ordering': ['name_key', 'pk']},
        ),
    ]
