"""The house that is measured: three tenants as in the demo, one of them with a million dossiers.

Kept from run to run; built anew when the migrations or the loader are others.
"""

import hashlib
import json
from datetime import datetime
from pathlib import Path

from django.db import connection, connections
from django.utils import timezone

from apps.catalogue import selectors as catalogue
from apps.catalogue.services import load_national
from apps.deadlines.seeding import USUAL_WEEK, seed_national_days
from apps.deadlines.services import copy_national_days, set_working_hours
from apps.procedures.services import adopt
from infra.bench import loading
from infra.bench.progress import say, step
from infra.bench.settings import BIG, DOSSIERS_BESIDE, HOME, TENANTS
from infra.seed.organisations import FIRST_DAY, seed_units
from infra.seed.staff import seed_staff
from kernel.actors import SYSTEM
from tenants.provisioning.migrating import leaves_in_code, migrations_sha256
from tenants.provisioning.services import create_tenant
from tenants.registry.context import central_context, tenant_context
from tenants.registry.selectors import forget_hosts, get_tenant
from tenants.releases.services.preparing import prepare_central

_STAMP = HOME / "house.json"


def prepare_house(*, dossiers: int, fresh: bool) -> None:
    wanted = {
        "migrations": migrations_sha256(leaves_in_code()),
        "loader": _loader_sha256(),
        "dossiers": dossiers,
    }
    if not fresh and _STAMP.exists() and json.loads(_STAMP.read_text()) == wanted:
        say("▸ Dữ liệu của lần đo trước còn đúng phiên bản: dùng lại")
        return
    _STAMP.unlink(missing_ok=True)
    _forget_all()
    now = timezone.now()
    with step("Lược đồ trung ương và lược đồ mẫu"):
        prepare_central(host="localhost", now=now, say=lambda line: None)
        with central_context():
            load_national(by=SYSTEM, now=now)
    for code, name, kind, host in TENANTS:
        with step(f"{code} {name}: đơn vị, cán bộ, thủ tục"):
            create_tenant(code=code, name=name, kind=kind, host=host, now=now)
            with tenant_context(get_tenant(code)):
                seed_units(code, now)
                seed_staff(code, now)
                _lay_down_the_law(now)
    for code, *_ in TENANTS:
        loading.load_dossiers(get_tenant(code), count=dossiers if code == BIG else DOSSIERS_BESIDE, now=now)
    _STAMP.write_text(json.dumps(wanted))


def _lay_down_the_law(now: datetime) -> None:
    week_ground = "Quy chế làm việc"
    set_working_hours(week=USUAL_WEEK, valid_from=FIRST_DAY, ground=week_ground, by=SYSTEM, now=now)
    copy_national_days(days=seed_national_days((2025, 2026, 2027)), by=SYSTEM, now=now)
    for offer in catalogue.list_published():
        adopt(template_version_id=offer.version, overrides=[], in_force_from=FIRST_DAY, by=SYSTEM, now=now)


def _loader_sha256() -> str:
    folder = Path(__file__).parent
    return hashlib.sha256(
        b"".join((folder / name).read_bytes() for name in ("loading.py", "loading.sql", "places.py"))
    ).hexdigest()


def _forget_all() -> None:
    """Every schema of ours out of the bench's own database."""
    with connection.cursor() as cursor:
        for code, *_ in TENANTS:
            cursor.execute(f"DROP SCHEMA IF EXISTS {code.lower()} CASCADE")
        cursor.execute("DROP SCHEMA IF EXISTS tenant_template CASCADE")
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connections.close_all()
    forget_hosts()
