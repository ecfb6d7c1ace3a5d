"""Codes and secrets of dossiers."""

import re
import secrets
from datetime import date

from django.core.cache import cache
from django.db import connection

from apps.dossiers.errors import CodeInvalid
from apps.dossiers.models import IntakeRules

# What real systems write: new and old agency codes, six or eight digits of date, four to seven of number.
_FOREIGN = re.compile(r"(?=.{8,60}\Z)([A-Z]\d{2}(\.\d{1,3})*|\d{3}(\.\d{2}){2}\.[A-Z]\d{2})-\d{6,8}-\d{4,7}")
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"  # none that is read as another
_SECRET_LENGTH = 8
_RULES_KEY = "dossiers:intake-rules"


def get_rules() -> IntakeRules:
    """The tenant's rules, or the defaults; from the cache."""
    rules = cache.get(_RULES_KEY)
    if rules is None:
        rules = IntakeRules.objects.filter(id=1).first() or IntakeRules()
        cache.set(_RULES_KEY, rules)
    return rules


def next_code(*, agency_code: str, day: date) -> str:
    """The next code of the agency's day. One statement: two desks never get the same number.

    The row stays locked until the transaction ends, so a refused intake gives its number back.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO dossiers_codecounter (agency_code, day, last) VALUES (%s, %s, 1)
            ON CONFLICT (agency_code, day) DO UPDATE SET last = dossiers_codecounter.last + 1
            RETURNING last
            """,
            [agency_code, day],
        )
        number = cursor.fetchone()[0]
    return get_rules().code_pattern.format(agency=agency_code, day=day, number=number)


def require_foreign_code(value: str) -> str:
    value = value.strip().upper()
    if not _FOREIGN.fullmatch(value):
        raise CodeInvalid(field="foreign_code", value=value)
    return value


def new_secret() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_SECRET_LENGTH))
