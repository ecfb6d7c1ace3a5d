"""What a tenant needs of the house itself, whatever it does: rights, hosts, storage, mail, a backup."""

import secrets
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.files.faults import Cause, StoreFault, words_of
from tenants.provisioning.models import Archive
from tenants.provisioning.readiness.checks import Finding
from tenants.registry.context import central_context
from tenants.registry.middleware import TenantMiddleware
from tenants.registry.models import Domain, Tenant
from tenants.registry.roles import role_name
from tenants.registry.storage import tenant_key

_MAIL_SECONDS = 5
# Each line: what is wrong, and with which object. Asked of the server about the role, whoever asks.
_WRONGS = """
WITH r AS (SELECT oid, rolname, rolsuper OR rolbypassrls OR rolcanlogin OR rolinherit OR rolcreaterole AS strong
             FROM pg_roles WHERE rolname = %(role)s),
     own AS (SELECT c.oid, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = %(schema)s AND c.relkind IN ('r', 'p'))
SELECT 'role', %(role)s::text WHERE NOT EXISTS (SELECT FROM r)
UNION ALL SELECT 'strong', r.rolname::text FROM r WHERE r.strong
UNION ALL SELECT 'own', own.relname::text FROM own, r WHERE NOT has_table_privilege(r.oid, own.oid, 'SELECT')
UNION ALL SELECT 'public', c.relname::text FROM pg_class c JOIN r ON true
           WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
             AND has_table_privilege(r.oid, c.oid, 'SELECT')
UNION ALL SELECT 'other', n.nspname::text FROM pg_namespace n JOIN r ON true
           WHERE n.nspname NOT IN (%(schema)s, 'public', 'extensions', 'information_schema')
             AND n.nspname NOT LIKE 'pg\\_%%' AND has_schema_privilege(r.oid, n.oid, 'USAGE')
UNION ALL SELECT 'append', own.relname::text FROM own, r
           WHERE own.relname = ANY(%(append_only)s)
             AND (NOT has_table_privilege(r.oid, own.oid, 'INSERT')
                  OR has_table_privilege(r.oid, own.oid, 'UPDATE, DELETE, TRUNCATE'))
ORDER BY 1, 2
"""


def rights(tenant: Tenant, now: datetime) -> Finding:
    """The role reaches its own schema, nobody else's, and changes no line of an append-only table."""
    role = role_name(database=connection.settings_dict["NAME"], schema=tenant.schema_name)
    with central_context(), connection.cursor() as cursor:  # a role that is lost cannot be put on
        cursor.execute(
            _WRONGS,
            {
                "role": role,
                "schema": tenant.schema_name,
                "append_only": list(settings.TENANT_APPEND_ONLY_TABLES),
            },
        )
        wrongs = cursor.fetchall()
    if not wrongs:
        return Finding(True, _("Vai trò {role} chỉ vào được lược đồ của mình.").format(role=role))
    words = {
        "role": _("không có vai trò {name}"),
        "strong": _("vai trò {name} có quyền vượt mức"),
        "own": _("không đọc được bảng {name} của mình"),
        "public": _("đọc được bảng {name} của trung ương"),
        "other": _("vào được lược đồ {name}"),
        "append": _("sửa được bảng chỉ ghi thêm {name}"),
    }
    said = "; ".join(words[what].format(name=name) for what, name in wrongs[:5])
    return Finding(False, said, _("Báo người quản trị cơ sở dữ liệu cấp lại quyền; không mở khi chưa xong."))


def hosts(tenant: Tenant, now: datetime) -> Finding:
    """Each of its hosts leads through the same door as a request from outside."""
    with central_context():
        names = list(
            Domain.objects.filter(tenant_id=tenant.id).order_by("id").values_list("domain", flat=True)
        )
    dead = [name for name in names if not _answers(name, tenant)]
    if names and not dead:
        return Finding(True, _("Trả lời: {hosts}.").format(hosts=", ".join(names)))
    said = _("Không trả lời: {hosts}.").format(hosts=", ".join(dead)) if dead else _("Không có máy chủ nào.")
    return Finding(False, said, _("Sửa “hosts” trong tệp khai báo rồi chạy lại tenant onboard."))


def _answers(host: str, tenant: Tenant) -> bool:
    reached: list[Tenant] = []

    def inside(request: object) -> HttpResponse:
        reached.append(request.tenant)  # type: ignore[attr-defined]
        return HttpResponse()

    request = RequestFactory(HTTP_HOST=host).get(f"/{settings.LOGIN_URL}/")
    try:
        answer = TenantMiddleware(inside)(request)
    except DisallowedHost:
        return False
    redirected = answer.status_code in (301, 308)  # a name of before leads on to the primary one
    return redirected or [one.id for one in reached] == [tenant.id]


def storage(tenant: Tenant, now: datetime) -> Finding:
    """A file of the tenant's own is written, read back and taken away."""
    probe = secrets.token_bytes(32)
    try:
        key = default_storage.save(tenant_key("ready-check", probe.hex()), ContentFile(probe))
        try:
            with default_storage.open(key, "rb") as file:
                same = file.read() == probe
        finally:
            default_storage.delete(key)
    except OSError as fault:
        return Finding(False, _("Không ghi được: {why}.").format(why=words_of(fault)), _todo_of_store(fault))
    if not same:
        todo = _("Báo người quản trị kho tệp; không mở khi chưa rõ vì sao.")
        return Finding(False, _("Đọc lại không giống lúc ghi."), todo)
    return Finding(True, _("Ghi, đọc lại và xóa được."))


def _todo_of_store(fault: OSError) -> str:
    if not isinstance(fault, StoreFault):
        return _("Kiểm tra MEDIA_ROOT, chỗ trống và quyền ghi của tiến trình.")
    todos = {
        Cause.KEY: _("Kiểm tra AWS_ACCESS_KEY_ID và AWS_SECRET_ACCESS_KEY, hoặc vai trò của máy."),
        Cause.RIGHT: _("Cấp cho khóa quyền liệt kê kho, đọc, ghi và xóa tệp trong kho (sổ tay, mục 7)."),
        Cause.BUCKET: _("Kiểm tra S3_BUCKET và S3_REGION; tạo kho nếu chưa có."),
        Cause.FULL: _("Mở rộng kho tệp hoặc hạn mức của kho."),
        Cause.BUSY: _("Xem tình trạng của máy chủ kho tệp rồi chạy lại."),
        Cause.AWAY: _("Kiểm tra S3_ENDPOINT, tường lửa và tên miền của máy chủ kho tệp."),
        Cause.TLS: _("Khai chứng chỉ gốc của kho tệp ở AWS_CA_BUNDLE; không tắt việc kiểm tra chứng chỉ."),
        Cause.CLOCK: _("Chỉnh đồng hồ của máy (NTP)."),
    }
    return todos.get(fault.cause, _("Xem nhật ký của máy chủ kho tệp."))


def mail(tenant: Tenant, now: datetime) -> Finding:
    """The mail server takes the connection; nothing is sent."""
    try:
        channel = get_connection(timeout=_MAIL_SECONDS)
        channel.open()
        channel.close()
    except (OSError, SMTPException) as failure:
        said = _("Không kết nối được máy chủ thư: {why}.").format(why=type(failure).__name__)
        return Finding(False, said, _("Kiểm tra EMAIL_HOST, EMAIL_PORT và tài khoản gửi thư."))
    return Finding(True, _("Kết nối được kênh gửi thư."))


def backup(tenant: Tenant, now: datetime) -> Finding:
    with central_context():
        newest = Archive.objects.filter(tenant_id=tenant.id).order_by("-created_at").first()
    if newest is None:
        todo = _(
            "Chạy manage.py tenant export {code} --to {code}.motcua, hoặc xuất ở trang “Lưu trữ và khôi phục”."
        ).format(code=tenant.code)
        return Finding(False, _("Chưa có bản sao lưu nào."), todo)
    moment = timezone.localtime(newest.created_at)
    return Finding(True, _("Bản mới nhất lúc {at}.").format(at=f"{moment:%H:%M, %d/%m/%Y}"))
