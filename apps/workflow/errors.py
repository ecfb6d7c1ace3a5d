"""Refusals of the flow."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, Kind


class ProcessInvalid(DomainError):
    """``problems`` are those of apps.workflow.validation, all of them."""

    code = "workflow.process_invalid"
    sentence = _("Quy trình có {count} lỗi: {first}")

    def __init__(self, *, problems: Sequence[Any]) -> None:
        super().__init__(count=len(problems), first=problems[0].sentence)
        self.problems = list(problems)


class ProcessUnknown(DomainError):
    code = "workflow.process_unknown"
    sentence = _("Không có quy trình này.")
    kind = Kind.ABSENT


class RunAlreadyGoing(DomainError):
    code = "workflow.run_already_going"
    sentence = _("Hồ sơ đang được giải quyết theo một quy trình khác.")
    kind = Kind.CONFLICT


class UnitNotNamed(DomainError):
    code = "workflow.unit_not_named"
    sentence = _("Quy trình cần đơn vị “{role}” nhưng chưa xác định được đơn vị nào.")


class FactUnfit(DomainError):
    code = "workflow.fact_unfit"
    sentence = _("Dữ kiện “{fact}” không dùng được cho quy trình.")


class StepUnknown(DomainError):
    code = "workflow.step_unknown"
    sentence = _("Không có bước xử lý này.")
    kind = Kind.ABSENT


class StepNotOpen(DomainError):
    code = "workflow.step_not_open"
    sentence = _("Bước “{step}” không còn chờ xử lý.")
    kind = Kind.CONFLICT


class DutyMissing(DomainError):
    code = "workflow.duty_missing"
    sentence = _("Bạn không có nhiệm vụ “{duty}” đối với bước “{step}”.")
    kind = Kind.FORBIDDEN


class StepHeldBySomebodyElse(DomainError):
    code = "workflow.step_held_by_somebody_else"
    sentence = _("Bước “{step}” đang do người khác xử lý.")
    kind = Kind.CONFLICT


class DecisionUnknown(DomainError):
    code = "workflow.decision_unknown"
    sentence = _("Bước “{step}” không có quyết định này. Hãy chọn một trong: {choices}.")


class AssigningNotAllowed(DomainError):
    code = "workflow.assigning_not_allowed"
    sentence = _("Bạn không có quyền phân công bước “{step}”.")
    kind = Kind.FORBIDDEN


class AssigneeWithoutDuty(DomainError):
    code = "workflow.assignee_without_duty"
    sentence = _("{name} không có nhiệm vụ “{duty}” đối với bước “{step}”.")
