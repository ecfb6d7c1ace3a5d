"""The centre's announcements: on the pages of those they are for, and closed without JavaScript."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from kernel.actors import Actor, ActorKind
from tenants.releases.services import announce

OPERATOR = Actor(kind=ActorKind.OPERATOR, id=None, name="Nguyễn Văn Điều")


def said(title, **given):
    now = timezone.now()
    wanted = {"body": "", "audience": ["STAFF"], "rings": [], "tenants": []} | given
    return announce(
        title=title,
        shown_from=now - timedelta(minutes=1),
        shown_to=now + timedelta(hours=1),
        by=OPERATOR,
        now=now,
        **wanted,
    )


def test_each_room_shows_its_own(admin, ha_noi):
    said("Cho cán bộ")
    said("Cho quản trị", audience=["ADMIN"])
    said("Cho người dân", audience=["CITIZEN"])
    said("Riêng Hà Nội", tenants=["H26"], audience=["CITIZEN", "STAFF", "ADMIN"])
    pages = {path: admin.get(path).content.decode() for path in ("/", "/desk/", "/setup/")}
    shown = {
        path: [title for title in ("Cho cán bộ", "Cho quản trị", "Cho người dân") if title in page]
        for path, page in pages.items()
    }
    assert shown == {
        "/": ["Cho người dân"],
        "/desk/": ["Cho cán bộ"],
        "/setup/": ["Cho cán bộ", "Cho quản trị"],
    }
    assert not any("Riêng Hà Nội" in page for page in pages.values())
    assert "Riêng Hà Nội" in Client(HTTP_HOST="hanoi.localhost").get("/").content.decode()


def test_closing_one_leaves_the_others(admin):
    one, _other = said("Bảo trì tối nay"), said("Bản mới")
    answer = admin.post("/announcements/hide/", {"announcement": one.id, "next": "/setup/"})
    assert answer["Location"] == "/setup/"
    page = admin.get("/setup/").content.decode()
    assert "Bảo trì tối nay" not in page
    assert "Bản mới" in page
    assert (
        admin.post("/announcements/hide/", {"announcement": "x", "next": "//evil.test/"})["Location"] == "/"
    )
    assert "Bản mới" in admin.get("/setup/").content.decode()


def test_words_of_an_announcement_are_never_markup(admin):
    said("<b>x</b>", body="<script>1</script>\ndòng hai")
    page = admin.get("/setup/").content.decode()
    assert "&lt;b&gt;x" in page
    assert "&lt;script&gt;1&lt;/script&gt;<br>" in page
