"""The operators of the demo's centre, on the operators' host only: two, for nobody publishes what he wrote himself."""

from infra.seed.staff import DEMO_PASSWORD
from tenants.registry.context import central_context
from tenants.registry.models import Operator

OPERATOR_USERNAME, REVIEWER_USERNAME = "vanhanh", "thamdinh"
_NAMES = {OPERATOR_USERNAME: "Nguyễn Vận Hành", REVIEWER_USERNAME: "Phạm Thị Thẩm Định"}


def seed_operators() -> None:
    with central_context():
        for username, full_name in _NAMES.items():
            operator = Operator.objects.filter(username=username).first() or Operator(username=username)
            operator.full_name = full_name
            operator.set_password(DEMO_PASSWORD)
            operator.save()
