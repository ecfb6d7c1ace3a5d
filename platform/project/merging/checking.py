"""The reconciliation that people ask about: dossiers, due dates, money; and what is left for them to do."""

from django.utils.translation import gettext as _

from apps.dossiers.enums import Status
from kernel.money import format_vnd
from project.merging.adapting import CLOCK, DOSSIER, VERSION
from tenants.provisioning.merging.plan import Check
from tenants.provisioning.merging.world import World

_PAIRS = """<from>.{table} f
            JOIN <work>.idmap m ON m.tbl = '{table}' AND m.old_id = f.id AND m.outcome IS DISTINCT FROM 'LEFT'
            LEFT JOIN <into>.{table} i ON i.id = m.new_id"""
# What of a dossier never changes after it was handed in.
_BIRTH = (
    "public_id", "code", "code_is_foreign", "secret", "procedure_code", "procedure_name", "case_code", "channel",
    "answers", "locale", "submitted_at",
)  # fmt: skip


def check(world: World) -> list[Check]:
    return [
        _dossiers(world),
        _statuses(world),
        _due_dates(world),
        _money(world, "fees_feeline", "total", _("Phí, lệ phí phải thu")),
        _money(world, "fees_payment", "amount", _("Tiền đã thu")),
    ]


def _dossiers(world: World) -> Check:
    """Looked up by public id, not by the map of keys: what the map got wrong shows here."""
    before, after = (f"md5(ROW({', '.join(f'{row}.{column}' for column in _BIRTH)})::text)" for row in "fi")
    count, wrong = world.ask(
        f"""SELECT count(*), count(*) FILTER (WHERE i.id IS NULL OR {before} <> {after})
              FROM <from>.{DOSSIER} f
              JOIN <work>.idmap m ON m.tbl = '{DOSSIER}' AND m.old_id = f.id AND m.outcome IS DISTINCT FROM 'LEFT'
              LEFT JOIN <into>.{DOSSIER} i ON i.public_id = f.public_id"""
    )[0]
    said = _("{count} hồ sơ tìm theo mã công khai, {wrong} thiếu hoặc khác").format(count=count, wrong=wrong)
    return Check(_("Hồ sơ"), said, wrong == 0)


def _statuses(world: World) -> Check:
    """A dossier that somebody has moved on since has another moment of its status; it may differ, no other may."""
    rows = world.ask(
        f"""SELECT f.status, count(*), count(i.id) FILTER (WHERE i.status = f.status),
                   count(*) FILTER (WHERE i.id IS NULL OR (i.status <> f.status AND i.status_at = f.status_at))
              FROM {_PAIRS.format(table=DOSSIER)} GROUP BY f.status ORDER BY f.status"""
    )
    said = "; ".join(f"{Status(status).label}: {before} → {after}" for status, before, after, _wrong in rows)
    return Check(_("Trạng thái"), said or "0", not any(row[3] for row in rows))


def _due_dates(world: World) -> Check:
    """Of clocks that nobody has paused, resumed, extended or reckoned again since."""
    count, wrong = world.ask(
        f"""SELECT count(*), count(*) FILTER (WHERE i.id IS NULL OR (i.due_at <> f.due_at
                AND i.version = f.version AND i.paused_at IS NOT DISTINCT FROM f.paused_at))
              FROM {_PAIRS.format(table=CLOCK)}"""
    )[0]
    said = _("{count} hạn, {wrong} lệch").format(count=count, wrong=wrong)
    return Check(_("Hạn giải quyết"), said, wrong == 0)


def _money(world: World, table: str, column: str, name: str) -> Check:
    before, after = world.ask(
        f"SELECT coalesce(sum(f.{column}), 0)::bigint, coalesce(sum(i.{column}), 0)::bigint"
        f" FROM {_PAIRS.format(table=table)}"
    )[0]
    return Check(name, f"{format_vnd(before)} → {format_vnd(after)}", before == after)


def list_todo(world: World) -> list[str]:
    """Sentences for whoever sets the new house in order."""
    source, into = world.pair.from_code, world.pair.into_code
    todo = []
    codes = [row[0] for row in world.ask(_ONLY_THERE, world.pair.day)]
    if codes:
        todo.append(
            _(
                "{count} thủ tục chỉ {source} áp dụng, nay không còn hiệu lực; {into} xem xét áp dụng: {codes}"
            ).format(count=len(codes), source=source, into=into, codes=", ".join(codes[:50]))
        )
    if world.ask_one(_OWN_CALENDAR):
        todo.append(
            _("Giờ làm việc và ngày nghỉ riêng của {source} vẫn áp dụng cho các đơn vị cũ của {source}, để hạn đã hẹn"
              " không đổi; {into} quyết định khi nào thống nhất.").format(source=source, into=into)
        )  # fmt: skip
    todo.append(
        _(
            "Cây đơn vị của {source} nằm dưới đơn vị gốc của {into}; sắp xếp lại sở, ban, ngành ở phòng thiết lập."
        ).format(source=source, into=into)
    )
    todo.append(
        _(
            "Báo cho cán bộ của {source}: đăng nhập ở địa chỉ của {into}. Phần mềm kết nối xin khóa truy cập mới ở đó."
        ).format(source=source, into=into)
    )
    return todo


# Still in force where it was, and never adopted where it goes.
_ONLY_THERE = f"""
SELECT DISTINCT f.procedure_code FROM <from>.{VERSION} f
 WHERE (f.in_force_to IS NULL OR f.in_force_to > %s) AND NOT EXISTS (
       SELECT 1 FROM <into>.{VERSION} i WHERE i.procedure_code = f.procedure_code AND NOT EXISTS (
              SELECT 1 FROM <work>.idmap m WHERE m.tbl = '{VERSION}' AND m.new_id = i.id AND m.outcome = 'MOVED'))
 ORDER BY 1
"""
_OWN_CALENDAR = """
SELECT EXISTS (SELECT 1 FROM <from>.deadlines_workinghours f JOIN <work>.idmap m
                   ON m.tbl = 'deadlines_workinghours' AND m.old_id = f.id AND m.outcome IS DISTINCT FROM 'JOINED'
                WHERE f.withdrawn_at IS NULL AND f.unit_id IS NULL)
    OR EXISTS (SELECT 1 FROM <from>.deadlines_calendarday f JOIN <work>.idmap m
                   ON m.tbl = 'deadlines_calendarday' AND m.old_id = f.id AND m.outcome IS DISTINCT FROM 'JOINED'
                WHERE f.withdrawn_at IS NULL AND f.scope = 'PROVINCE')
"""
