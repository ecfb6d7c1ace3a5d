"""Migrations that a fleet can replay while old code still runs.

In a tenant's app nothing may run Python. After ``0001``, when tables hold
rows: an index is made concurrently, or its line says ``# small table: why``;
what old code still reads is taken away only with ``# contract: since which
release nobody uses it``.
"""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

_BREAKING = {"RemoveField", "DeleteModel", "RenameField", "RenameModel", "AlterModelTable"}


def _files() -> list[tuple[str, Path]]:
    ours = Path(settings.ROOT)
    found = []
    for config in apps.get_app_configs():
        folder = Path(config.path) / "migrations"
        if Path(config.path).is_relative_to(ours) and ".venv" not in folder.parts and folder.is_dir():
            found += [(config.name, file) for file in sorted(folder.glob("0*.py"))]
    return found


def count() -> int:
    return len(_files())


def problems() -> Iterator[str]:
    for app, file in _files():
        yield from problems_in(file, tenant_app=app in settings.TENANT_APPS)
    yield from _missing_packages()


def _missing_packages() -> Iterator[str]:
    for config in apps.get_app_configs():
        if (
            config.models_module is None
            or not config.path.startswith(str(settings.ROOT))
            or ".venv" in config.path
        ):
            continue
        try:
            importlib.import_module(f"{config.name}.migrations")
        except ModuleNotFoundError:
            yield f"{config.name}: có models mà không có migrations"


def problems_in(file: Path, *, tenant_app: bool) -> Iterator[str]:
    """The problems of one file, each with its line."""
    source = file.read_text()
    lines = source.splitlines()
    first = file.name.startswith("0001")
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        where = f"{file}:{node.lineno}"
        said = " ".join(lines[max(node.lineno - 2, 0) : node.end_lineno])
        if name == "RunPython" and tenant_app:
            yield f"{where}: RunPython không chạy lại được trên từng lược đồ; tách thành việc chạy nền"
        elif first:
            continue
        elif name in _BREAKING and "# contract:" not in said:
            yield f"{where}: {name} làm hỏng phần mềm cũ đang chạy; ghi “# contract: …” nếu đã hết người dùng"
        elif _makes_index(name, node) and "# small table:" not in said:
            yield f"{where}: chỉ mục trên bảng có dữ liệu: dùng CONCURRENTLY, hoặc ghi “# small table: …”"


def _makes_index(name: str, node: ast.Call) -> bool:
    if name == "AddIndex":
        return True
    if name != "RunSQL" or not node.args:
        return False
    sql = " ".join(
        part.value.upper() for part in ast.walk(node.args[0])
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )  # fmt: skip
    return "CREATE" in sql and " INDEX " in sql and "CONCURRENTLY" not in sql
