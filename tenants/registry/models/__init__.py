from tenants.registry.models.domain import Domain
from tenants.registry.models.operator import Operator
from tenants.registry.models.operator_act import OperatorAct
from tenants.registry.models.tenant import Tenant
from tenants.registry.models.tenant_alias import TenantAlias
from tenants.registry.models.tenant_report import TenantReport

__all__ = ["Domain", "Operator", "OperatorAct", "Tenant", "TenantAlias", "TenantReport"]
