"""Addresses of version 1, below /api/v1/ of every tenant's host."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from oauth2_provider.views import TokenView
from rest_framework.negotiation import DefaultContentNegotiation

from api.v1.absent import Absent
from api.v1.dossiers.views import DossierDeadline, DossierDetail, DossierEvents, DossierList
from api.v1.files.views import FileUpload
from api.v1.procedures.views import ProcedureForm, ProcedureList

app_name = "api"
_v1 = [
    path("dossiers", DossierList.as_view(), name="dossiers"),
    path("dossiers/<uuid:public_id>", DossierDetail.as_view(), name="dossier"),
    path("dossiers/<uuid:public_id>/events", DossierEvents.as_view(), name="dossier-events"),
    path("dossiers/<uuid:public_id>/deadline", DossierDeadline.as_view(), name="dossier-deadline"),
    path("procedures", ProcedureList.as_view(), name="procedures"),
    path("procedures/<str:code>/form", ProcedureForm.as_view(), name="procedure-form"),
    path("files", FileUpload.as_view(), name="files"),
    path("oauth2/token", TokenView.as_view(), name="token"),
    path(
        "schema",
        SpectacularAPIView.as_view(content_negotiation_class=DefaultContentNegotiation),
        name="schema",
    ),
    path("<path:unknown>", Absent.as_view(), name="absent"),
]
urlpatterns = [path("api/v1/", include(_v1))]
