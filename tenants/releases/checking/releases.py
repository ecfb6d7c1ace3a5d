"""Every release over the one before it, and the newest over the code."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from tenants.provisioning.migrating import leaves_in_code
from tenants.releases.checking.findings import Finding, Rule, line_of, short
from tenants.releases.checking.ground import Ground
from tenants.releases.checking.manifests import check_manifests
from tenants.releases.checking.operations import judge
from tenants.releases.collecting import list_reasons
from tenants.releases.drafting import centre_in_code
from tenants.releases.manifests import Manifest, list_manifests


def check_releases() -> list[Finding]:
    """Everything that is wrong, oldest release first. No database is asked. Raises ManifestUnsound."""
    loader = MigrationLoader(None)
    manifests = list_manifests()
    findings = list(check_manifests(manifests, loader, leaves_in_code(), centre_in_code()))
    named = {node for manifest in manifests for node in (*manifest.leaves.items(), *manifest.centre.items())}
    if not named <= loader.graph.nodes.keys():
        return findings  # a migration that is not there cannot be walked to
    for before, after in pairwise(manifests):
        findings += _of_leaves(before.leaves, after.leaves, after, loader, fleet=True)
        findings += _of_leaves(before.centre, after.centre, after, loader, fleet=False)
    return findings + list(_missing_packages())


def _of_leaves(
    before: Mapping[str, str],
    after: Mapping[str, str],
    manifest: Manifest,
    loader: MigrationLoader,
    *,
    fleet: bool,
) -> Iterator[Finding]:
    """``fleet``: migrations of tenant apps, which are replayed; the centre's are carried out by Django, once."""
    state = loader.project_state(sorted(before.items()))
    ground = Ground(state.clone())
    declared = {contract.migration for contract in manifest.contracts}
    for migration in list_pending(before, after, loader):
        if fleet:
            for index, reason in list_reasons(migration):
                yield Finding(line_of(migration, index), Rule.REPLAY, f"không phát lại được: {reason}")
        for index, operation in enumerate(migration.operations):
            was = state.clone()
            operation.state_forwards(migration.app_label, state)
            for problem in judge(operation, migration.app_label, was, state, ground):
                if problem.rule is Rule.BREAKS and f"{migration.app_label}.{migration.name}" in declared:
                    continue
                yield Finding(line_of(migration, index), problem.rule, problem.said)


def list_pending(
    before: Mapping[str, str], after: Mapping[str, str], loader: MigrationLoader
) -> list[Migration]:
    """The migrations from one set of leaves to the next, in the order in which they are carried out."""
    graph = loader.graph
    done = {node for leaf in before.items() for node in graph.forwards_plan(leaf)}
    plan: list[Migration] = []
    for leaf in sorted(after.items()):
        for node in graph.forwards_plan(leaf):
            if node not in done:
                done.add(node)
                plan.append(graph.nodes[node])
    return plan


def _missing_packages() -> Iterator[Finding]:
    """An app with models and no package of migrations is overlooked by Django itself."""
    for config in apps.get_app_configs():
        here = Path(config.path)
        if config.models_module is None or not here.is_relative_to(settings.ROOT) or ".venv" in here.parts:
            continue
        try:
            import_module(f"{config.name}.migrations")
        except ModuleNotFoundError:
            yield Finding(
                short(here), Rule.MANIFEST, "có models mà không có gói migrations; chạy makemigrations"
            )
