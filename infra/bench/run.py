"""The whole bench in order: rows, doors, measurements, table."""

import django

from infra.bench.progress import say, step
from infra.bench.settings import DOSSIERS, RESULTS


def run(*, fresh: bool) -> None:
    """Misses are printed, not raised: the bench tells, it does not judge."""
    django.setup()
    # Imported late: models are ready only now.
    from infra.bench import report
    from infra.bench.house import prepare_house
    from infra.bench.measurements import measure_all
    from infra.bench.server import describe_server

    prepare_house(dossiers=DOSSIERS, fresh=fresh)
    server = describe_server()
    with step("Đo: hai bên xen kẽ từng yêu cầu"):
        measured = measure_all()
    report.write(RESULTS, server, measured)
    say(report.table(server, measured))
