"""Features that are switched on ring by ring: all that there are, on one page."""

from django.utils.translation import gettext_lazy as _

from tenants.releases.known_flags import KnownFlag

FLAGS = (
    KnownFlag(
        key="khai-truoc",
        title=_("Khai trước ở nhà: điền tờ khai trên trang công dân, lấy mã mang đến quầy"),
        since="2026.12.1",
        on_until_set=True,
    ),
)
