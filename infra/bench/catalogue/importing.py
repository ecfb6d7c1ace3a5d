"""The national list and the full records as a steward imports them: by the command, with findings."""

from infra.bench.catalogue.commands import manage
from infra.bench.catalogue.settings import LIST, RECORDS
from infra.bench.fleet.figures import Figure
from infra.bench.progress import say, step

MOST_SECONDS, MOST_SECONDS_AGAIN, MOST_MEGABYTES = 60, 20, 500


def measure() -> list[Figure]:
    with step("Nhập danh mục quốc gia lần đầu"):
        first = manage("catalogue", "import", str(LIST), "--whole", "--accept-all")
    say(first.said.rstrip())
    with step("Nhập lại, không có gì thay đổi"):
        again = manage("catalogue", "import", str(LIST), "--whole")
    say(again.said.splitlines()[0])
    with step("Nhập hồ sơ đầy đủ"):
        records = manage("catalogue", "import", str(RECORDS))
    return [
        Figure("import", "Nhập toàn bộ danh mục, có điểm cần xem", first.seconds, at_most=MOST_SECONDS),
        Figure("import-memory", "  bộ nhớ lớn nhất", first.megabytes, "MB", at_most=MOST_MEGABYTES),
        Figure("import-again", "Nhập lại, không thay đổi", again.seconds, at_most=MOST_SECONDS_AGAIN),
        Figure("import-again-memory", "  bộ nhớ lớn nhất", again.megabytes, "MB", at_most=MOST_MEGABYTES),
        Figure("import-records", "Nhập 30 hồ sơ đầy đủ", records.seconds),
    ]
