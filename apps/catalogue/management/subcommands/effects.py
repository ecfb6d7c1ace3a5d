"""manage.py catalogue preview: what a version would do in every tenant, before it is published."""

from argparse import _SubParsersAction
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils import timezone

from apps.catalogue import selectors, services
from apps.catalogue.management.subcommands.drafts import draft_id
from apps.catalogue.tenant_work import get_tenant_work
from kernel.actors import Actor
from tenants.registry.selectors import list_tenants


def declare(actions: "_SubParsersAction[Any]") -> None:
    previewing = actions.add_parser("preview", help="xem trước tác động của bản nháp ở từng bộ, tỉnh")
    previewing.add_argument("code")
    previewing.set_defaults(work=preview)


def preview(out: OutputWrapper, *, by: Actor, code: str) -> None:
    version_id = draft_id(code)
    tenants = [one.code for one in list_tenants(only_ready=True)]
    asked = services.ask_effect(version_id=version_id, tenants=tenants, by=by, now=timezone.now(), wake=False)
    get_tenant_work().measure_effect(asked.id)
    effect = selectors.find_effect(version_id)
    for report in effect.answered if effect else ():
        figures = report.figures
        if figures["adopted"] is None:
            out.write(f"{report.tenant_code}  chưa áp dụng")
            continue
        days = [int(day) for day in figures["histogram"]]
        span = f" (từ {min(days):+d} đến {max(days):+d} ngày)" if days else ""
        out.write(
            f"{report.tenant_code}  đang dùng bản {figures['adopted']}; {figures['open']} hồ sơ giữ quy định cũ;"
            f" nếu tính theo hạn mới: {figures['earlier']} sớm hơn, {figures['later']} muộn hơn{span};"
            f" {figures['conflicts']} chỗ phải quyết định; {len(figures['nobody'])} bước chưa có người;"
            f" {figures['clients']['programs']} phần mềm kết nối phải sửa"
        )
