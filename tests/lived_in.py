"""A tenant that people have worked in, with real commits: dossiers at every stage, files, money, results.

For whatever carries a whole tenant from one place to another. What the test
house needs of the centre for it is laid in before and taken out afterwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models import AutoField, Field
from django.utils import timezone

from apps.accounts import selectors as accounts
from apps.accounts import services as accounts_services
from apps.accounts.enums import Duty
from apps.dossiers import services
from apps.dossiers.enums import Channel, PartyRole
from apps.dossiers.intake import ComponentIn, Intake, PartyIn
from apps.dossiers.services.returning import HandOver, ResultIn
from apps.fees import selectors as fees
from apps.fees.assessment import Group
from apps.fees.services import decide_exemption, record_exemption
from apps.organisations import selectors as organisations
from apps.procedures import selectors as procedures
from apps.workflow import selectors as workflow
from kernel.files.services import store
from kernel.ids import uuid7
from tenants.provisioning.migrating import as_owner
from tenants.registry.context import tenant_context
from tenants.registry.models import Tenant
from tests.furniture import furnish_centre, furnish_tenant

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
BIRTH = {
    "child_name": "Nguyễn Minh An",
    "child_sex": "Nữ",
    "child_birth_date": "2026-11-01",
    "child_birth_place": "Bệnh viện Đa khoa tỉnh\tGia Lai\n\\N “khoa Sản”",  # what a text format has to survive
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "child_hometown": "Tỉnh Gia Lai",
    "requester_relation": "Cha",
}


@contextmanager
def furnished_centre(now: datetime) -> Iterator[None]:
    """National templates at the centre, committed; taken out again at the end, triggers or not."""
    furnish_centre(now)
    try:
        yield
    finally:
        with as_owner("public"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                r"SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
                r" AND relname LIKE 'catalogue\_%'"
            )
            tables = [name for (name,) in cursor.fetchall()]
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def live_in(tenant: Tenant, now: datetime) -> None:
    """Units, staff, procedures; one dossier returned, one under way, one paid for, one waiting at the counter."""
    furnish_tenant(tenant, now - timedelta(days=90))
    with tenant_context(tenant):
        people = People(tenant, now)
        people.hand_in()
        people.bring_to_the_end(people.hand_in())
        people.ask_for_papers_and_time(people.accept(people.hand_in()))
        people.take_money(people.hand_in_for_a_fee())
        people.use_the_rest()
        fill_the_rest(now)


def fill_the_rest(now: datetime) -> None:
    """One plausible row in every table of a tenant that nobody has written to yet."""
    models = [model for model in apps.get_models(include_auto_created=True) if _is_tenants(model)]
    for model in sorted(models, key=lambda one: len([f for f in one._meta.fields if f.remote_field])):
        if not model._default_manager.exists():
            facts = {
                field.name: _value(field, now)
                for field in model._meta.concrete_fields
                if not isinstance(field, AutoField) and not field.has_default()
            }
            model._default_manager.bulk_create([model(**facts | _FITTING.get(model._meta.db_table, {}))])


_FITTING = {
    "notifications_message": {"channel": "PAGE", "state": "SHOWN", "recipient": ""},
    "http_idempotencykey": {"answer": None},
    "reporting_procedureduration": {"since": datetime(2026, 1, 1, tzinfo=UTC)},
    "accounts_firstlink": {"expires_at": datetime(2099, 1, 1, tzinfo=UTC)},
}


def _is_tenants(model) -> bool:
    names = {apps.get_app_config(name.rpartition(".")[2]).label for name in settings.TENANT_APPS}
    return model._meta.app_label in names and model._meta.managed


def _value(field: Field, now: datetime):
    if field.null:
        return None
    if field.remote_field:
        return field.remote_field.model._default_manager.first()
    if field.choices:
        return field.choices[0][0]
    kind = field.get_internal_type()
    return {
        "UUIDField": uuid7, "JSONField": lambda: ["…"], "DateTimeField": lambda: now, "DateField": now.date,
        "BooleanField": lambda: False, "CharField": lambda: "a" * min(field.max_length, 8), "TextField": lambda: "a\tb\n",
    }.get(kind, lambda: 1)()  # fmt: skip


class People:
    def __init__(self, tenant: Tenant, now: datetime) -> None:
        self.code, self.now = tenant.code, now

    def actor(self, username: str):
        return accounts.get_actor(
            accounts.find_user_by_username(username).id, on=timezone.localdate(self.now)
        )

    def counter(self):
        return organisations.get_unit_by_code(f"{self.code}.101.01", on=timezone.localdate(self.now))

    def hand_in(self):
        by = self.actor("tiepnhan")
        scan = SimpleUploadedFile("giấy chứng sinh.pdf", PDF + timezone.now().isoformat().encode())
        file = store(upload=scan, by=by, now=self.now)
        counter = self.counter()
        citizen = {"name": "Nguyễn Văn Bình", "identity_number": "052090001234", "phone": "0905 123 456"}
        intake = Intake(
            procedure_code="1.001193",
            receiving_unit_id=counter.id,
            channel=Channel.DIRECT,
            parties=(
                PartyIn(
                    role=PartyRole.SUBMITTER, email="binh@example.vn", address="Phường Pleiku", **citizen
                ),
                PartyIn(role=PartyRole.OWNER, **citizen),
            ),
            components=(
                ComponentIn(key="to-khai", originals=1),
                ComponentIn(key="giay-chung-sinh", originals=1, file_ids=(str(file.public_id),)),
            ),
            answers=dict(BIRTH),
        )
        return services.submit(intake=intake, by=by, now=self.now)

    def hand_in_for_a_fee(self):
        """Certified copies, with what this procedure's form asks for."""
        today = timezone.localdate(self.now)
        content = procedures.get_version_in_force("2.000635", today).content
        case, fields = content["cases"][0], content["form"]["properties"]
        sample = {"string": "Số 12 Hùng Vương", "integer": 2, "number": 120.5, "boolean": True}
        intake = Intake(
            procedure_code="2.000635",
            case_code=case["code"],
            receiving_unit_id=organisations.get_unit_by_code(f"{self.code}.101.01", on=today).id,
            channel=Channel.DIRECT,
            parties=(PartyIn(role=PartyRole.SUBMITTER, name="Trần Thị Ánh", identity_number="052090001235"),
                     PartyIn(role=PartyRole.OWNER, name="Trần Thị Ánh", identity_number="052090001235")),
            components=tuple(
                ComponentIn(key=part["key"], originals=1)
                for part in content["components"]
                if part["required"] and part["key"] in case["components"]
            ),
            answers={
                name: fields[name]["enum"][0]
                if "enum" in fields[name]
                else "2026-11-01" if fields[name].get("format") == "date" else sample[fields[name]["type"]]
                for name in content["form"]["required"]
            },
            copies=2,
        )  # fmt: skip
        dossier = self.accept(services.submit(intake=intake, by=self.actor("tiepnhan"), now=self.now))
        self._ask_to_be_spared(dossier, content["fees"])
        return dossier

    def _ask_to_be_spared(self, dossier, rules) -> None:
        """Said by one, declined by another: the fee stays as it is."""
        poor = Group(key="ho-ngheo", name="Hộ nghèo", legal_ground="Điều 3", evidence="", amounts=())
        clerk = self.actor("tiepnhan")
        record_exemption(subject_id=dossier.id, group=poor, said_by=clerk, now=self.now)
        decide_exemption(subject_id=dossier.id, rules=rules, group=None, by=clerk, now=self.now)

    def take_money(self, dossier) -> None:
        services.record_fee_payment(
            dossier_id=dossier.id,
            amount=fees.get_fees(subject_id=dossier.id).total,
            method="CASH",
            receipt_no="BL1",
            key="k1",
            by=self.actor("thuphi"),
            now=self.now,
        )

    def ask_for_papers_and_time(self, dossier) -> None:
        self.complete(dossier, "chuyenvien")
        services.request_supplement(
            dossier_id=dossier.id,
            items=["Giấy chứng sinh bản chính"],
            reason="Bản sao không đọc được",
            ground="Khoản 1 Điều 16 Luật Hộ tịch",
            by=self.actor("chuyenvien"),
            now=self.now,
        )
        services.receive_supplement(
            dossier_id=dossier.id, by=self.actor("tiepnhan"), now=self.now + timedelta(hours=1)
        )
        services.extend(
            dossier_id=dossier.id,
            # Two days from a Friday end before the limit does, as this is asked at the machine's clock.
            until=self.now + timedelta(days=30),
            reason="Cần xác minh",
            ground="NĐ 118/2025/NĐ-CP",
            by=self.actor("lanhdao"),
            now=self.now + timedelta(hours=2),
        )

    def use_the_rest(self) -> None:
        by, today = self.actor("chuyenvien"), timezone.localdate(self.now)
        services.save_draft(draft_id=None, procedure_code="1.001193", content=BIRTH, by=by, now=self.now)
        accounts_services.delegate(
            from_user_id=by.id,
            to_user_id=self.actor("lanhdaophong").id,
            duties=(Duty.SPECIALIST,),
            from_date=today,
            to_date=today + timedelta(days=3),
            ground="Đi công tác",
            by=by,
            now=self.now,
        )

    def accept(self, dossier):
        return services.accept(dossier_id=dossier.id, by=self.actor("tiepnhan"), now=self.now)

    def complete(self, dossier, username: str) -> None:
        by = self.actor(username)
        step = next(
            one for one in workflow.list_open_steps(dossier.id) if workflow.can_complete_step(by, one)
        )
        decision = step.decisions[0].code if step.decisions else None
        services.complete_step(
            dossier_id=dossier.id, step_id=step.public_id, decision=decision, by=by, now=self.now
        )

    def bring_to_the_end(self, dossier) -> None:
        self.accept(dossier)
        self.complete(dossier, "chuyenvien")
        self.complete(dossier, "lanhdao")
        result = ResultIn(
            code="KQ.G15.000031",
            name="Giấy khai sinh",
            number="123/2026",
            signed_by_name="Hoàng Thị Chủ Tịch",
            signed_on=self.now.date(),
        )
        services.record_result(dossier_id=dossier.id, result=result, by=self.actor("vanthu"), now=self.now)
        self.complete(dossier, "vanthu")
        services.return_result(
            dossier_id=dossier.id,
            hand_over=HandOver(
                method="DESK", receiver_name="Nguyễn Văn Bình", receiver_identity="052090001234"
            ),
            by=self.actor("traketqua"),
            now=self.now,
        )
