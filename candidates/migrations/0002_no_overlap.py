"""Register periods of one candidate never overlap (PostgreSQL)."""

from django.db import migrations

from accounts.exclusion import ForbidOverlap


class Migration(migrations.Migration):
    dependencies = [("candidates", "0001_initial")]
    operations = [ForbidOverlap(model="registerperiod", name="register_no_overlap", same=["candidate_id"])]
