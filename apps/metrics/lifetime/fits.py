"""What is known of the brand's models of purchases. Runs inside the brand's door."""

from apps.metrics.models import LifetimeFit

NOT_YET = "The models have not been fitted yet; it is done once a week, and when asked (refitLifetimeModel)."
NO_GAP = "Nobody has bought on two days, so no gap between purchases is usual."


def latest_fit() -> LifetimeFit | None:
    """Return the latest fit, None before the first; one SELECT."""
    return LifetimeFit.objects.order_by("-fitted_at").first()


def why_there_is_none() -> str | None:
    """Return why what rests on the models has no value; None where there are models."""
    fit = latest_fit()
    if fit is None:
        return NOT_YET
    return fit.reason or (NO_GAP if fit.usual_gap_days is None else None)
