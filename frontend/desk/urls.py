"""Addresses of the desk."""

from django.urls import path

from frontend.desk.views import inbox, intake, moves, record

app_name = "desk"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("counts/", inbox.counts, name="counts"),
    path("search/", inbox.search, name="search"),
    path("intake/", intake.choose, name="intake"),
    path("intake/<str:code>/", intake.form, name="intake-form"),
    path("intake/<str:code>/papers/", intake.papers, name="intake-papers"),
    path("intake/<str:code>/person/<str:role>/", intake.person, name="intake-person"),
    path("intake/<str:code>/draft/", intake.draft, name="intake-draft"),
    path("dossiers/<uuid:public_id>/", record.record, name="record"),
    path("dossiers/<uuid:public_id>/files/<uuid:file_id>/", record.component_file, name="file"),
    path("dossiers/<uuid:public_id>/results/<uuid:result_id>/", record.result_file, name="result-file"),
    path("dossiers/<uuid:public_id>/forms/<uuid:issued_id>.pdf", record.issued_form, name="issued"),
    path("dossiers/<uuid:public_id>/moves/<slug:slug>/", moves.move, name="move"),
    path("dossiers/<uuid:public_id>/steps/<uuid:step_id>/", moves.step, name="step"),
    path("dossiers/<uuid:public_id>/steps/<uuid:step_id>/claim/", moves.claim, name="claim"),
    path("dossiers/<uuid:public_id>/steps/<uuid:step_id>/release/", moves.release, name="release"),
]
