"""What list was asked for, read from the address. An odd address gives the usual list, never an error."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from apps.dossiers.enums import Channel, InboxSort, InboxView, Status
from apps.dossiers.selectors import Filters


@dataclass(frozen=True, slots=True)
class Asked:
    view: InboxView
    sort: InboxSort
    filters: Filters
    after: str | None

    @property
    def is_filtered(self) -> bool:
        return self.filters != Filters()

    def href(self, **changed: object) -> str:
        """The address of the same list with something changed; a change always starts at its first page."""
        values: dict[str, object] = {
            "view": self.view,
            "sort": self.sort,
            "procedure": self.filters.procedure_code,
            "status": self.filters.status,
            "unit": self.filters.unit_id,
            "channel": self.filters.channel,
            "q": self.filters.text,
        }
        values |= changed
        return "?" + urlencode({name: value for name, value in values.items() if value not in ("", None)})


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


def read_asked(query: QueryDict, *, usual: InboxView) -> Asked:
    view, sort, status = query.get("view", ""), query.get("sort", ""), _number(query.get("status"))
    channel = query.get("channel", "")
    return Asked(
        view=InboxView(view) if view in InboxView.values else usual,
        sort=InboxSort(sort) if sort in InboxSort.values else InboxSort.DUE,
        filters=Filters(
            procedure_code=query.get("procedure", "")[:60],
            status=status if status in Status.values else None,
            unit_id=_number(query.get("unit")),
            channel=channel if channel in Channel.values else "",
            text=query.get("q", "").strip()[:200],
        ),
        after=query.get("after") or None,
    )


def without_text(asked: Asked) -> Asked:
    return replace(asked, filters=replace(asked.filters, text=""))
