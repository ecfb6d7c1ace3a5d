"""A tenant that people have worked in, with real commits: dossiers at every stage, files, money, results.

For whatever carries a whole tenant from one place to another. What the test
house needs of the centre for it is laid in before and taken out afterwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from apps.accounts import selectors as accounts
from apps.dossiers import services
from apps.dossiers.enums import Channel, PartyRole
from apps.dossiers.intake import ComponentIn, Intake, PartyIn
from apps.dossiers.services.returning import HandOver, ResultIn
from apps.fees import selectors as fees
from apps.organisations import selectors as organisations
from apps.workflow import selectors as workflow
from kernel.files.services import store
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
        people = _People(tenant, now)
        people.hand_in()
        people.bring_to_the_end(people.hand_in())
        people.complete(people.accept(people.hand_in()), "chuyenvien")


class _People:
    def __init__(self, tenant: Tenant, now: datetime) -> None:
        self.code, self.now = tenant.code, now

    def actor(self, username: str):
        return accounts.get_actor(
            accounts.find_user_by_username(username).id, on=timezone.localdate(self.now)
        )

    def hand_in(self):
        by = self.actor("tiepnhan")
        scan = SimpleUploadedFile("giấy chứng sinh.pdf", PDF + timezone.now().isoformat().encode())
        file = store(upload=scan, by=by, now=self.now)
        counter = organisations.get_unit_by_code(f"{self.code}.101.01", on=timezone.localdate(self.now))
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
        owed = fees.get_fees(subject_id=dossier.id).total
        if owed:
            services.record_fee_payment(
                dossier_id=dossier.id,
                amount=owed,
                method="CASH",
                receipt_no="BL1",
                key="k1",
                by=self.actor("thuphi"),
                now=self.now,
            )
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
