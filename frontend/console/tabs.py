"""The tabs of a version's pages: one line a tab. A new page adds its line here and its address to urls.py."""

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.catalogue.selectors import VersionDetail

Tab = tuple[str, str, None, bool]


def version_tabs(version: VersionDetail, here: str) -> list[Tab]:
    """For the component ``tabs``. ``here`` is the name of the tab that is open."""

    def tab(name: str, text: str, address: str, **more: str) -> Tab:
        kwargs = {"code": version.code, "number": version.number, **more}
        return reverse(f"console:{address}", kwargs=kwargs), text, None, name == here

    tabs = [tab("changes", _("Thay đổi và thẩm định"), "version")]
    if version.is_draft:
        tabs.append(tab("content", _("Sửa nội dung"), "version-section", section="general"))
        tabs.append(tab("form", _("Biểu mẫu"), "version-form"))
        process = reverse("console:process", kwargs={"code": version.code})
        tabs.append((process, _("Quy trình: vẽ, mô phỏng"), None, False))
    tabs.append(tab("effect", _("Tác động"), "version-effect"))
    return tabs
