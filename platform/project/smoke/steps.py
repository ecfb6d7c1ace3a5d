"""The steps of the check, in words; apart from the check, which imports every room that it walks through."""

from django.db import models
from django.utils.translation import gettext_lazy


class Step(models.TextChoices):
    REACH = "reach", gettext_lazy("Mở trang đăng nhập")
    SIGN_IN = "sign-in", gettext_lazy("Đăng nhập")
    INBOX = "inbox", gettext_lazy("Mở danh sách việc")
    SUBMIT = "submit", gettext_lazy("Nộp hồ sơ thử")
    WITHDRAW = "withdraw", gettext_lazy("Rút hồ sơ thử")
    SIGN_OUT = "sign-out", gettext_lazy("Đăng xuất")
