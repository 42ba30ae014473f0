"""The two counting regimes that exist from the start, and the one row of the ledger's state."""

from datetime import date

from django.db import migrations

REGIMES = [
    (
        "statutory",
        "Wettelijke telling",
        "Telt zoals de wet het voorschrijft: een ingekochte dienst telt bij de leverancier, niet bij de opdrachtgever.",
        False,
        "Wfsv art. 38b tot en met 38g; Besluit Wfsv art. 2.32 (25,5 uur per baan)",
    ),
    (
        "with_procurement",
        "Met inkoop",
        "Zoals de wettelijke telling, maar een ingekochte dienst telt bij de opdrachtgever. De sectoren verwachtten "
        "dit in 2018 en 2019.",
        True,
        "Motie van de Tweede Kamer uit 2018 over inkoop van diensten; niet in de wet opgenomen",
    ),
]


def add_regimes(apps, schema_editor):
    regime_model = apps.get_model("placements", "Regime")
    version_model = apps.get_model("placements", "RegimeVersion")
    for code, name, description, procurement, source in REGIMES:
        values = {"name": name, "description": description}
        regime, _ = regime_model.objects.get_or_create(code=code, defaults=values)
        terms = {"procurement_counts": procurement, "source": source}
        version_model.objects.get_or_create(regime=regime, first_day=date(2013, 1, 1), defaults=terms)
    apps.get_model("placements", "LedgerState").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("placements", "0002_no_overlap")]
    operations = [migrations.RunPython(add_regimes, migrations.RunPython.noop)]
