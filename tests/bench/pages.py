"""The pages people open most, on the data of the import benchmark: queries, and the median time of twenty requests.

Run by ``tests/bench/test_exchange.py`` as a process of its own: ``python -m tests.bench.pages``.
"""

import os
import statistics
import time
from datetime import date

import django

REQUESTS = 20


def measure() -> None:
    """Print one line per page of the employer with the most placements, and of its sector."""
    from django.conf import settings
    from django.db import connection
    from django.db.models import Count
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import Membership, Role, User
    from employers.models import Employer, EmployerFact

    settings.DEBUG = False  # else every query is kept, which costs time that production does not spend
    employer = Employer.objects.annotate(size=Count("hosted_placements")).order_by("-size", "pk")[0]
    sector = EmployerFact.objects.on(date.today()).get(employer=employer).sector  # noqa: DTZ011
    clients = {}
    for role, place in ((Role.COORDINATOR, {"employer": employer}), (Role.ADVISER, {"sector": sector})):
        user = User.objects.create(email=f"{role}@meting.example", name="Meting")
        Membership.objects.create(user=user, role=role, first_day=date(2013, 1, 1), **place)
        clients[role] = Client(SERVER_NAME="localhost")
        clients[role].force_login(user)
    own = f"/werkgevers/{employer.uuid}"
    pages = (
        (Role.COORDINATOR, "dashboard", f"{own}/voortgang/"),
        (Role.COORDINATOR, "placements", f"{own}/plaatsingen/"),
        (Role.COORDINATOR, "placements, all ever", f"{own}/plaatsingen/?stand=alle"),
        (Role.COORDINATOR, "candidates", f"{own}/kandidaten/"),
        (Role.ADVISER, "sector", f"/sectoren/{sector.uuid}/voortgang/"),
        (Role.ADVISER, "all sectors", "/sectoren/"),
    )
    print(f"  employer with {employer.size} placements")
    for role, name, address in pages:
        with CaptureQueriesContext(connection) as queries:
            response = clients[role].get(address)
            assert response.status_code == 200, (address, response.status_code)
        number = len(queries)
        times = []
        for _ in range(REQUESTS):
            start = time.perf_counter()
            clients[role].get(address)
            times.append(time.perf_counter() - start)
        print(f"  {name:<24}{number:3d} queries  {statistics.median(times) * 1000:5.0f} ms")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banenafspraak.settings")
    django.setup()
    measure()
