"""Every tenant's host."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("frontend.entrance.urls")),
    path("", include("frontend.citizen.urls")),
    path("desk/", include("frontend.desk.urls")),
    path("setup/", include("frontend.setup.urls")),
    path("", include("api.v1.urls")),
]

handler400 = "frontend.errors.bad_request"
handler403 = "frontend.errors.forbidden"
handler404 = "frontend.errors.not_found"
handler500 = "project.failures.failed"
