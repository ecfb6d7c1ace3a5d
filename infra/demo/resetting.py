"""``make demo-reset``: the next start begins from nothing."""

import fcntl
import sys

from infra.demo.settings import HOME
from infra.services import ServicesDown, stop_services
from infra.services.place import forget_place


def reset() -> int:
    """Only the embedded servers' data: a database that DATABASE_URL names is somebody else's."""
    if not HOME.exists():
        print("Không có gì để xóa.")
        return 0
    with (HOME / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Bản demo đang chạy; hãy dừng nó (Ctrl-C) trước.", file=sys.stderr)
            return 1
        try:
            stop_services(HOME)
        except ServicesDown as failure:
            print(failure, file=sys.stderr)
            return 1
        forget_place(HOME)
    print(f"Đã xóa {HOME}. Lần “make demo” sau bắt đầu từ đầu.")
    return 0
