"""The table of addresses and accounts, printed when the house is open."""

from infra.demo.settings import HOME, OPERATORS_HOST, PORT, TENANTS
from infra.seed.accounts import OPERATOR_USERNAME, REVIEWER_USERNAME
from infra.seed.clients import CLIENT_SECRET, client_id
from infra.seed.staff import DEMO_ACCOUNTS, DEMO_PASSWORD


def welcome() -> str:
    lines = ["", "  Một Cửa đã mở cửa", ""]
    addresses = [(one.name, one.host) for one in TENANTS] + [("Vận hành trung ương", OPERATORS_HOST)]
    lines += [f"    {name:<22} http://{host}:{PORT}/" for name, host in addresses]
    lines += ["", f"  Tài khoản ở mỗi bộ, tỉnh (mật khẩu chung: {DEMO_PASSWORD})", ""]
    for account in DEMO_ACCOUNTS:
        duties = ", ".join(str(duty.label) for duty in account.duties)
        lines.append(f"    {account.username:<14} {duties:<42} {account.full_name}")
    lines += [
        "",
        f"    {OPERATOR_USERNAME:<14} vận hành trung ương, chỉ ở http://{OPERATORS_HOST}:{PORT}/",
        f"    {REVIEWER_USERNAME:<14} người thứ hai ở trung ương, thẩm định và công bố thủ tục quốc gia",
        "",
        f"  Phần mềm kết nối (client_secret: {CLIENT_SECRET})",
        "",
        *(f"    {one.name:<22} client_id {client_id(one.code)}" for one in TENANTS),
        "",
    ]
    lines += [f"  Nhật ký: {HOME / 'log'}    Dừng: Ctrl-C    Làm lại từ đầu: make demo-reset", ""]
    return "\n".join(lines)
