"""Import contract ``doors``: a room is entered through its doors only.

Another app, a room for people, the API or the roof may import
``apps.X.services``, ``selectors``, ``enums``, ``errors``, ``events``, and the
modules named in ``public`` because they are pure. Nobody imports another
app's models.
"""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

_DOORS = {"services", "selectors", "enums", "errors", "events"}


class DoorsContract(Contract):
    """Options: ``container`` (the package of the rooms), ``public`` (modules open to all), ``open_to`` (importers
    that are let in anywhere, with the reason beside them)."""

    container = fields.StringField()
    public = fields.SetField(subfield=fields.StringField(), required=False, default=set())
    open_to = fields.SetField(subfield=fields.StringField(), required=False, default=set())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        walls = []
        for imported in sorted(graph.modules):
            room = self._room(imported)
            if room is None or self._is_door(imported, room):
                continue
            for importer in sorted(graph.find_modules_that_directly_import(imported)):
                if not _is_within(importer, room) and not any(
                    _is_within(importer, one) for one in self._open()
                ):
                    lines = [
                        found["line_number"]
                        for found in graph.get_import_details(importer=importer, imported=imported)
                    ]
                    walls.append((importer, imported, lines))
        return ContractCheck(kept=not walls, metadata={"walls": walls})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported, lines in check.metadata["walls"]:
            output.print_error(f"{importer} -> {imported} (l. {', '.join(map(str, lines))})", bold=True)

    def _room(self, module: str) -> str | None:
        parts = module.split(".")
        container: Any = self.container
        return ".".join(parts[:2]) if parts[0] == container and len(parts) > 2 else None

    def _is_door(self, module: str, room: str) -> bool:
        public: Any = self.public
        return module.split(".")[2] in _DOORS or any(_is_within(module, one) for one in public)

    def _open(self) -> set[str]:
        open_to: Any = self.open_to
        return set(open_to)


def _is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
