"""The ceiling: what Django REST does at its barest with the same rows.

Plain ModelSerializers, nested. No sign-in, no permission, no validation against
the database, no middleware, no lock: every value is handed in ready. Each
writes the very rows that the house writes, in one transaction.
"""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import path
from rest_framework import generics, serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit.models import Entry
from apps.dossiers.models import CodeCounter, Component, Dossier, Party
from apps.workflow.models import Run, Step
from kernel.http.models import IdempotencyKey
from kernel.outbox.models import OutboxEvent

ROWS_A_LIST = 20  # as many as a page of the inbox; the filters leave no fewer


class _Pages(PageNumberPagination):
    page_size = ROWS_A_LIST


def plain(
    of: Any, *, without: tuple[str, ...] = (), only: tuple[str, ...] = ()
) -> type[serializers.ModelSerializer]:
    """A ModelSerializer over the columns of a row; keys of other rows are numbers, nothing is looked up."""
    keys = {
        field.attname: serializers.IntegerField(allow_null=True)
        for field in of._meta.fields
        if field.is_relation
    }
    names = only or tuple(field.attname for field in of._meta.fields if field.attname not in ("id", *without))
    unique = {
        constraint.fields[0] for constraint in of._meta.constraints if getattr(constraint, "fields", None)
    }
    unchecked = {"validators": []}
    meta = type("Meta", (), {
        "model": of, "fields": names, "validators": [],
        "extra_kwargs": {field.name: unchecked for field in of._meta.fields
                         if (field.unique or field.name in unique) and field.name in names},
    })  # fmt: skip
    body = {name: field for name, field in keys.items() if name in names}
    return type(f"Plain{of.__name__}", (serializers.ModelSerializer,), {"Meta": meta, **body})


PlainParty = plain(Party, without=("dossier_id",))
PlainComponent = plain(Component, without=("dossier_id",))
PlainEntry = plain(Entry, without=("subject_id",))
PlainEvent = plain(OutboxEvent)
PlainKey = plain(IdempotencyKey)
PlainStep = plain(Step, without=("run_id",))
PlainRun = plain(Run, only=("state", "facts", "status", "ended_at"))
PlainDossier = plain(Dossier)
MovedDossier = plain(Dossier, only=("status", "came_from", "status_at"))
ClosedStep = plain(
    Step,
    only=("state", "closed_at", "closed_by_id", "closed_by_name", "on_behalf_of_id", "decision", "note"),
)


class NestedDossier(PlainDossier):  # type: ignore[valid-type, misc]
    parties = PlainParty(many=True, write_only=True)
    components = PlainComponent(many=True, write_only=True)
    entry = PlainEntry(write_only=True)
    event = PlainEvent(write_only=True)
    key = PlainKey(write_only=True)

    class Meta(PlainDossier.Meta):  # type: ignore[name-defined, misc]
        fields = (*PlainDossier.Meta.fields, "parties", "components", "entry", "event", "key")  # type: ignore[attr-defined]

    @transaction.atomic
    def create(self, validated_data: dict[str, Any]) -> Dossier:
        parties, components = validated_data.pop("parties"), validated_data.pop("components")
        entry, event, key = (validated_data.pop(name) for name in ("entry", "event", "key"))
        CodeCounter.objects.filter(
            agency_code=self.initial_data["agency"], day=self.initial_data["day"]
        ).update(last=F("last") + 1)
        dossier = Dossier.objects.create(**validated_data)
        for party in parties:
            Party.objects.create(dossier=dossier, **party)
        for component in components:
            Component.objects.create(dossier=dossier, **component)
        Entry.objects.create(subject_id=dossier.id, **entry)
        OutboxEvent.objects.create(**event)
        IdempotencyKey.objects.create(**key)
        return dossier


class CreateDossier(generics.CreateAPIView):
    authentication_classes = ()
    permission_classes = ()
    queryset = Dossier.objects.all()
    serializer_class = NestedDossier


class CompleteStep(APIView):
    authentication_classes = ()
    permission_classes = ()

    @transaction.atomic
    def post(self, request: Request, pk: int) -> Response:
        step = Step.objects.get(pk=pk)
        for shape, row, given in (
            (ClosedStep, step, "step"),
            (PlainRun, Run.objects.get(pk=step.run_id), "run"),
            (MovedDossier, Dossier.objects.get(pk=step.subject_id), "dossier"),
        ):
            self._save(shape(row, data=request.data[given], partial=True))
        opened = [self._save(PlainStep(data=row), run_id=step.run_id) for row in request.data["opened"]]
        for row in request.data["entries"]:
            self._save(PlainEntry(data=row), subject_id=step.subject_id)
        for row in request.data["events"]:
            self._save(PlainEvent(data=row))
        return Response({"opened": opened})

    def _save(self, shape: serializers.ModelSerializer, **more: Any) -> Any:
        shape.is_valid(raise_exception=True)
        shape.save(**more)
        return shape.data


class ListDossiers(generics.ListAPIView):
    authentication_classes = ()
    permission_classes = ()
    pagination_class = _Pages
    serializer_class = plain(
        Dossier,
        only=(
            "id", "public_id", "code", "procedure_code", "procedure_name", "owner_name", "channel", "status",
            "submitted_at", "due_at", "competent_unit_id",
        ),
    )  # fmt: skip

    def get_queryset(self) -> Any:
        asked = self.request.query_params
        steps = Step.objects.filter(
            state="OPEN",
            unit_path__startswith=asked["path"],
            duty=asked["duty"],
            procedure_code=asked["procedure"],
        )
        return Dossier.objects.filter(
            id__in=steps.values("subject_id"),
            procedure_code=asked["procedure"],
            status=asked["status"],
            channel=asked["channel"],
        ).order_by("due_at", "id")


class ListUncounted(ListDossiers):
    """Without Django REST's count and page links: nothing but the rows."""

    pagination_class = None

    def get_queryset(self) -> Any:
        return super().get_queryset()[:ROWS_A_LIST]


urlpatterns = [
    path("dossiers", CreateDossier.as_view()),
    path("steps/<int:pk>", CompleteStep.as_view()),
    path("inbox", ListDossiers.as_view()),
    path("inbox-uncounted", ListUncounted.as_view()),
]
