"""Publishing takes two people: tests that need a published version and mean something else get it here."""

from datetime import date, datetime

from apps.catalogue import services
from apps.catalogue.models import TemplateVersion
from kernel.actors import Actor, ActorKind

REVIEWER = Actor(kind=ActorKind.OPERATOR, id=99, name="Phạm Thị Thẩm Định")
BASIS = "Quyết định 1/QĐ-BTP"


def publish_by_two(
    *, version_id: int, effective_from: date, by: Actor, now: datetime, **more
) -> TemplateVersion:
    """``by`` submits, another person approves; ``more`` as services.publish takes it."""
    services.submit_version(version_id=version_id, changes="Sửa theo văn bản mới", by=by, now=now)
    return services.publish(
        version_id=version_id,
        effective_from=effective_from,
        now=now,
        **{"by": REVIEWER, "legal_basis": BASIS, **more},
    )
