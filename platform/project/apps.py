from django.apps import AppConfig
from django.conf import settings


class ProjectConfig(AppConfig):
    name = "project"

    def ready(self) -> None:
        # Imported late: models are loaded only now.
        from apps.catalogue.process_check import set_process_checker
        from apps.catalogue.tenant_work import TenantWork, set_tenant_work
        from apps.notifications.services import set_after_telling
        from kernel import log
        from kernel.files.selectors import set_key_guard
        from kernel.files.services import set_key_maker, set_other_claims
        from kernel.outbox.services import set_after_publish
        from project.flags import FLAGS
        from project.gates import MEASURES
        from project.late import (
            check_process,
            find_kept_keys,
            get_checks,
            get_merging,
            get_steps,
            issue_missing_links,
            kick,
            measure_effect,
            send_letters,
            wake,
            wake_effect,
            wake_offer,
            wake_onboarding,
            wake_work,
        )
        from project.upgrade_trace import trace_upgrade
        from tenants.provisioning.archive.names import set_release_namer
        from tenants.provisioning.birth import set_settled_release
        from tenants.provisioning.onboarding.links import set_link_issuer
        from tenants.provisioning.onboarding.steps import set_steps
        from tenants.provisioning.onboarding.waking import set_job_wake
        from tenants.provisioning.readiness.checks import set_checks
        from tenants.provisioning.working.declared import set_merge_declaration
        from tenants.provisioning.working.jobs import set_work_wake
        from tenants.registry.minimum import set_minimum_release
        from tenants.registry.storage import require_own_key, tenant_key
        from tenants.releases.gates import set_measures
        from tenants.releases.known_flags import set_known_flags
        from tenants.releases.manifests import get_minimum_of_code
        from tenants.releases.selectors import find_settled_release, get_release_name
        from tenants.releases.tracing import set_tenant_trace
        from tenants.releases.waking import set_waker

        set_waker(wake)
        set_steps(get_steps)
        set_checks(get_checks)
        set_link_issuer(issue_missing_links)
        set_job_wake(wake_onboarding)
        set_work_wake(wake_work)
        set_merge_declaration(get_merging)
        log.configure(json=not settings.DEBUG)
        set_after_publish(kick)
        set_after_telling(send_letters)
        set_key_maker(tenant_key)
        set_key_guard(require_own_key)
        set_other_claims(find_kept_keys)
        set_release_namer(get_release_name)
        set_settled_release(find_settled_release)
        set_process_checker(check_process)
        set_tenant_work(
            TenantWork(wake_effect=wake_effect, measure_effect=measure_effect, wake_offer=wake_offer)
        )
        set_measures(MEASURES)
        set_known_flags(FLAGS)
        set_tenant_trace(trace_upgrade)
        set_minimum_release(get_minimum_of_code)
