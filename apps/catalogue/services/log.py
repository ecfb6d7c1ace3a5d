"""Door 2: the lines of the publish log, each chained to the one before."""

from datetime import datetime

from django.db import connection

from apps.catalogue.chain import FIRST, line_sha256
from apps.catalogue.editors import editor_key
from apps.catalogue.enums import LogAction
from apps.catalogue.models import PublishLog, TemplateVersion
from kernel.actors import Actor


def lock_log() -> None:
    """One writer at a time, until the transaction ends.

    Take it before the rows of versions where one transaction writes about several: two
    that took them the other way round would wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('catalogue.publish_log', 0))")


def write_line(version: TemplateVersion, action: LogAction, *, by: Actor, now: datetime, note: str) -> None:
    lock_log()
    last = PublishLog.objects.exclude(sha256="").order_by("-id").values_list("sha256", flat=True).first()
    facts = {
        "content_sha256": version.content_sha256,
        "action": action.value,
        "effective_from": version.effective_from,
        "at": now,
        "by_key": editor_key(by),
        "by_name": by.name,
        "note": note,
    }
    previous = last or FIRST
    sha = line_sha256(previous=previous, version=version.public_id, **facts)  # type: ignore[arg-type]  # by name
    PublishLog.objects.create(version=version, previous_sha256=previous, sha256=sha, **facts)
