from tenants.registry.models.domain import Domain
from tenants.registry.models.operator import Operator
from tenants.registry.models.tenant import Tenant

__all__ = ["Domain", "Operator", "Tenant"]
