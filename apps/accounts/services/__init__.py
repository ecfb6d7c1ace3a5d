from apps.accounts.services.assigning import assign_duty, revoke_duty
from apps.accounts.services.creating import create_program, create_user, folded_names
from apps.accounts.services.delegating import delegate, end_delegation
from apps.accounts.services.editing import edit_user, set_password
from apps.accounts.services.first_links import issue_first_link, use_first_link
from apps.accounts.services.importing import NewPerson, import_staff
from apps.accounts.services.probing import lend_account, take_account_back
from apps.accounts.services.retiring import HandOver, retire_user

__all__ = [
    "HandOver",
    "NewPerson",
    "assign_duty",
    "create_program",
    "create_user",
    "delegate",
    "edit_user",
    "end_delegation",
    "folded_names",
    "import_staff",
    "issue_first_link",
    "lend_account",
    "retire_user",
    "revoke_duty",
    "set_password",
    "take_account_back",
    "use_first_link",
]
