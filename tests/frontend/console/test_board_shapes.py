"""The board's column of schemas: each with its fingerprint, and whether it is its release's, or that nobody has looked."""

import pytest

from project.rollouts import look_at_shapes
from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.releases.models import Release, Rollout, Seat
from tenants.releases.selectors import find_active_rollout


@pytest.fixture
def begun(operator, newest) -> Rollout:
    given = {"release": newest.name, "parallel": "4", "soak_seconds": "0", "rehearse": "1"}
    assert operator.post("/rollouts/start/", given).status_code == 302
    return find_active_rollout()


def test_a_schema_s_fingerprint_is_its_release_s_until_somebody_compares(operator, begun):
    page = operator.get(f"/rollouts/{begun.id}/").content.decode()
    with central_context():
        before = Release.objects.get(number=begun.release.number - 1).fingerprint
        Tenant.objects.filter(code="H21").update(release=begun.release.number)
    assert page.count(f'<span class="mono">{before[:8]}</span>') == 2
    assert "khớp" not in page
    assert page.count("chưa đối chiếu") == 2
    page = operator.get(f"/rollouts/{begun.id}/").content.decode()
    assert f'<span class="mono">{begun.release.fingerprint[:8]}</span>' in page
    assert page.count(f'<span class="mono">{before[:8]}</span>') == 1
    with central_context():
        Seat.objects.filter(rollout=begun, tenant__code="H26").update(state="DRIFTED")
    page = operator.get(f"/rollouts/{begun.id}/").content.decode()
    assert before[:8] not in page
    assert 'href="/drift/?code=H26"' in page


def test_schemas_are_compared_when_asked(operator, begun):
    assert operator.post("/rollouts/shapes/").status_code == 302
    page = operator.get(f"/rollouts/{begun.id}/").content.decode()
    # Both schemas are the newest's, and their rows say one before it: that is a difference.
    assert page.count("lệch") >= 2
    assert 'href="/drift/?code=H21"' in page
    with central_context():
        Tenant.objects.filter(code="H21").update(release=begun.release.number)
    assert "khớp" in operator.get(f"/rollouts/{begun.id}/").content.decode()


def test_the_clock_compares_schemas_once_a_day(operator, begun):
    look_at_shapes()
    page = operator.get(f"/rollouts/{begun.id}/").content.decode()
    assert "chưa đối chiếu" not in page
    assert 'href="/drift/?code=H21"' in page
