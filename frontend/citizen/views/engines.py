"""What search engines are told: which pages are for everybody, and where they are."""

from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.procedures.selectors import list_all_in_force

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The public catalogue may be read; a dossier's status, the staff's rooms and the programs' door are no pages."""
    closed = ("/desk/", "/setup/", "/sign-in/", "/first/", "/api/", reverse("citizen:track"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('citizen:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every procedure in force here, with the day since which its page says what it says. One statement."""
    pages = [f"<url><loc>{escape(request.build_absolute_uri(reverse('citizen:landing')))}</loc></url>"]
    for code, since in list_all_in_force(on=timezone.localdate(timezone.now())):
        address = request.build_absolute_uri(reverse("citizen:procedure", kwargs={"code": code}))
        pages.append(f"<url><loc>{escape(address)}</loc><lastmod>{since.isoformat()}</lastmod></url>")
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_SITEMAP}">'
        + "".join(pages)
        + "</urlset>\n"
    )
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
