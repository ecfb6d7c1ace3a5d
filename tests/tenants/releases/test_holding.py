"""Who keeps a table: named while he does, nobody afterwards."""

from tenants.releases.connecting import connect
from tenants.releases.holding import say_holder
from tests.tenants.releases.fleet import locked


def test_say_holder_names_whose_transaction_it_is(gia_lai, ha_noi):
    with connect(name="rollout") as own:
        with locked(gia_lai, "accounts_user"):
            said = say_holder(own, gia_lai.schema_name)
            assert said.startswith("bảng accounts_user do “motcua coffee” giữ (tiến trình ")
            assert say_holder(own, ha_noi.schema_name) == ""
        assert "coffee" not in say_holder(own, gia_lai.schema_name)
