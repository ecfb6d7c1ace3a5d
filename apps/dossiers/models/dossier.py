"""The dossier."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from apps.dossiers.enums import Channel, Status
from apps.dossiers.lifecycle import allowed_pairs


def _pair_is_allowed() -> Q:
    allowed = Q(came_from__isnull=True, status=Status.SUBMITTED)
    for source in sorted({source for source, _ in allowed_pairs()}):
        targets = sorted(target for start, target in allowed_pairs() if start == source)
        allowed |= Q(came_from=source, status__in=targets)
    return allowed


class Dossier(models.Model):
    """``came_from`` is the status before the last move: with it the CHECK holds the table of moves.

    Denormalised for lists, each written by the service that changes its
    source: procedure_code, procedure_name, owner_name, due_at. ``search_text``
    is folded text of code, names, identity numbers and phones.
    Personal data: owner_name, search_text, answers.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=60)
    code_is_foreign = models.BooleanField(default=False)
    secret = models.CharField(max_length=12)
    procedure = models.ForeignKey(
        "procedures.AdoptedVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    procedure_code = models.CharField(max_length=40)
    procedure_name = models.CharField(max_length=1000)
    case_code = models.CharField(max_length=50)
    channel = models.CharField(max_length=6, choices=Channel)
    status = models.PositiveSmallIntegerField(choices=Status)
    came_from = models.PositiveSmallIntegerField(choices=Status, null=True)
    supplement_from = models.PositiveSmallIntegerField(choices=Status, null=True)
    withdrawal_from = models.PositiveSmallIntegerField(choices=Status, null=True)
    receiving_unit = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    competent_unit = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    supporting_unit = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    owner_name = models.CharField(max_length=200)
    search_text = models.TextField()
    answers = models.JSONField(default=dict)
    result_channel = models.CharField(max_length=6, choices=Channel, default=Channel.DIRECT)
    locale = models.CharField(max_length=5, default="vi")
    supplement_count = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField()
    status_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # of the status it is in: to accept, or to finish
    finished_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                F("competent_unit"),
                F("due_at"),
                F("id"),
                condition=Q(status__in=[1, 2, 4, 5, 6, 7, 9]),
                name="dossier_open_competent",
            ),
            models.Index(
                F("receiving_unit"),
                F("due_at"),
                F("id"),
                condition=Q(status__in=[1, 2, 4, 5, 6, 7, 9]),
                name="dossier_open_receiving",
            ),
            models.Index(
                fields=["procedure_code", "finished_at"],
                condition=Q(finished_at__isnull=False),
                name="dossier_finished_by_procedure",
            ),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="dossier_search"),
        ]
        constraints = [
            # Not unique=True: Django would add a second index for LIKE, in every tenant.
            models.UniqueConstraint(fields=["code"], name="dossier_code_is_used_once"),
            models.CheckConstraint(condition=_pair_is_allowed(), name="dossier_moves_as_the_table_allows"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="dossier_channel_is_known"),
            models.CheckConstraint(
                condition=~Q(status__in=[2, 4, 6, 9, 10]) | Q(accepted_at__isnull=False),
                name="dossier_in_work_was_accepted",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[9, 10], finished_at__isnull=False)
                | (~Q(status__in=[9, 10]) & Q(finished_at__isnull=True)),
                name="dossier_has_a_finish_exactly_when_finished",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[3, 8, 10], ended_at__isnull=False)
                | (~Q(status__in=[3, 8, 10]) & Q(ended_at__isnull=True)),
                name="dossier_has_an_end_exactly_when_ended",
            ),
            models.CheckConstraint(
                condition=~Q(status=5) | Q(supplement_from__in=[1, 4]),
                name="dossier_waiting_for_papers_knows_where_to_go_back",
            ),
            models.CheckConstraint(
                condition=~Q(status=7) | Q(withdrawal_from__in=[1, 2, 4, 5, 6]),
                name="dossier_asked_back_knows_where_to_go_back",
            ),
        ]
