"""A person who signs in at a tenant, or a program that acts for one."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class User(AbstractBaseUser):
    """Lives in the tenant's schema: the same name in two tenants is two people."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(unique=True)
    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    name_sort = models.CharField(max_length=400)
    name_search = models.CharField(max_length=200)  # name and username, folded
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True)
    is_active = models.BooleanField(default=True)
    is_program = models.BooleanField(default=False)  # behind an API client; cannot sign in

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects: ClassVar[BaseUserManager] = BaseUserManager()
