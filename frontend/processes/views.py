"""The editor's answers. A room finds the sheet and guards the door; everything else is the same for all rooms."""

import json
import re
from collections.abc import Callable
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.utils.translation import gettext as _

from apps.accounts.enums import Duty
from apps.workflow.enums import StepMove, UnitRole
from apps.workflow.files import is_readable, new_process, standard_file, take_in, tidied, with_drawing
from apps.workflow.pictures import draw_all, step_attributes
from frontend.diagrams import pictures_of
from frontend.processes.reading import Sent, problems_of, read_sent, refused_words, said, unreadable
from frontend.processes.sheet import Sheet
from frontend.processes.simulating import simulate
from frontend.processes.spoken import spoken
from kernel.errors import DomainError
from kernel.vietnamese import fold

_MOST_FILES = 30
Act = Callable[[HttpRequest, Sheet], HttpResponse]


def answer(request: HttpRequest, sheet: Sheet, act: str = "") -> HttpResponse:
    """The page itself, or what stands below its address under the name of an act."""
    posted = request.method == "POST"
    found = (_POSTED if posted else _ASKED).get(act)
    if found is None and act in (_POSTED | _ASKED):
        return HttpResponseNotAllowed(["GET" if posted else "POST"])
    if found is None:
        raise Http404
    if posted and sheet.keep is None:
        return HttpResponseNotAllowed(["GET"])
    return found(request, sheet)


def editor(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The page. ``?process=``: which of the processes; the main one without it."""
    key = request.GET.get("process", "")
    text = sheet.text_of(key)
    if text is None:
        raise Http404
    return _page(request, sheet, Sent(key or sheet.process["id"], text, sheet.called))


def save(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Keeps a draft, sound or not. What cannot be read, or was overtaken by another, is refused and stays typed."""
    if request.FILES.getlist("files"):
        return _take_in_page(request, sheet)
    sent = read_sent(request, sheet)
    if sheet.text_of(sent.key) is None:
        raise Http404
    if not is_readable(sent.text):
        return _refused(request, sheet, sent, refused_words(1), problems_of(sheet, sent) or unreadable())
    try:
        # One spelling for one process, so that a draft that was only looked at stays the same.
        process = sheet.changed(sent.key, standard_file(sent.text), sent.id, sent.called)
        mark = _keep(sheet, request.POST.get("mark", ""), process)
    except DomainError as refusal:
        return _refused(request, sheet, sent, str(refusal), [])
    if _wants_json(request):
        problems = problems_of(sheet, sent)
        return JsonResponse({"mark": mark, "said": _("Đã lưu bản nháp."), "problems": problems})
    return HttpResponseRedirect(f"{sheet.page}?process={sent.id}&done=saved")


def check(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    sent = read_sent(request, sheet)
    return JsonResponse({"problems": problems_of(sheet, sent)})


def tidy(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Drawn anew by the server; nothing is kept."""
    sent = read_sent(request, sheet)
    if not is_readable(sent.text):
        return JsonResponse({"said": _("Không đọc được sơ đồ."), "problems": unreadable()}, status=422)
    return JsonResponse({"bpmn": tidied(sent.text)})


def bring_in(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Files of another tool, laid on the sheet; nothing is kept until it is saved."""
    taken, problems, notes = _take_in(request)
    if problems:
        words = _("Không nhập được: {count} lỗi, xem danh sách.").format(count=len(problems))
        return JsonResponse({"said": words, "problems": problems}, status=422)
    words = _brought_in(notes)
    return JsonResponse({"bpmn": taken.text, "called": json.dumps(taken.called), "said": words})


def change_called(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Another process to be called is begun, or one that nobody needs is taken out. Kept at once."""
    called, key = sheet.called, request.POST.get("key", "").strip()
    if request.POST.get("act") == "remove":
        called.pop(key, None)
        shown = str(sheet.process["id"])
    else:
        name = request.POST.get("name", "").strip()[:200]
        if not name:
            return HttpResponseRedirect(sheet.page)
        key = shown = _free_key(name, {str(sheet.process["id"]), *called})
        called[key] = new_process(key=key, name=name)
    process = {"id": sheet.process["id"], "bpmn": sheet.process["bpmn"]}
    _keep(sheet, request.POST.get("mark", ""), {**process, "called": called} if called else process)
    return HttpResponseRedirect(f"{sheet.page}?process={shown}&done=saved")


def _free_key(name: str, taken: set[str]) -> str:
    """``Ký và phát hành`` → ``ky-va-phat-hanh``, with a number where that one is taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:60]
    base = plain if plain and not plain[0].isdigit() else f"quy-trinh-{plain}".rstrip("-")
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, 1000))) if key not in taken)


def export(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """One process as a BPMN 2.0 file with its drawing."""
    key = request.GET.get("process", "")
    text = sheet.text_of(key)
    if text is None:
        raise Http404
    answer = HttpResponse(standard_file(text), content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{sheet.code}-{key or sheet.process["id"]}.bpmn"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _brought_in(notes: list[str]) -> str:
    words = _("Đã đưa tệp vào tờ vẽ, chưa lưu.")
    return f"{words} {_('Đã đổi cho hợp')}: {'; '.join(notes)}." if notes else words


def _take_in(request: HttpRequest) -> tuple[Sent, list[dict[str, str]], list[str]]:
    files = [(file.name or "", file.read()) for file in request.FILES.getlist("files")[:_MOST_FILES]]
    taken = take_in(files)
    found = [
        {**line, "sentence": f"{name}: {line['sentence']}" if name else line["sentence"]}
        for name, one in taken.problems
        for line in said([one], {"bpmn": ""}, "error")
    ]
    drawn = draw_all(taken.main) if taken.main else []
    return Sent(drawn[0].graph.id if drawn else "", taken.main, taken.called), found, taken.notes


def _take_in_page(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Without a script: the page again, with the files in the place of the draft, not yet kept."""
    taken, problems, notes = _take_in(request)
    shown = read_sent(request, sheet) if problems else Sent(sheet.process["id"], taken.text, taken.called)
    done = "" if problems else _brought_in(notes)
    return _page(request, sheet, shown, problems, done=done, status=422 if problems else 200)


def _refused(
    request: HttpRequest, sheet: Sheet, sent: Sent, words: str, problems: list[dict[str, str]]
) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"said": words, "problems": problems}, status=422)
    summary = problems or [{"element": "", "code": "", "level": "error", "sentence": words}]
    return _page(request, sheet, sent, summary, status=422)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _page(
    request: HttpRequest,
    sheet: Sheet,
    sent: Sent,
    problems: list[dict[str, str]] | None = None,
    done: str = "",
    status: int = 200,
) -> HttpResponse:
    process = sheet.changed(sent.key, sent.text, sent.id, sent.called)
    known = problems is not None
    steps = [step for drawn in draw_all(sent.text) for step in drawn.graph.steps]
    context: dict[str, Any] = {
        "sheet": sheet,
        "frame": sheet.frame,
        "sent": sent,
        "drawn_text": with_drawing(sent.text) if is_readable(sent.text) else sent.text,
        "called_text": json.dumps(sent.called),
        "words": json.dumps(_words(sheet, sent), ensure_ascii=False),
        "processes": _processes(process),
        "pictures": pictures_of(process),
        "problems": problems if known else problems_of(sheet, sent),
        "refused": bool(problems),
        "duties": Duty.choices,
        "units": UnitRole.choices,
        "moves": StepMove.choices,
        "steps": steps,
        "written": {step.key: {"allot": "", "decisions": ""} | step_attributes(step) for step in steps},
        "done": done or (_("Đã lưu bản nháp.") if request.GET.get("done") == "saved" else ""),
    }
    return render(request, "processes/editor.html", context, status=status)


def _processes(process: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (drawn.graph.id, drawn.graph.name or drawn.graph.id)
        for drawn in draw_all(process["bpmn"], process.get("called"))
    ]


def _words(sheet: Sheet, sent: Sent) -> dict[str, Any]:
    """For the panel: what can be chosen, in words."""
    others = [(drawn.graph.id, drawn.graph.name) for text in sent.called.values() for drawn in draw_all(text)]
    return {
        "duties": [(key, str(label)) for key, label in Duty.choices],
        "units": [(key, str(label)) for key, label in UnitRole.choices],
        "moves": [(key, str(label)) for key, label in StepMove.choices],
        "spoken": spoken(),
        "forms": sheet.forms,
        "papers": sheet.papers,
        "called": [each for each in others if each[0] != sent.key],
    }


def _keep(sheet: Sheet, mark: str, process: dict[str, Any]) -> str:
    if sheet.keep is None:
        raise Http404
    return sheet.keep(mark, process)


_ASKED: dict[str, Act] = {"": editor, "export": export, "simulate": simulate}
_POSTED: dict[str, Act] = {
    "": save,
    "check": check,
    "tidy": tidy,
    "import": bring_in,
    "called": change_called,
}
