"""A change in words that a provincial officer understands: what, before, after. Pure.

Vietnamese first, through gettext. The paths are those of parts.py; names of things
are looked up in the two contents.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from apps.catalogue import value_words as words
from apps.catalogue.flow_words import say_flow, step_names
from apps.catalogue.parts import KEYED
from apps.catalogue.paths import id_of, parse_path

if TYPE_CHECKING:
    from apps.catalogue.changes import Change

Content = dict[str, Any]
Words = tuple[str, str, str]


def say_change(change: "Change", before: Content, after: Content) -> Words:
    """(what, the words before, the words after); a thing that came has nothing before, one that went nothing after."""
    segments = parse_path(change.path)
    first, count = segments[0], len(segments)
    if segments[-1] == "order" and first != "form":
        return _order(segments, change, before, after)
    say = _SAY.get((first, count)) or _SAY.get((first, 0)) or _plain
    return say(segments, change, before, after)


def _plain(segments: list[str], change: "Change", _before: Content, _after: Content) -> Words:
    what = words.say_key(segments[0])
    return what, words.say_value(segments[0], change.before), words.say_value(segments[0], change.after)


def name_in(kind: str, name: str, *contents: Content) -> str:
    """What the thing is called, in the first of the contents that has it."""
    for content in contents:
        for row in content.get(kind, ()):
            if row[KEYED[kind]] == id_of(name):
                return str(row["name"])
    return id_of(name)


def _case_part(segments: list[str], change: "Change", before: Content, after: Content) -> Words:
    case, attribute = name_in("cases", segments[1], after, before), segments[2]
    if attribute == "limit":
        what = _("Thời hạn giải quyết, trường hợp ‘{case}’").format(case=case)
        return what, *words.say_limits(change.before, change.after)
    if attribute == "components":
        paper = name_in("components", segments[3], after, before)
        if change.after:
            return _("Trường hợp ‘{case}’ phải nộp thêm giấy tờ").format(case=case), "", paper
        return _("Trường hợp ‘{case}’ không phải nộp nữa giấy tờ").format(case=case), paper, ""
    what = _("Tên trường hợp ‘{case}’").format(case=name_in("cases", segments[1], before, after))
    return what, str(change.before or ""), str(change.after or "")


def _case(segments: list[str], change: "Change", before: Content, after: Content) -> Words:
    name = name_in("cases", segments[1], after, before)
    limit = [words.say_limit(row["limit"]) if row else "" for row in (change.before, change.after)]
    if change.after:
        return _("Thêm trường hợp ‘{case}’").format(case=name), limit[0], limit[1]
    return _("Bỏ trường hợp ‘{case}’").format(case=name), limit[0], limit[1]


def _component(segments: list[str], change: "Change", before: Content, after: Content) -> Words:
    name = name_in("components", segments[1], after, before)
    said = [words.say_component(row) if row else "" for row in (change.before, change.after)]
    if change.after:
        return _("Thêm giấy tờ ‘{paper}’").format(paper=name), said[0], said[1]
    return _("Bỏ giấy tờ ‘{paper}’").format(paper=name), said[0], said[1]


def _part(kind: str, sentence: Callable[[], str]) -> Callable[[list[str], "Change", Content, Content], Words]:
    def say(segments: list[str], change: "Change", before: Content, after: Content) -> Words:
        what = sentence().format(thing=name_in(kind, segments[1], before, after))
        place = f"{kind}.{segments[2]}"
        what += f": {words.say_key(place)}"
        return what, words.say_value(place, change.before), words.say_value(place, change.after)

    return say


def _fee(segments: list[str], change: "Change", before: Content, after: Content) -> Words:
    name = name_in("fees", segments[1], after, before)
    said = [words.say_fee(row) if row else "" for row in (change.before, change.after)]
    if change.after:
        return _("Thêm khoản thu ‘{fee}’").format(fee=name), said[0], said[1]
    return _("Bỏ khoản thu ‘{fee}’").format(fee=name), said[0], said[1]


def _fee_case(segments: list[str], change: "Change", before: Content, after: Content) -> Words:
    if segments[2] != "case":
        return _part("fees", lambda: _("Khoản thu ‘{thing}’"))(segments, change, before, after)
    what = _("Khoản thu ‘{thing}’: trường hợp áp dụng").format(
        thing=name_in("fees", segments[1], after, before)
    )
    said = [
        name_in("cases", code, content) if code else _("mọi trường hợp")
        for code, content in ((change.before, before), (change.after, after))
    ]
    return what, said[0], said[1]


def _fee_group(segments: list[str], change: "Change", before: Content, after: Content) -> Words:
    """One attribute of one group that is spared, wholly or in part."""
    name = name_in("fees", segments[1], after, before)
    what = _("Khoản thu ‘{thing}’: đối tượng miễn, giảm").format(thing=name)
    place = f"groups.{segments[-1]}"
    return what, words.say_value(place, change.before), words.say_value(place, change.after)


def _named(add: Callable[[], str], drop: Callable[[], str]) -> Callable[..., Words]:
    def say(_segments: list[str], change: "Change", _before: Content, _after: Content) -> Words:
        if change.after:
            return add(), "", str(change.after["name"])
        return drop(), str(change.before["name"]), ""

    return say


def _form(segments: list[str], change: "Change", before: Content, after: Content) -> Words:
    if segments[1] == "order":
        return _("Thứ tự các mục của biểu mẫu điện tử"), "", _("theo thứ tự mới")
    if segments[1] == "keys":
        return _("Cách trình bày biểu mẫu điện tử"), "", _("theo bản mới")
    title = _field_title(segments[2], after, before)
    if segments[1] == "required":
        what = _("Mục ‘{field}’ của biểu mẫu điện tử").format(field=title)
        return what, *(
            (_("không bắt buộc"), _("bắt buộc")) if change.after else (_("bắt buộc"), _("không bắt buộc"))
        )
    if change.before is None:
        return (
            _("Thêm mục ‘{field}’ vào biểu mẫu điện tử").format(field=title),
            "",
            words.say_field(change.after),
        )
    if change.after is None:
        return (
            _("Bỏ mục ‘{field}’ khỏi biểu mẫu điện tử").format(field=title),
            words.say_field(change.before),
            "",
        )
    what = _("Mục ‘{field}’ của biểu mẫu điện tử").format(field=_field_title(segments[2], before, after))
    said = words.say_field(change.before), words.say_field(change.after)
    return (what, *said) if said[0] != said[1] else (what, "", _("cách kiểm tra dữ liệu theo bản mới"))


def _field_title(name: str, *contents: Content) -> str:
    for content in contents:
        field = content["form"].get("properties", {}).get(id_of(name))
        if isinstance(field, dict) and field.get("title"):
            return str(field["title"])
    return id_of(name)


def _process(segments: list[str], change: "Change", before: Content, after: Content) -> Words:
    if segments[1] != "steps":
        return say_flow(segments, change, before["process"], after["process"])
    said = [row.get("name", "") if isinstance(row, dict) else "" for row in (change.before, change.after)]
    if len(segments) == 3:
        return (_("Thêm bước"), "", said[1]) if change.after else (_("Bỏ bước"), said[0], "")
    step = _step_name(segments[2], before, after)
    place = f"steps.{segments[3]}"
    what = _("Bước ‘{step}’: {part}").format(step=step, part=words.say_key(place))
    return what, words.say_value(place, change.before), words.say_value(place, change.after)


def _step_name(step: str, *contents: Content) -> str:
    names = (step_names(content["process"]).get(step) for content in contents)
    return next((name for name in names if name), step)


def _order(segments: list[str], change: "Change", before: Content, after: Content) -> Words:
    what = _("Thứ tự: {list}").format(list=words.say_key(segments[0]))
    if segments[0] not in KEYED:
        return what, "", _("theo thứ tự mới")
    kind = segments[0] if len(segments) == 2 else "components"
    if len(segments) > 3 and segments[0] == "fees":
        return what, "", _("theo thứ tự mới")
    if len(segments) > 3:
        what = _("Thứ tự giấy tờ, trường hợp ‘{case}’").format(
            case=name_in("cases", segments[1], after, before)
        )
    return (
        what,
        "; ".join(name_in(kind, name, before) for name in change.before or ()),
        "; ".join(name_in(kind, name, after) for name in change.after or ()),
    )


def _member(segments: list[str], change: "Change", _before: Content, _after: Content) -> Words:
    said = words.say_value(segments[0], [id_of(segments[1])])
    return words.say_key(segments[0]), *(("", said) if change.after else (said, ""))


# By the first name of a path and how many names it has; 0: any number.
_SAY: dict[tuple[str, int], Callable[[list[str], "Change", Content, Content], Words]] = {
    ("cases", 2): _case,
    ("cases", 0): _case_part,
    ("components", 2): _component,
    ("components", 3): _part("components", lambda: _("Giấy tờ ‘{thing}’")),
    ("fees", 2): _fee,
    ("fees", 3): _fee_case,
    ("fees", 0): _fee_group,
    ("results", 2): _named(lambda: _("Thêm kết quả giải quyết"), lambda: _("Bỏ kết quả giải quyết")),
    ("results", 3): _part("results", lambda: _("Kết quả ‘{thing}’")),
    ("legal_basis", 2): _named(lambda: _("Thêm căn cứ pháp lý"), lambda: _("Bỏ căn cứ pháp lý")),
    ("legal_basis", 3): _part("legal_basis", lambda: _("Căn cứ pháp lý ‘{thing}’")),
    ("form", 0): _form,
    ("process", 0): _process,
    ("subjects", 2): _member,
    ("channels", 2): _member,
    ("slots", 2): _member,
}
