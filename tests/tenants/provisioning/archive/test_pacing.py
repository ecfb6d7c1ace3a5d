"""An export or a restore rests while people work, and only then."""

from types import SimpleNamespace

import pytest

from tenants.provisioning.archive import pacing
from tenants.provisioning.archive.pacing import Pace
from tenants.registry.figures.lookout import Lookout


@pytest.mark.parametrize(("share", "busy", "slept"), [(7.0, True, [14.0]), (7.0, False, []), (0.0, True, [])])
def test_rest_is_a_share_of_what_was_worked_while_people_work(settings, monkeypatch, share, busy, slept):
    """Seen to fail while it rested whether or not anybody was there."""
    settings.TENANT_ARCHIVE_REST = share
    rests: list[float] = []
    moments = iter([100.0, 102.0, 116.0])
    monkeypatch.setattr(pacing, "time", SimpleNamespace(monotonic=lambda: next(moments), sleep=rests.append))
    Pace(Lookout(lambda: busy)).rest()
    assert rests == slept
