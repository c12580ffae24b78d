"""Who stood at the start of a span and what became of them, for CHURN_RATE and RETENTION_RATE alike."""

from apps.metrics.definitions.parts import Component, Reason, Variant, rate

_STOOD = Component("standing.stood", "f.stood")
_LOST = Component("standing.lost", "f.stood AND f.gone")
_KEPT = Component("standing.kept", "f.stood AND NOT f.gone")
_UNKNOWN = Component(
    "standing.unknown",
    "f.began_at IS NULL",
    reasons=(Reason("Since when it is a customer is unknown: it never ordered, and nobody says when it joined."),),
)
_ACTIVE = Component("standing.active", "f.was_active", elaborate=True)
_SILENT = Component("standing.silent", "f.was_active AND f.fell_silent", elaborate=True)
_HEARD = Component("standing.heard", "f.was_active AND NOT f.fell_silent", elaborate=True)
_WAS_ALIVE = "f.p_alive_before >= %(least_p_alive)s"
_IS_ALIVE = "f.p_alive >= %(least_p_alive)s"
_ALIVE = Component("standing.alive", _WAS_ALIVE, elaborate=True)
_DEAD = Component("standing.dead", f"{_WAS_ALIVE} AND NOT {_IS_ALIVE}", elaborate=True)
_STILL_ALIVE = Component("standing.still_alive", f"{_WAS_ALIVE} AND {_IS_ALIVE}", elaborate=True)

_SAYINGS = {
    "CONTRACTUAL": "A customer until it left (churned_at) or its contract ended (CANCELLATION, and no order since).",
    "INACTIVE": "A customer until it has bought nothing for some times the usual gap between two purchases.",
    "P_ALIVE": "A customer until its chance of still being one, by the model of purchases, is too small.",
}


def lost_variants() -> tuple[Variant, ...]:
    """Return the shares of customers that were lost, by each of the ways to tell."""
    return _variants({"CONTRACTUAL": (_LOST, _STOOD), "INACTIVE": (_SILENT, _ACTIVE), "P_ALIVE": (_DEAD, _ALIVE)})


def kept_variants() -> tuple[Variant, ...]:
    """Return the shares of customers that were kept, by each of the ways to tell."""
    return _variants({"CONTRACTUAL": (_KEPT, _STOOD), "INACTIVE": (_HEARD, _ACTIVE), "P_ALIVE": (_STILL_ALIVE, _ALIVE)})


def _variants(parts: dict[str, tuple[Component, Component]]) -> tuple[Variant, ...]:
    return tuple(
        rate(
            key, _SAYINGS[key], above, below, _UNKNOWN if key == "CONTRACTUAL" else None, modelled=key != "CONTRACTUAL"
        )
        for key, (above, below) in parts.items()
    )
