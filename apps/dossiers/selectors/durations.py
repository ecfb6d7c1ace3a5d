"""How long dossiers took, procedure by procedure: numbers only, no dossier is named."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

# One reading of what was finished lately. The index dossier_finished_by_procedure belongs to a later release;
# without it this is one scan a night. A probe's dossier is withdrawn and never finished.
_DURATIONS = """
SELECT procedure_code, count(*),
       ceil(percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds))::bigint,
       ceil(percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds))::bigint
  FROM (SELECT procedure_code, greatest(0, extract(epoch FROM finished_at - accepted_at)) AS seconds
          FROM dossiers_dossier
         WHERE finished_at >= %s AND finished_at < %s AND accepted_at IS NOT NULL) AS finished
 GROUP BY procedure_code
 ORDER BY procedure_code
"""


@dataclass(frozen=True, slots=True)
class Durations:
    """Seconds from acceptance to the finished result; ``ninth``: nine of ten took no longer."""

    procedure_code: str
    dossiers: int
    median_seconds: int
    ninth_seconds: int


def list_durations(*, since: datetime, until: datetime) -> list[Durations]:
    """Of what was finished from ``since`` up to, and without, ``until``. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_DURATIONS, [since, until])
        return [Durations(*row) for row in cursor.fetchall()]
