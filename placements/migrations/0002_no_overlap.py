"""Periods of one placement, and purchases of one team by one buyer, never overlap (PostgreSQL)."""

from django.db import migrations

from accounts.exclusion import ForbidOverlap


class Migration(migrations.Migration):
    dependencies = [("placements", "0001_initial")]
    operations = [
        ForbidOverlap(model="placementperiod", name="period_no_overlap", same=["placement_id"]),
        ForbidOverlap(model="teampurchase", name="purchase_no_overlap", same=["team_id", "buyer_id"]),
    ]
