"""The shape of what a tenant tells the centre about a version: counts, and ids of the catalogue. Pure.

Closed on purpose: a dossier's code, a name or a unit has no place in it, so it
cannot cross by a slip.
"""

from typing import Any

from jsonschema import Draft202012Validator

_COUNT = {"type": "integer", "minimum": 0}
_ID = {"type": "string", "maxLength": 200, "pattern": "^[a-zA-Z0-9_./:%-]+$"}


def _closed(required: tuple[str, ...], /, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }


CAUSES = ("cases", "channels", "papers", "removed", "required", "narrower")
CLIENTS = ("programs", "dossiers", *CAUSES, "unjudged")

# adopted: number of the national version that runs here, None: not adopted.
# open: dossiers of the procedure under way; all of them keep their rules unless a correction flows.
# running: those whose time is being counted. earlier, later: whose due date would move if the new limit were applied.
# histogram: days that a due date would move → how many. corrected: path → dossiers that get the new words.
# nobody: steps of the new process that nobody may do somewhere, and at how many units.
# clients: programs that handed in dossiers as the version would no longer take them, how many dossiers, and how many
# programs by what of it; unjudged: dossiers that were too many to be looked at.
FIGURES: dict[str, Any] = _closed(
    (
        "adopted",
        "overrides",
        "conflicts",
        "open",
        "running",
        "earlier",
        "later",
        "histogram",
        "corrected",
        "nobody",
        "clients",
    ),
    adopted={"type": ["integer", "null"], "minimum": 1},
    overrides=_COUNT,
    conflicts=_COUNT,
    open=_COUNT,
    running=_COUNT,
    earlier=_COUNT,
    later=_COUNT,
    histogram={
        "type": "object",
        "propertyNames": {"pattern": "^-?[0-9]{1,4}$"},
        "additionalProperties": _COUNT,
    },
    corrected={"type": "object", "propertyNames": _ID, "additionalProperties": _COUNT},
    nobody={
        "type": "array",
        "maxItems": 200,
        "items": _closed(("step", "duty", "units"), step=_ID, duty=_ID, units=_COUNT),
    },
    clients=_closed(CLIENTS, **dict.fromkeys(CLIENTS, _COUNT)),
)
_SHAPE = Draft202012Validator(FIGURES)


def check_figures(figures: dict[str, Any]) -> None:
    """Raises ValueError: what does not fit is a fault of ours, and nothing of it is told."""
    wrong = next(_SHAPE.iter_errors(figures), None)
    if wrong is not None:
        raise ValueError(f"figures of an effect: {'.'.join(map(str, wrong.absolute_path))} {wrong.validator}")


def sum_up(all_figures: list[dict[str, Any]]) -> dict[str, Any]:
    """Over all tenants that have answered: the counts added, the histograms laid over each other."""
    histogram: dict[str, int] = {}
    for figures in all_figures:
        for days, count in figures["histogram"].items():
            histogram[days] = histogram.get(days, 0) + count
    days = sorted(int(key) for key in histogram)
    keys = ("open", "running", "earlier", "later", "conflicts")
    return {
        **{key: sum(figures[key] for figures in all_figures) for key in keys},
        "corrected": sum(max(figures["corrected"].values(), default=0) for figures in all_figures),
        "histogram": [(day, histogram[str(day)]) for day in days],
        "least_days": days[0] if days else None,
        "most_days": days[-1] if days else None,
        "nobody": sum(len(figures["nobody"]) for figures in all_figures),
        "clients": {
            # An answer of the release before knows programs and dossiers only.
            key: sum(figures["clients"].get(key, 0) for figures in all_figures)
            for key in CLIENTS
        },
        "adopted": sum(figures["adopted"] is not None for figures in all_figures),
    }
