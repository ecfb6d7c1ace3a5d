"""What a new tenant gets, in order, and what "ready" means: on one page.

The steps run top to bottom, each in one transaction in the tenant's context;
the registry's rows, the schema and the role stand before the first of them. The
checks are the ready list, in the order in which an operator reads it.
"""

from django.utils.translation import gettext_lazy as _

from project.onboarding import calendar, people, readiness, templates, units
from tenants.provisioning.onboarding.steps import Step
from tenants.provisioning.readiness import own_checks
from tenants.provisioning.readiness.checks import Check

STEPS = (
    Step("units", _("Cây đơn vị"), units.read, units.plan),
    Step("people", _("Cán bộ, nhiệm vụ, quản trị viên đầu tiên"), people.read, people.plan),
    Step("calendar", _("Giờ làm việc và lịch nghỉ"), calendar.read, calendar.plan),
    Step("templates", _("Áp dụng thủ tục"), templates.read, templates.plan),
)
CHECKS = (
    Check("schema", _("Lược đồ dữ liệu"), readiness.schema),
    Check("rights", _("Quyền trong cơ sở dữ liệu"), own_checks.rights),
    Check("hosts", _("Tên máy chủ"), own_checks.hosts),
    Check("units", _("Cây đơn vị"), readiness.units),
    Check("administrator", _("Quản trị viên"), readiness.administrator),
    Check("calendar", _("Lịch làm việc"), readiness.calendar),
    Check("templates", _("Thủ tục áp dụng"), readiness.templates),
    Check("duties", _("Người cho từng bước"), readiness.duties),
    Check("storage", _("Nơi lưu tệp"), own_checks.storage),
    Check("mail", _("Kênh thư điện tử"), own_checks.mail),
    Check("backup", _("Bản sao lưu"), own_checks.backup),
)
