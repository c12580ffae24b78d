from django.db import models

from apps.journeys.models.keyed import Keyed


class Department(Keyed):
    """A part of the company: owns touchpoints, and makes promises."""

    name = models.CharField(max_length=200)
