"""What can be wrong with a manifest itself."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from django.db.migrations.loader import MigrationLoader

from tenants.releases.checking.findings import Finding, Rule, short
from tenants.releases.manifests import Manifest


def check_manifests(
    manifests: list[Manifest], loader: MigrationLoader, leaves: Mapping[str, str], centre: Mapping[str, str]
) -> Iterator[Finding]:
    """``leaves`` and ``centre``: the last migrations that the code has."""
    newest, numbers = manifests[-1], {manifest.name: manifest.number for manifest in manifests}
    for table, named, in_code in (("leaves", newest.leaves, leaves), ("centre", newest.centre, centre)):
        differing = sorted({app for app, _name in {*named.items()} ^ {*in_code.items()}})
        if differing:
            yield _found(
                newest,
                f"[{table}] khác với mã nguồn ({', '.join(differing)}); chạy “manage.py release draft”",
            )
    for manifest in manifests:
        for app, name in {**manifest.leaves, **manifest.centre}.items():
            if (app, name) not in loader.graph.nodes:
                yield _found(manifest, f"[leaves] ghi {app}.{name} mà mã nguồn không có migration này")
    for before, after in pairwise(manifests):
        yield from _line(before, after, numbers, loader)
        yield from _contracts(before, after, numbers)


def _line(
    before: Manifest, after: Manifest, numbers: Mapping[str, int], loader: MigrationLoader
) -> Iterator[Finding]:
    for app, name in before.leaves.items():
        leaf = (app, after.leaves.get(app, ""))
        if not leaf[1]:
            yield _found(
                after, f"[leaves] thiếu {app} mà bản trước có; bảng của ứng dụng bỏ đi phải được xóa dần"
            )
        elif leaf in loader.graph.nodes and (app, name) not in loader.graph.forwards_plan(leaf):
            yield _found(
                after, f"[leaves] {app} lùi từ {name} về {leaf[1]}; bản sau không đứng trước bản trước"
            )
    if numbers[after.serves_code_from] == after.number:
        yield _found(
            after,
            f"serves_code_from = {after.name}: phần mềm bản trước không chạy được trong lúc cập nhật; "
            "tách thành bản mở rộng rồi bản thu gọn",
        )
    if numbers[after.serves_code_from] < numbers[before.serves_code_from]:
        yield _found(after, f"serves_code_from lùi từ {before.serves_code_from} về {after.serves_code_from}")


def _contracts(before: Manifest, after: Manifest, numbers: Mapping[str, int]) -> Iterator[Finding]:
    for contract in after.contracts:
        since = numbers.get(contract.since)
        if since is None or since > before.number:
            yield _found(
                after,
                f"[[contract]] {contract.migration}: since phải là một bản trước đó, không phải “{contract.since}”",
            )
        elif numbers[after.serves_code_from] < since:
            yield _found(
                after,
                f"[[contract]] {contract.migration} thu gọn điều mà bản trước {contract.since} còn dùng, "
                f"nên serves_code_from phải từ {contract.since}, không phải {after.serves_code_from}",
            )
        app, _, name = contract.migration.partition(".")
        if (before.leaves | before.centre).get(app) == name or app not in after.leaves | after.centre:
            yield _found(after, f"[[contract]] {contract.migration} không phải migration của bản này")


def _found(manifest: Manifest, said: str) -> Finding:
    return Finding(short(manifest.file), Rule.MANIFEST, said)
