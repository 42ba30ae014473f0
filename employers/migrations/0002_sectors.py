"""The fourteen sectors of government and education, with umbrella organisation and, where published, size."""

from django.db import migrations

#: code, name, umbrella organisation, number of organisations (None: not published)
SECTORS = [
    ("rijk", "Rijk", "Ministerie van BZK", None),
    ("gemeenten", "Gemeenten", "VNG", None),
    ("provincies", "Provincies", "IPO", 12),
    ("waterschappen", "Waterschappen", "Unie van Waterschappen", 33),
    ("primair_onderwijs", "Primair onderwijs", "PO-Raad", None),
    ("voortgezet_onderwijs", "Voortgezet onderwijs", "VO-raad", None),
    ("mbo", "Middelbaar beroepsonderwijs", "MBO Raad", None),
    ("hbo", "Hoger beroepsonderwijs", "Vereniging Hogescholen", 36),
    ("universiteiten", "Universiteiten", "Universiteiten van Nederland", 14),
    ("onderzoekinstellingen", "Onderzoekinstellingen", "WVOI", None),
    ("umc", "Universitair medische centra", "NFU", None),
    ("politie", "Politie", "Politie", None),
    ("defensie", "Defensie", "Ministerie van Defensie", None),
    ("rechterlijke_macht", "Rechterlijke macht", "", None),
]


def add_sectors(apps, schema_editor):
    sector = apps.get_model("employers", "Sector")
    for code, name, umbrella, count in SECTORS:
        sector.objects.update_or_create(
            code=code, defaults={"name": name, "umbrella": umbrella, "organisation_count": count}
        )


class Migration(migrations.Migration):
    dependencies = [("employers", "0001_initial")]
    operations = [migrations.RunPython(add_sectors, migrations.RunPython.noop)]
