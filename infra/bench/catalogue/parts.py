"""The parts of this bench by name, in their order. Each adds its rows to the one table.

A new part: a module with ``measure() -> list[Figure]``, and a line in PARTS. It is imported late, when
Django is ready; the centre is migrated, and who needs the national templates loads them. A part that needs
the real list says so by NEEDS_FACTS; it is left out, and the bench says so, where that is absent.
"""

PARTS = {  # first those that stand on the national templates: real records of the same codes become drafts
    "public": "infra.bench.catalogue.public",
    "publishing": "infra.bench.catalogue.publishing",
    "forms": "infra.bench.catalogue.forms",
    "import": "infra.bench.catalogue.importing",
    "search": "infra.bench.catalogue.searching",  # in what `import` has imported
}
NEEDS_FACTS = frozenset({"import", "search"})
NEEDS = {"search": ("import",)}  # what must be measured before
