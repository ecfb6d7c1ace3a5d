from apps.accounts.models.delegation import Delegation
from apps.accounts.models.duty_assignment import DutyAssignment
from apps.accounts.models.first_link import FirstLink
from apps.accounts.models.user import User

__all__ = ["Delegation", "DutyAssignment", "FirstLink", "User"]
