"""Why a storage, a disk or a bucket, does not do what it was asked: in words, and without a name of its own."""

import errno
import os
from enum import Enum
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Cause(Enum):
    KEY = "key"
    RIGHT = "right"
    BUCKET = "bucket"
    FULL = "full"
    BUSY = "busy"
    AWAY = "away"
    TLS = "tls"
    CLOCK = "clock"
    CHANGED = "changed"
    OTHER = "other"


class StoreFault(OSError):
    """A bucket did not do it. ``code`` is the server's own word or the name of what failed on the way to it.

    An OSError, as Django's storages promise: who can live with a full disk can live with a bucket that is away.
    It holds nothing of the request: neither a credential nor a header goes from here into a log or a page.
    """

    WORDS: ClassVar[dict[Cause, str | Promise]] = {
        Cause.KEY: gettext_lazy("khóa truy cập không đúng hoặc đã hết hạn"),
        Cause.RIGHT: gettext_lazy("khóa truy cập không đúng hoặc không có quyền này"),
        Cause.BUCKET: gettext_lazy("không có kho (bucket) đã khai"),
        Cause.FULL: gettext_lazy("kho tệp hết chỗ"),
        Cause.BUSY: gettext_lazy("máy chủ kho tệp đang quá tải hoặc bảo trì"),
        Cause.AWAY: gettext_lazy("không kết nối được máy chủ kho tệp"),
        Cause.TLS: gettext_lazy("chứng chỉ TLS của máy chủ kho tệp không được tin"),
        Cause.CLOCK: gettext_lazy("đồng hồ của máy này lệch so với máy chủ kho tệp"),
        Cause.CHANGED: gettext_lazy("nội dung nhận được không khớp mã kiểm của kho tệp"),
        Cause.OTHER: gettext_lazy("máy chủ kho tệp từ chối"),
    }

    def __init__(self, cause: Cause, code: str, operation: str = "") -> None:
        super().__init__(f"{code} {operation}".strip())
        self.cause, self.code = cause, code

    @property
    def why(self) -> str:
        return f"{self.WORDS[self.cause]} ({self.code})"


def words_of(fault: OSError) -> str:
    """Of a disk or of a bucket, for a person."""
    if isinstance(fault, StoreFault):
        return fault.why
    known = {
        errno.ENOSPC: _("hết chỗ trên ổ đĩa"),
        errno.EDQUOT: _("vượt hạn mức ổ đĩa"),
        errno.EFBIG: _("vượt cỡ tệp cho phép"),
        errno.EACCES: _("không có quyền"),
        errno.EPERM: _("không có quyền"),
        errno.ENOENT: _("không có thư mục hoặc tệp này"),
        errno.EISDIR: _("đây là thư mục"),
        errno.ENOTDIR: _("đây không phải là thư mục"),
        errno.EROFS: _("ổ đĩa chỉ đọc được"),
    }
    return known.get(fault.errno or 0, os.strerror(fault.errno or 0))
