"""Reading what is in force: cheap, paged, found without marks, never another tenant's."""

from datetime import date, timedelta

import pytest

from apps.catalogue import selectors as catalogue
from apps.catalogue import services as catalogue_services
from apps.procedures import selectors, services
from apps.procedures.errors import AdoptedVersionUnknown
from apps.procedures.models import AdoptedVersion
from tenants.registry.context import central_context, tenant_context
from tenants.registry.models import Tenant
from tests.publishing import publish_by_two

CODE = "1.001193"
TODAY = date(2026, 11, 23)


def adopt(national, by, now, code=CODE, overrides=(), **more) -> AdoptedVersion:
    return services.adopt(
        template_version_id=national[code], overrides=list(overrides), by=by, now=now, **more
    )


def new_template(operator, now, code=CODE, *, days=0, rings=catalogue_services.EVERY_RING, **changes):
    """A further published version of a national template; its public id."""
    with central_context():
        content = catalogue.find_newest_published(code).content
        draft = catalogue_services.create_draft(
            code=code, content={**content, **changes}, by=operator, now=now
        )
        publish_by_two(
            version_id=draft.id,
            effective_from=TODAY + timedelta(days=days),
            rings=rings,
            by=operator,
            now=now,
        )
    return draft.public_id


def test_get_version_in_force_costs_one_small_statement_when_warm(
    national, controller, now, django_assert_num_queries
) -> None:
    version = adopt(national, controller, now)
    selectors.get_version_in_force(CODE, TODAY)
    with django_assert_num_queries(1) as captured:
        selectors.get_version_in_force(CODE, TODAY)
    assert '"content"' not in captured[0]["sql"]
    selectors.get_version(version.id)
    with django_assert_num_queries(0):
        selectors.get_version(version.id)
    with pytest.raises(AdoptedVersionUnknown):
        selectors.get_version(0)


def test_list_procedures_pages_by_code_and_finds_without_marks(
    national, controller, now, django_assert_num_queries
) -> None:
    for code in national:
        adopt(national, controller, now, code=code)
    first = selectors.list_procedures(on=TODAY, limit=5)
    assert [row.code for row in first.rows] == sorted(national)[:5]
    rest = selectors.list_procedures(on=TODAY, after=first.after, limit=50)
    assert [row.code for row in rest.rows] == sorted(national)[5:]
    assert rest.after is None
    for limit in (1, 3):
        with django_assert_num_queries(1):
            assert len(selectors.list_procedures(on=TODAY, limit=limit).rows) == limit
    assert [row.code for row in selectors.list_procedures(on=TODAY, q="giay phep XÂY dung").rows] == [
        "1.013225"
    ]
    assert [row.code for row in selectors.list_procedures(on=TODAY, q="2.000635").rows] == ["2.000635"]
    assert len(selectors.list_procedures(on=TODAY, field="G01-CA05").rows) == 2
    assert ("G15-TP07", "Hộ tịch") in selectors.list_fields(on=TODAY)
    assert selectors.list_procedures(on=TODAY - timedelta(days=1)).rows == []


def test_list_offers_shows_what_is_newer_at_the_centre(national, operator, controller, now) -> None:
    adopt(national, controller, now)
    adopt(national, controller, now, code="1.000894")
    new_template(operator, now, name="Mới")
    offers = {offer.code: offer for offer in selectors.list_offers(on=TODAY)}
    assert (offers[CODE].number, offers[CODE].adopted_number, offers[CODE].is_newer) == (2, 1, True)
    assert not offers["1.000894"].is_newer
    assert offers["1.000656"].adopted_number is None


def test_list_offers_shows_each_tenant_what_its_ring_may_have(
    national, operator, controller, now, in_gia_lai, ha_noi
) -> None:
    """Two tenants in two rings. Drop ``ring=`` in list_offers and Hà Nội is shown what only pilots try."""
    adopt(national, controller, now)
    version = new_template(operator, now, name="Mới", rings=["PILOT"])
    in_gia_lai.ring = "PILOT"
    assert _offered() == (2, 2)
    with tenant_context(ha_noi):
        assert _offered() == (1, 1)
        with central_context():
            catalogue_services.offer_version(version=version, rings=["GENERAL"], by=operator, now=now)
        assert _offered() == (2, 2)


def test_find_offer_is_never_older_than_what_runs_here(
    national, operator, controller, now, in_gia_lai
) -> None:
    version = new_template(operator, now, name="Mới", rings=["PILOT"])
    with central_context():
        Tenant.objects.filter(code="H21").update(ring="PILOT")
    services.adopt(template_version_id=version, overrides=[], by=controller, now=now)
    in_gia_lai.ring = "GENERAL"
    assert _offered() == (1, 2)


def _offered() -> tuple[int, int]:
    (offer,) = (offer for offer in selectors.list_offers(on=TODAY) if offer.code == CODE)
    return offer.number, selectors.find_offer(CODE, on=TODAY).number


def test_another_tenant_sees_nothing_of_it(national, controller, now, ha_noi) -> None:
    version = adopt(national, controller, now)
    selectors.get_version(version.id)
    with tenant_context(ha_noi):
        assert selectors.get_version_in_force(CODE, TODAY) is None
        assert selectors.list_procedures(on=TODAY).rows == []
        with pytest.raises(AdoptedVersionUnknown):
            selectors.get_version(version.id)
        other = adopt(national, controller, now)
        found = selectors.get_version_in_force(CODE, TODAY)
        assert found is not None
        assert found.public_id == other.public_id != version.public_id
