"""The operator of the demo's centre: one person, on the operators' host only."""

from infra.seed.staff import DEMO_PASSWORD
from tenants.registry.context import central_context
from tenants.registry.models import Operator

OPERATOR_USERNAME = "vanhanh"


def seed_operator() -> None:
    with central_context():
        operator = Operator.objects.filter(username=OPERATOR_USERNAME).first() or Operator(
            username=OPERATOR_USERNAME
        )
        operator.full_name = "Nguyễn Vận Hành"
        operator.set_password(DEMO_PASSWORD)
        operator.save()
