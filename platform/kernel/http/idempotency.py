"""The same request twice is one act (draft-ietf-httpapi-idempotency-key-header)."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kernel.commands import command
from kernel.errors import DomainError
from kernel.http.models import IdempotencyKey

KEPT_FOR = timedelta(days=7)
LONGEST_KEY = 128


class KeyInvalid(DomainError):
    code = "request.idempotency_key_invalid"
    sentence = _("Thiếu khóa chống gửi trùng (Idempotency-Key), hoặc khóa dài quá 128 ký tự.")


class KeyReused(DomainError):
    code = "request.idempotency_key_reused"
    sentence = _("Khóa chống gửi trùng này đã được dùng cho một nội dung khác.")


def fingerprint(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@command
def once(
    *, scope: str, key: str, fingerprint: str, now: datetime, work: Callable[[], dict[str, Any]]
) -> tuple[dict[str, Any], bool]:
    """Do ``work`` the first time, hand back its answer every other time; returns (answer, was it fresh).

    The row of the key is written first, in the transaction of the work: a
    second request with the same key waits at the unique index until the first
    has committed, then reads its answer. Where the work is refused the key is
    free again, because nothing happened. Raises KeyInvalid, KeyReused.
    """
    if not 1 <= len(key) <= LONGEST_KEY:
        raise KeyInvalid(field="Idempotency-Key")
    row_id = _take(scope, key, fingerprint, now)
    if row_id is None:
        row = IdempotencyKey.objects.get(scope=scope, key=key)
        if row.fingerprint != fingerprint:
            raise KeyReused(field="Idempotency-Key")
        assert row.answer is not None  # noqa: S101 - written in the transaction that made the row visible
        return row.answer, False
    answer = work()
    IdempotencyKey.objects.filter(id=row_id).update(answer=answer)
    return answer, True


def was_done(*, scope: str, key: str, since: datetime) -> bool:
    """Whether the work of this key was begun at ``since`` or later and is committed."""
    return IdempotencyKey.objects.filter(scope=scope, key=key, created_at__gte=since).exists()


def _take(scope: str, key: str, fingerprint: str, now: datetime) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO http_idempotencykey (scope, key, fingerprint, created_at) VALUES (%s, %s, %s, %s)
            ON CONFLICT (scope, key) DO NOTHING RETURNING id
            """,
            [scope, key, fingerprint, now],
        )
        found = cursor.fetchone()
    return found[0] if found else None


def forget_old(*, now: datetime) -> int:
    """Drop keys past their time; returns how many."""
    return IdempotencyKey.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]
