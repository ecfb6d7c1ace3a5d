"""Every table of a tenant, in the order in which it moves."""

from django.utils.translation import gettext_lazy as _

from kernel.actors import ActorKind
from project.merging import adapting, checking
from project.merging.adapting import CLOCK, DAYS, DOSSIER, HOURS, UNIT, USER, VERSION
from project.merging.settling import settled
from tenants.provisioning.merging.plan import Declaration, Follow, Join, Kinded, Leave, LeaveWhole, Move

_MEANS_NOTHING_HERE = (ActorKind.OPERATOR, ActorKind.SYSTEM, ActorKind.APPLICANT)


def _actor(kind: str) -> Kinded:
    """Staff and programs are users of the tenant; an operator's key belongs to the centre."""
    return Kinded(kind, {ActorKind.STAFF: USER, ActorKind.CLIENT: USER}, _MEANS_NOTHING_HERE)


def _of_dossier(column: str = "subject_id", where: str = "true") -> Follow:
    return Follow(DOSSIER, column, where)


def _same_at_the_root(table: str, column: str) -> str:
    """Of the whole tenant, where the root has a row of its own for the same day: that one goes before it."""
    return f"""f.unit_id IS NULL AND f.withdrawn_at IS NULL AND EXISTS (
        SELECT 1 FROM <from>.{table} r JOIN <from>.{UNIT} u ON u.id = r.unit_id AND u.parent_id IS NULL
         WHERE r.withdrawn_at IS NULL AND r.{column} = f.{column})"""


# What the platform tries itself out with: each tenant has its own, in no list and no count.
_PROBE = _("của bộ kiểm tra hệ thống; nơi nhận có bộ của mình")
_PROBE_UNITS = f"(SELECT id FROM <from>.{UNIT} WHERE kind = 'PROBE')"
_PROBE_USERS = f"(SELECT id FROM <from>.{USER} WHERE unit_id IN {_PROBE_UNITS})"
_PROBE_DOSSIERS = f"(SELECT id FROM <from>.{DOSSIER} WHERE receiving_unit_id IN {_PROBE_UNITS})"
_SUBJECT = {"subject_id": DOSSIER}
_PEOPLE_AND_PLACES = (
    Move(
        table=UNIT,
        sort_out=(Leave(_PROBE, "f.kind = 'PROBE'"),),
        adapt=adapting.unit,
        adapts=("path", "parent_id", "successor_id", "valid_to"),
    ),
    Move(
        table="organisations_unitalias",
        sort_out=(Leave(_PROBE, f"f.unit_id IN {_PROBE_UNITS}"),),
    ),
    Move(
        table=USER,
        sort_out=(Leave(_PROBE, f"f.unit_id IN {_PROBE_UNITS}"),),
        adapt=adapting.user,
        adapts=("username", "name_search"),
        unlike=("username",),
        still_written=("last_login",),
    ),
    Move(
        table="accounts_dutyassignment",
        sort_out=(Leave(_PROBE, f"f.user_id IN {_PROBE_USERS} OR f.unit_id IN {_PROBE_UNITS}"),),
    ),
    Move(
        table="accounts_delegation",
        sort_out=(Leave(_PROBE, f"f.from_user_id IN {_PROBE_USERS} OR f.to_user_id IN {_PROBE_USERS}"),),
    ),
    Move(table="accounts_firstlink", sort_out=(Leave(_PROBE, f"f.user_id IN {_PROBE_USERS}"),)),
    Move(table="oauth2_provider_application"),
)
_CALENDAR = (
    Move(
        table=HOURS,
        sort_out=(
            Join(
                _("nơi nhận có tuần làm việc y như vậy"),
                "f.unit_id IS NULL AND i.unit_id IS NULL AND f.withdrawn_at IS NULL AND i.withdrawn_at IS NULL"
                " AND f.valid_from = i.valid_from AND f.week IS NOT DISTINCT FROM i.week",
            ),
            Leave(_("đơn vị gốc có tuần riêng từ cùng ngày"), _same_at_the_root(HOURS, "valid_from")),
        ),
        adapt=adapting.hours,
        adapts=("unit_id",),
        plain=("week",),
    ),
    Move(
        table=DAYS,
        sort_out=(
            Join(
                _("nơi nhận có ngày y như vậy"),
                "f.unit_id IS NULL AND i.unit_id IS NULL AND f.withdrawn_at IS NULL AND i.withdrawn_at IS NULL"
                " AND f.scope = i.scope AND f.date = i.date AND f.kind = i.kind AND f.name = i.name",
            ),
            Leave(_("lịch quốc gia: nơi nhận có bản của mình"), "f.scope = 'NATIONAL'"),
            Leave(_("đơn vị gốc có ngày riêng"), _same_at_the_root(DAYS, "date")),
        ),
        adapt=adapting.calendar_day,
        adapts=("unit_id", "scope"),
    ),
)
_LAW = (
    Move(
        table="workflow_processdefinition",
        sort_out=(Join(_("nơi nhận có quy trình cùng nội dung"), "f.sha256 = i.sha256"),),
        plain=("called", "spec"),
    ),
    Move(
        table=VERSION,
        adapt=adapting.adopted_version,
        adapts=("number", "in_force_to", "state", "overrides"),
        plain=("content",),
    ),
    Move(table="procedures_adoptionunit"),
    Move(table="procedures_correction", plain=("path",)),
)
_NUMBERS = (
    Move(
        table="documents_counter",
        sort_out=(Leave(_PROBE, f"f.unit_id IN {_PROBE_UNITS}"),),
        adapt=adapting.series,
        adapts=("unit_id",),
    ),
    Move(
        table="dossiers_codecounter",
        sort_out=(
            Leave(
                _PROBE,
                f"f.agency_code IN (SELECT code FROM <from>.{UNIT} WHERE kind = 'PROBE')",
            ),
            Join(
                _("nơi nhận đã đếm ngày đó: giữ số lớn hơn"),
                "f.agency_code = i.agency_code AND f.day = i.day",
                raises=("last",),
            ),
        ),
    ),
)
_DOSSIERS = (
    Move(
        table="files_storedfile",
        references={"created_by_id": _actor("created_by_kind")},
        plain=("size",),
        file=("key", "sha256"),
        never_changes=True,
    ),
    Move(
        table=DOSSIER,
        sort_out=(Leave(_PROBE, f"f.receiving_unit_id IN {_PROBE_UNITS}"),),
        plain=("answers",),
    ),
    Move(table="dossiers_party", follows=_of_dossier("dossier_id")),
    Move(table="dossiers_component", follows=_of_dossier("dossier_id")),
    Move(table="dossiers_componentfile", follows=Follow("dossiers_component", "component_id")),
    Move(table="dossiers_supplement", follows=_of_dossier("dossier_id"), plain=("items",)),
    Move(
        table="workflow_run",
        references=_SUBJECT,
        follows=_of_dossier(),
        adapt=adapting.run,
        adapts=("units",),
        plain=("facts", "state"),
    ),
    Move(
        table="workflow_step",
        references=_SUBJECT,
        follows=_of_dossier(),
        adapt=adapting.step,
        adapts=("unit_path",),
        plain=("decisions",),
    ),
    Move(
        table=CLOCK,
        references=_SUBJECT,
        follows=_of_dossier(),
        adapt=adapting.clock,
        adapts=("unit_chain",),
        plain=("rule", "explanation"),
    ),
    Move(table="deadlines_clockpause", follows=Follow(CLOCK, "clock_id")),
    Move(
        table="deadlines_clockextension",
        references={"entered_by_id": USER},
        follows=Follow(CLOCK, "clock_id"),
    ),
    Move(table="deadlines_clockversion", follows=Follow(CLOCK, "clock_id"), plain=("explanation",)),
    Move(table="fees_feeline", references=_SUBJECT, follows=_of_dossier(), plain=("unit_amount", "total")),
    Move(
        table="fees_exemption",
        references={
            **_SUBJECT,
            "said_by_id": _actor("said_by_kind"),
            "decided_by_id": _actor("decided_by_kind"),
        },
        follows=_of_dossier(),
    ),
    Move(
        table="fees_payment",
        references={**_SUBJECT, "recorded_by_id": _actor("recorded_by_kind")},
        follows=_of_dossier(),
        plain=("amount",),
        never_changes=True,
    ),
    Move(
        table="documents_issueddocument",
        references={**_SUBJECT, "issued_by_id": _actor("issued_by_kind")},
        follows=_of_dossier(),
        adapt=adapting.series,
        adapts=("unit_id",),
        plain=("data",),
        never_changes=True,
    ),
    Move(table="results_result", references=_SUBJECT, follows=_of_dossier()),
    Move(
        table="results_handover",
        references={**_SUBJECT, "handed_over_by_id": _actor("handed_over_by_kind")},
        follows=_of_dossier(),
        never_changes=True,
    ),
    Move(
        table="results_act",
        references={"recorded_by_id": _actor("recorded_by_kind")},
        follows=Follow("results_result", "result_id"),
        plain=("evidence",),
        never_changes=True,
    ),
    Move(table="notifications_message", references=_SUBJECT, follows=_of_dossier()),
    Move(
        table="audit_entry",
        references={"actor_id": _actor("actor_kind")},
        follows=_of_dossier(where="f.subject_type = 'dossier'"),
        adapt=adapting.trail,
        adapts=("subject_id", "before", "after"),
        never_changes=True,
    ),
    Move(
        table="dossiers_draft",
        sort_out=(Leave(_PROBE, f"f.user_id IN {_PROBE_USERS}"),),
        references={"user_id": USER},
        adapt=adapting.draft,
        adapts=("content",),
    ),
    Move(
        table="forms_declaration",  # a citizen comes with its code, wherever the counter belongs now
        sort_out=(
            Leave(_("tờ khai trước đã dùng hoặc hết hạn"), "f.taken_at IS NOT NULL OR f.expires_at <= now()"),
        ),
        plain=("typed", "answers"),
    ),
    Move(
        table="outbox_outboxevent",  # last: whoever is told of it finds the whole dossier
        sort_out=(
            Leave(_("tin đã giao xong"), "f.delivered_at IS NOT NULL"),
            Leave(
                _PROBE,
                "coalesce(f.payload->>'dossier_id', f.payload->>'subject_id')::bigint IN " + _PROBE_DOSSIERS,
            ),
        ),
        adapt=adapting.news,
        adapts=("payload",),
        plain=("delivered",),
    ),
)
_STAY_BEHIND = (
    LeaveWhole("django_migrations", _("lược đồ của nơi nhận có bản của mình")),
    LeaveWhole("django_session", _("phiên đăng nhập gắn với địa chỉ cũ: đăng nhập lại ở nơi nhận")),
    LeaveWhole("dossiers_intakerules", _("quy tắc tiếp nhận là của nơi nhận")),
    LeaveWhole("procedures_localrules", _("cách đánh mã thủ tục là của nơi nhận")),
    LeaveWhole("procedures_localdraft", _("bản nháp thủ tục của nơi cũ; nơi nhận tự soạn bản của mình")),
    LeaveWhole("procedures_adoptiondraft", _("so sánh đang làm dở; nơi nhận có bản so sánh của mình")),
    LeaveWhole("reporting_procedureduration", _("số liệu đếm lại mỗi đêm")),
    LeaveWhole("http_idempotencykey", _("câu trả lời giữ cho lời gọi lặp ở địa chỉ cũ")),
    *(
        LeaveWhole(f"oauth2_provider_{table}", _("khóa truy cập ngắn hạn: phần mềm xin khóa mới ở nơi nhận"))
        for table in ("accesstoken", "devicegrant", "grant", "idtoken", "refreshtoken")
    ),
)

MERGING = Declaration(
    tables=(*_PEOPLE_AND_PLACES, *_CALENDAR, *_LAW, *_NUMBERS, *_DOSSIERS, *_STAY_BEHIND),
    prepare=adapting.prepare,
    settled=settled,
    check=checking.check,
    todo=checking.list_todo,
)
