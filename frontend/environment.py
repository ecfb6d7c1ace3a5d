"""The Jinja2 environment of all rooms: strict about what is undefined, everything escaped."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django_vite.core.asset_loader import DjangoViteAssetLoader
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from apps.deadlines.wording import sentences
from frontend.filters import FILTERS
from tenants.registry.context import find_current_tenant
from tenants.releases.flags import is_on

# A status is a word and a shape, and only then a colour: tone → icon.
SHAPES = {
    "late": "alert-triangle",
    "near": "clock",
    "done": "circle-check",
    "wait": "clock-pause",
    "plain": "list-check",
}


def _say(message: str, **places: Any) -> Markup:
    """gettext as Jinja's newstyle has it, the values escaped; a text without places is not put through ``%``."""
    text = Markup(gettext(message))  # noqa: S704  msgids are ours
    return text % places if places or "%" in text else text


def _url(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs)


def _flag(key: str) -> bool:
    """``{% if flag("new-map") %}``: whether it is switched on for the tenant of this page; never at the centre."""
    tenant = find_current_tenant()
    return tenant is not None and is_on(key=key, tenant=tenant)


@lru_cache(maxsize=8)  # of the build on disk, the same for all tenants
def vite(entry: str) -> Markup:
    """The tags of a built entry: its style sheets and its script."""
    return Markup(DjangoViteAssetLoader.instance().generate_vite_asset(entry))  # noqa: S704  written by the build


def environment(**options: Any) -> Environment:
    options.update(undefined=StrictUndefined, auto_reload=False, trim_blocks=True, lstrip_blocks=True)
    made = Environment(**options | {"autoescape": True, "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"]})  # noqa: S701
    made.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext)  # type: ignore[attr-defined]
    made.globals.update(gettext=_say, _=_say)
    made.policies["ext.i18n.trimmed"] = True
    made.globals.update(
        url=_url, static=static, vite=vite, language=get_language, due_sentences=sentences, flag=_flag
    )
    made.globals.update(icons=static("icons.svg"), shapes=SHAPES)
    made.filters.update(FILTERS)
    return made
