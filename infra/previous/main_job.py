"""One dossier from door to door, by whatever code is on the path; the exit code is 1 when a step fails.

Started by ``manage.py release check --previous-code`` with the previous release's
code on the path and DATABASE_URL on a throwaway database whose schema is the new
one. A release's own copy of this script is preferred, so the words used here are
always those of the code that runs them. No broker, no cache server, no network.
"""

import sys
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

HOST = sys.argv[1]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a working morning
SECRET = "chi-de-thu-khong-dung-that"  # noqa: S105 - of a database that is dropped afterwards
ANSWERS = {
    "child_name": "Nguyễn Minh An",
    "child_sex": "Nữ",
    "child_birth_date": "2026-11-01",
    "child_birth_place": "Bệnh viện Đa khoa tỉnh",
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "child_hometown": "Tỉnh Gia Lai",
    "requester_relation": "Cha",
}


def _by_itself() -> None:
    """Nothing beside the database: tasks run where they are sent, the cache is the process's own."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.CELERY_TASK_ALWAYS_EAGER = True
    settings.CELERY_TASK_EAGER_PROPAGATES = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DJANGO_VITE = {
        "default": {"dev_mode": True}
    }  # the built files of the other release are not at hand


class Job:
    """Each method is a step; what it learns it leaves for the next."""

    tenant: Any
    dossier: Any

    def open_the_house(self) -> None:
        import django

        django.setup()
        # Imported late, here and below: the code under test is loaded step by step, so that the failing one is known.
        import project.celery  # noqa: F401
        from tenants.registry.selectors import find_tenant_by_host

        self.tenant = find_tenant_by_host(HOST)
        assert self.tenant is not None, f"không có bộ, tỉnh ở {HOST}"  # noqa: S101

    def furnish(self) -> None:
        from tests.furniture import furnish_centre, furnish_tenant

        furnish_centre(NOW)
        furnish_tenant(self.tenant, NOW)

    def submit(self) -> None:
        from apps.dossiers import services
        from apps.dossiers.enums import Channel, PartyRole
        from apps.dossiers.intake import ComponentIn, Intake, PartyIn
        from apps.organisations.selectors import get_unit_by_code

        person: Any = {"name": "Nguyễn Văn Bình", "identity_number": "052090001234"}
        intake = Intake(
            procedure_code="1.001193",
            receiving_unit_id=get_unit_by_code(f"{self.tenant.code}.101.01", on=NOW.date()).id,
            channel=Channel.DIRECT,
            parties=(
                PartyIn(role=PartyRole.SUBMITTER, phone="0905 123 456", address="Phường Pleiku", **person),
                PartyIn(role=PartyRole.OWNER, **person),
            ),
            components=(
                ComponentIn(key="to-khai", originals=1),
                ComponentIn(key="giay-chung-sinh", originals=1),
            ),
            answers=ANSWERS,
        )
        self.dossier = services.submit(intake=intake, by=_actor("tiepnhan"), now=NOW)

    def accept(self) -> None:
        from apps.dossiers import services

        services.accept(dossier_id=self.dossier.id, by=_actor("tiepnhan"), now=NOW)

    def process(self) -> None:
        self._complete("chuyenvien")
        self._complete("lanhdao")

    def record_result(self) -> None:
        from apps.dossiers import services
        from apps.dossiers.services.returning import ResultIn

        result = ResultIn(
            code="KQ.G15.000031", name="Giấy khai sinh", number="123/2026", signed_by_name="Hoàng Thị Chủ Tịch",
            signed_on=NOW.date(),
        )  # fmt: skip
        services.record_result(
            dossier_id=self.dossier.id, result=result, by=_actor("vanthu"), now=NOW + timedelta(minutes=30)
        )
        self._complete("vanthu", after=timedelta(hours=1))

    def return_result(self) -> None:
        from apps.dossiers import services
        from apps.dossiers.enums import Status
        from apps.dossiers.selectors import get_dossier
        from apps.dossiers.services.returning import HandOver

        to = HandOver(method="DESK", receiver_name="Nguyễn Văn Bình", receiver_identity="052090001234")
        services.return_result(
            dossier_id=self.dossier.id, hand_over=to, by=_actor("traketqua"), now=NOW + timedelta(hours=2)
        )
        status = get_dossier(public_id=self.dossier.public_id, by=_actor("tiepnhan")).status
        assert status == Status.RETURNED, f"hồ sơ ở trạng thái {status}"  # noqa: S101

    def look_at_the_desk(self) -> None:
        from django.test import Client

        from tests.furniture import PASSWORD

        client = Client(HTTP_HOST=HOST)
        _see(client.post("/sign-in/", {"username": "tiepnhan", "password": PASSWORD}), 302)
        for page in (
            "/desk/",
            "/desk/intake/",
            f"/desk/dossiers/{self.dossier.public_id}/",
            "/",
            "/thu-tuc/",
        ):
            _see(client.get(page), 200)

    def ask_as_a_program(self) -> None:
        from django.test import Client

        client = Client(HTTP_HOST=HOST)
        asked = {"grant_type": "client_credentials", "client_id": "phan-mem-thu", "client_secret": SECRET}
        token = _see(client.post("/api/v1/oauth2/token", asked), 200).json()["access_token"]
        for path in (
            "dossiers",
            f"dossiers/{self.dossier.public_id}",
            f"dossiers/{self.dossier.public_id}/events",
        ):
            _see(client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {token}"}), 200)

    def register_a_program(self) -> None:
        from oauth2_provider.models import Application

        from apps.accounts import services as accounts
        from apps.accounts.enums import Duty
        from apps.organisations.selectors import get_unit_by_code
        from kernel.actors import SYSTEM

        unit_id = get_unit_by_code(self.tenant.code, on=NOW.date()).id
        user = accounts.create_program(
            username="phan-mem-thu", full_name="Phần mềm thử", unit_id=unit_id, by=SYSTEM, now=NOW
        )
        accounts.assign_duty(
            user_id=user.id, duty=Duty.RECEPTION, unit_id=unit_id, valid_from=NOW.date(), by=SYSTEM, now=NOW
        )
        Application.objects.create(
            client_id="phan-mem-thu", client_secret=SECRET, client_type=Application.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS, user_id=user.id,
        )  # fmt: skip

    def _complete(self, username: str, after: timedelta = timedelta(minutes=5)) -> None:
        from apps.dossiers import services
        from apps.workflow import selectors as workflow

        by = _actor(username)
        step = next(
            one for one in workflow.list_open_steps(self.dossier.id) if workflow.can_complete_step(by, one)
        )
        decision = step.decisions[0].code if step.decisions else None
        services.complete_step(
            dossier_id=self.dossier.id, step_id=step.public_id, decision=decision, by=by, now=NOW + after
        )


def _actor(username: str) -> Any:
    from apps.accounts import selectors as accounts

    return accounts.get_actor(accounts.find_user_by_username(username).id, on=NOW.date())  # type: ignore[union-attr]


def _see(answer: Any, status: int) -> Any:
    assert answer.status_code == status, f"{answer.request['PATH_INFO']} trả {answer.status_code}"  # noqa: S101
    return answer


def main() -> int:
    _by_itself()
    job = Job()
    at_the_centre: list[tuple[str, Callable[[], None]]] = [
        ("mở phần mềm", job.open_the_house),
        ("mẫu quốc gia, đơn vị, cán bộ, thủ tục", job.furnish),
    ]
    in_the_tenant: list[tuple[str, Callable[[], None]]] = [
        ("nộp hồ sơ", job.submit),
        ("tiếp nhận", job.accept),
        ("xử lý", job.process),
        ("ghi kết quả", job.record_result),
        ("trả kết quả", job.return_result),
        ("trang của cán bộ và người dân", job.look_at_the_desk),
        ("đăng ký phần mềm kết nối", job.register_a_program),
        ("API", job.ask_as_a_program),
    ]
    for name, step in at_the_centre:
        if not _done(name, step):
            return 1
    return 0 if all(_done(name, step, job.tenant) for name, step in in_the_tenant) else 1


def _done(name: str, step: Callable[[], None], tenant: Any = None) -> bool:
    """The outermost edge: whatever goes wrong is the finding. The people in it are invented."""
    try:
        if tenant is None:
            step()
        else:
            from tenants.registry.context import tenant_context

            with tenant_context(tenant):  # for each step anew: a request lets go of what was bound before it
                step()
    except Exception as failure:
        print(
            f"✗ {name}: {type(failure).__name__}: {str(failure).strip().splitlines()[0] if str(failure) else ''}"
        )
        traceback.print_exc()
        return False
    print(f"✓ {name}", flush=True)
    return True


if __name__ == "__main__":
    raise SystemExit(main())
