"""Every move as a form: what it asks, what will happen, and the one service it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.dossiers import services
from apps.dossiers.enums import Action
from apps.dossiers.intake import ComponentIn
from apps.dossiers.selectors import Dossier
from apps.dossiers.services.returning import HandOver, ResultIn
from apps.fees.enums import PaymentMethod
from frontend.access import StaffRequest
from frontend.desk.forms.papers import read_papers
from frontend.desk.forms.reading import read_amount, read_day, read_end_of_day, read_lines
from frontend.desk.uploads import keep_upload
from kernel.errors import DomainError

Text = str | Promise


class DayMissing(DomainError):
    code = "desk.day_missing"
    sentence = _("Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 27/11/2026.")


class AmountMissing(DomainError):
    code = "desk.amount_missing"
    sentence = _("Hãy ghi số tiền đã thu, bằng chữ số.")


@dataclass(frozen=True, slots=True)
class Asked:
    """One field. kind: text, textarea, day, amount, choice, papers, file, exempt."""

    name: str
    label: Text
    kind: str = "text"
    required: bool = True
    hint: Text = ""
    options: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class MoveForm:
    """``consequences``: what will be issued, sent and started, read before it is pressed."""

    button: Text
    done: Text
    consequences: tuple[Text, ...]
    fields: tuple[Asked, ...]
    run: Callable[[Dossier, StaffRequest], Any]
    harsh: bool = False


_REASON = Asked("reason", _("Lý do"), "textarea", hint=_("Người nộp sẽ đọc câu này: viết đủ và dễ hiểu."))
_GROUND = Asked("ground", _("Căn cứ pháp lý"), hint=_("Điều, khoản và số hiệu văn bản."))
_NOTE = Asked("note", _("Ghi chú"), "textarea", required=False)


def _typed(request: StaffRequest, name: str) -> str:
    return request.POST.get(name, "").strip()


def _who(request: StaffRequest) -> dict[str, Any]:
    return {"by": request.actor, "now": request.now}


def _with(service: Callable[..., Any], *names: str) -> Callable[[Dossier, StaffRequest], Any]:
    def run(dossier: Dossier, request: StaffRequest) -> Any:
        return service(
            dossier_id=dossier.id, **{name: _typed(request, name) for name in names}, **_who(request)
        )

    return run


def _accept(dossier: Dossier, request: StaffRequest) -> Any:
    """The question is only there where somebody may be spared; nothing ticked is no answer."""
    return services.accept(
        dossier_id=dossier.id, exempt_group=request.POST.get("exempt_group"), **_who(request)
    )


def _request_supplement(dossier: Dossier, request: StaffRequest) -> Any:
    return services.request_supplement(
        dossier_id=dossier.id,
        items=read_lines(_typed(request, "items")),
        reason=_typed(request, "reason"),
        ground=_typed(request, "ground"),
        **_who(request),
    )


def _receive_supplement(dossier: Dossier, request: StaffRequest) -> Any:
    papers: tuple[ComponentIn, ...] = read_papers(request)
    return services.receive_supplement(
        dossier_id=dossier.id, components=papers, note=_typed(request, "note"), **_who(request)
    )


def _record_payment(dossier: Dossier, request: StaffRequest) -> Any:
    amount = read_amount(_typed(request, "amount"))
    if not amount:
        raise AmountMissing(field="amount")
    return services.record_fee_payment(
        dossier_id=dossier.id,
        amount=amount,
        method=_typed(request, "method"),
        receipt_no=_typed(request, "receipt_no"),
        key=_typed(request, "key"),
        **_who(request),
    )


def _extend(dossier: Dossier, request: StaffRequest) -> Any:
    until: datetime | None = read_end_of_day(_typed(request, "until"))
    if until is None:
        raise DayMissing(field="until")
    return services.extend(
        dossier_id=dossier.id,
        until=until,
        reason=_typed(request, "reason"),
        ground=_typed(request, "ground"),
        **_who(request),
    )


def _record_result(dossier: Dossier, request: StaffRequest) -> Any:
    signed_on = read_day(_typed(request, "signed_on"))
    if signed_on is None:
        raise DayMissing(field="signed_on")
    result = ResultIn(
        code=_typed(request, "result_code"),
        name=_typed(request, "name"),
        number=_typed(request, "number"),
        signed_by_name=_typed(request, "signed_by_name"),
        signed_on=signed_on,
        file_id=keep_upload(request, "file"),
    )
    return services.record_result(dossier_id=dossier.id, result=result, **_who(request))


def _return_result(dossier: Dossier, request: StaffRequest) -> Any:
    hand_over = HandOver(
        method=_typed(request, "method"),
        receiver_name=_typed(request, "receiver_name"),
        receiver_identity=_typed(request, "receiver_identity"),
        proof=_typed(request, "proof"),
    )
    return services.return_result(dossier_id=dossier.id, hand_over=hand_over, **_who(request))


_METHODS = (("DESK", _("Tại quầy")), ("POST", _("Qua bưu chính công ích")), ("ONLINE", _("Trực tuyến")))

MOVE_FORMS: dict[str, MoveForm] = {
    "accept": MoveForm(
        button=Action.ACCEPT.label,
        done=_("Đã tiếp nhận hồ sơ. Giấy hẹn đã sẵn sàng để in."),
        consequences=(
            _("Phát hành giấy tiếp nhận hồ sơ và hẹn trả kết quả (mẫu 01)."),
            _("Thời hạn giải quyết bắt đầu tính từ lúc này."),
            _("Hồ sơ được chuyển tới bước đầu tiên của quy trình."),
        ),
        fields=(Asked("exempt_group", _("Đối tượng miễn, giảm"), "exempt", required=False),),
        run=_accept,
    ),
    "refuse-intake": MoveForm(
        button=Action.REFUSE_INTAKE.label,
        done=_("Đã từ chối tiếp nhận. Phiếu từ chối (mẫu 03) đã sẵn sàng để in."),
        consequences=(
            _("Phát hành phiếu từ chối tiếp nhận giải quyết hồ sơ (mẫu 03)."),
            _("Hồ sơ kết thúc ở trạng thái “Không được tiếp nhận”; không hoàn tác được."),
        ),
        fields=(_REASON,),
        run=_with(services.refuse_intake, "reason"),
        harsh=True,
    ),
    "request-supplement": MoveForm(
        button=Action.REQUEST_SUPPLEMENT.label,
        done=_("Đã yêu cầu bổ sung. Phiếu yêu cầu (mẫu 02) đã sẵn sàng để in."),
        consequences=(
            _("Phát hành phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (mẫu 02)."),
            _("Thời hạn giải quyết tạm dừng cho đến khi nhận đủ giấy tờ."),
            _("Yêu cầu bổ sung một lần, đầy đủ; lần sau phải do lãnh đạo phê duyệt."),
        ),
        fields=(
            Asked("items", _("Giấy tờ cần bổ sung"), "textarea", hint=_("Mỗi giấy tờ một dòng.")),
            _REASON,
            _GROUND,
        ),
        run=_request_supplement,
    ),
    "receive-supplement": MoveForm(
        button=Action.RECEIVE_SUPPLEMENT.label,
        done=_("Đã nhận giấy tờ bổ sung. Hồ sơ tiếp tục được giải quyết."),
        consequences=(
            _("Hồ sơ trở lại trạng thái trước khi yêu cầu bổ sung."),
            _("Thời gian chờ được trả lại; hạn trả kết quả được tính lại."),
        ),
        fields=(Asked("papers", _("Giấy tờ nhận thêm"), "papers", required=False), _NOTE),
        run=_receive_supplement,
    ),
    "request-payment": MoveForm(
        button=Action.REQUEST_PAYMENT.label,
        done=_("Đã yêu cầu nộp tiền. Thời hạn tạm dừng cho đến khi nộp đủ."),
        consequences=(_("Thời hạn giải quyết tạm dừng cho đến khi người nộp thực hiện nghĩa vụ tài chính."),),
        fields=(_REASON, _GROUND),
        run=_with(services.request_payment, "reason", "ground"),
    ),
    "confirm-payment": MoveForm(
        button=Action.CONFIRM_PAYMENT.label,
        done=_("Đã xác nhận nộp tiền. Hồ sơ tiếp tục được giải quyết."),
        consequences=(_("Thời gian chờ được trả lại; hạn trả kết quả được tính lại."),),
        fields=(Asked("receipt_no", _("Số chứng từ")),),
        run=_with(services.confirm_payment, "receipt_no"),
    ),
    "record-payment": MoveForm(
        button=_("Ghi nhận đã thu"),
        done=_("Đã ghi nhận khoản thu."),
        consequences=(
            _("Khoản thu được ghi vào hồ sơ cùng số biên lai; bấm hai lần cũng chỉ là một khoản."),
        ),
        fields=(
            Asked("amount", _("Số tiền"), "amount"),
            Asked("method", _("Hình thức"), "choice", options=tuple(PaymentMethod.choices)),
            Asked("receipt_no", _("Số biên lai")),
        ),
        run=_record_payment,
    ),
    "request-withdrawal": MoveForm(
        button=Action.REQUEST_WITHDRAWAL.label,
        done=_("Đã ghi nhận yêu cầu rút hồ sơ; chờ lãnh đạo quyết định."),
        consequences=(_("Lãnh đạo đơn vị giải quyết sẽ quyết định; thời hạn vẫn tiếp tục tính."),),
        fields=(_REASON,),
        run=_with(services.request_withdrawal, "reason"),
    ),
    "approve-withdrawal": MoveForm(
        button=Action.APPROVE_WITHDRAWAL.label,
        done=_("Đã đồng ý cho rút hồ sơ."),
        consequences=(_("Hồ sơ dừng giải quyết; giấy tờ được trả lại người nộp. Không hoàn tác được."),),
        fields=(),
        run=_with(services.approve_withdrawal),
        harsh=True,
    ),
    "decline-withdrawal": MoveForm(
        button=Action.DECLINE_WITHDRAWAL.label,
        done=_("Đã trả lời không đồng ý cho rút hồ sơ."),
        consequences=(_("Hồ sơ trở lại trạng thái trước khi có yêu cầu rút."),),
        fields=(_REASON,),
        run=_with(services.decline_withdrawal, "reason"),
    ),
    "stop": MoveForm(
        button=Action.STOP.label,
        done=_("Đã dừng giải quyết. Thông báo dừng (mẫu 05) đã sẵn sàng để in."),
        consequences=(
            _("Phát hành thông báo dừng giải quyết hồ sơ (mẫu 05)."),
            _("Quy trình và thời hạn kết thúc; không hoàn tác được."),
        ),
        fields=(_REASON, _GROUND),
        run=_with(services.stop, "reason", "ground"),
        harsh=True,
    ),
    "extend": MoveForm(
        button=_("Xin lỗi và gia hạn"),
        done=_("Đã gia hạn. Hạn mới và căn cứ hiện trong phần giải trình hạn."),
        consequences=(_("Hạn trả kết quả được lùi một lần, kèm lời xin lỗi và căn cứ."),),
        fields=(
            Asked("until", _("Hạn mới"), "day", hint=_("Ví dụ 27/11/2026; tính đến hết giờ làm việc.")),
            _REASON,
            _GROUND,
        ),
        run=_extend,
    ),
    "record-result": MoveForm(
        button=_("Ghi nhận kết quả"),
        done=_("Đã ghi nhận kết quả."),
        consequences=(_("Kết quả đã ký, đã có số được gắn vào hồ sơ; ký chưa phải là đã trả."),),
        fields=(
            Asked("result_code", _("Loại kết quả"), "choice"),
            Asked("name", _("Tên kết quả")),
            Asked("number", _("Số, ký hiệu")),
            Asked("signed_by_name", _("Người ký")),
            Asked("signed_on", _("Ngày ký"), "day"),
            Asked("file", _("Bản điện tử"), "file", required=False),
        ),
        run=_record_result,
    ),
    "return-result": MoveForm(
        button=Action.RETURN_RESULT.label,
        done=_("Đã trả kết quả. Hồ sơ kết thúc."),
        consequences=(_("Hồ sơ kết thúc ở trạng thái “Đã trả kết quả”, kèm bằng chứng giao nhận."),),
        fields=(
            Asked("method", _("Trả bằng cách"), "choice", options=_METHODS),
            Asked("receiver_name", _("Người nhận")),
            Asked(
                "receiver_identity",
                _("Số định danh người nhận"),
                required=False,
                hint=_("Bắt buộc khi trả tại quầy."),
            ),
            Asked(
                "proof",
                _("Bằng chứng"),
                required=False,
                hint=_("Trang, dòng trong sổ ký nhận; hoặc mã bưu gửi; hoặc mã thông điệp."),
            ),
        ),
        run=_return_result,
    ),
}
