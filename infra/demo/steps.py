"""How the demo is filled, from top to bottom: the steps on one page.

A step with a mark is done once and again when its mark changes; one without is
done at every start and does nothing when nothing is new. ``once`` is called once,
``in_tenant`` in each tenant's context, all tenants at the same time when
``parallel``. Every function may run twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from apps.catalogue.selectors import list_runs
from apps.catalogue.services import load_national
from apps.reporting.services import count_durations
from infra.demo.settings import DOSSIERS, OPERATORS_HOST, ROOT, TENANTS
from infra.seed.accounts import seed_operators
from infra.seed.calendar import seed_national_calendar
from infra.seed.clients import seed_clients
from infra.seed.dossiers import seed_dossiers
from infra.seed.organisations import seed_units
from infra.seed.procedures import seed_procedures
from infra.seed.staff import seed_staff
from kernel.actors import SYSTEM
from tenants.provisioning.services import create_tenant
from tenants.registry.context import central_context
from tenants.registry.selectors import find_tenant
from tenants.releases.manifests import get_number, newest_manifest
from tenants.releases.services.preparing import prepare_central


@dataclass(frozen=True)
class Step:
    key: str
    title: str
    once: Callable[[], None] | None = None
    in_tenant: Callable[[str, datetime], object] | None = None
    mark: str | None = None
    parallel: bool = False


def migrate() -> None:
    prepare_central(host=OPERATORS_HOST, now=timezone.now(), say=_detail)


def create_tenants() -> None:
    """At the oldest release that the code serves: a newer one waits for the operator to roll it out."""
    born_at = get_number(newest_manifest().needs_schema_from)
    for one in TENANTS:
        if find_tenant(one.code) is None:
            create_tenant(
                code=one.code,
                name=one.name,
                kind=one.kind,
                host=one.host,
                ring=one.ring,
                release=born_at,
                now=timezone.now(),
            )
            _detail(f"{one.code} {one.name}")


def publish_templates() -> None:
    with central_context():
        load_national(by=SYSTEM, now=timezone.now())


def import_lists() -> None:
    """Examples only: the national list itself is the operator's to import."""
    agencies = ["--list", "agencies", "--owner", "Văn phòng Chính phủ", "--source", "Ví dụ của sổ tay"]
    known = {run.file_name for run in list_runs()}
    # Twelve agencies are not all there are: taken as whole, they would make every other one unknown.
    for name, more in (("danh-muc-co-quan.csv", agencies), ("danh-muc-thu-tuc.csv", ["--whole"])):
        if name not in known:
            words = [str(ROOT / "docs" / "examples" / name), "--accept-all", *more]
            call_command("catalogue", "import", *words, stdout=StringIO())


def fill_calendar() -> None:
    seed_national_calendar(now=timezone.now())


def connect(code: str, now: datetime) -> int:
    return seed_clients(now=now)


def adopt(code: str, now: datetime) -> int:
    return seed_procedures(now=now)


def fill_with_dossiers(code: str, now: datetime) -> int:
    return seed_dossiers(count=DOSSIERS, now=now, say=lambda line: _detail(f"{code}: {line}"))


def count(code: str, now: datetime) -> int:
    """What the night would count: the demo is looked at before its first night."""
    return count_durations(now=now)


def compile_words() -> None:
    call_command("words", "compile", stdout=StringIO())


def collect_static() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)


def static_mark() -> str:
    manifest = ROOT / "frontend" / "assets" / "dist" / "manifest.json"
    return str(manifest.stat().st_mtime_ns)


def _detail(line: str) -> None:
    print(f"    {line}", flush=True)


STEPS = (
    Step("migrate", "Lược đồ trung ương, các bản phát hành, lược đồ mẫu", once=migrate),
    Step("tenants", "Tạo ba đơn vị: Gia Lai, Hà Nội, Bộ Tư pháp", once=create_tenants),
    Step("operator", "Tài khoản vận hành trung ương", once=seed_operators, mark="2"),
    Step("templates", "Công bố mẫu thủ tục quốc gia", once=publish_templates, mark="1"),
    Step("lists", "Danh mục quốc gia và danh mục cơ quan, ví dụ", once=import_lists, mark="1"),
    Step("calendar", "Lịch nghỉ quốc gia", once=fill_calendar, mark="1"),
    Step("units", "Cơ quan, đơn vị", in_tenant=seed_units, mark="1"),
    Step("staff", "Cán bộ và nhiệm vụ", in_tenant=seed_staff, mark="1", parallel=True),
    Step("clients", "Phần mềm kết nối của từng đơn vị", in_tenant=connect, mark="1"),
    Step("procedures", "Lịch làm việc; tiếp nhận mẫu thủ tục về từng đơn vị", in_tenant=adopt, mark="1"),
    Step("dossiers", "Hồ sơ", in_tenant=fill_with_dossiers, mark="1", parallel=True),
    Step("durations", "Thời gian giải quyết thực tế", in_tenant=count, mark="1"),
    Step("words", "Bản tiếng Anh", once=compile_words),
    Step("static", "Tệp tĩnh", once=collect_static, mark=static_mark()),
)
