"""The brands of the demo and their sizes."""

from dataclasses import dataclass, replace
from types import ModuleType

from config.demo.story.words import english, german


@dataclass(frozen=True)
class Plan:
    """One brand. Natural keys are the same in every brand; what people say is in the brand's language."""

    slug: str
    name: str
    time_zone: str
    currency: str
    locale: str
    words: ModuleType
    customers: int
    agents: int
    first_contacts_a_week: int
    orders_a_week: int
    relational_answers_a_week: int
    countries: tuple[tuple[str, float], ...]
    languages: tuple[tuple[str, float], ...]


ACME = Plan(
    slug="acme",
    name="Acme Outfitters",
    time_zone="America/New_York",
    currency="USD",
    locale="en",
    words=english,
    customers=6_500,
    agents=25,
    first_contacts_a_week=355,
    orders_a_week=110,
    relational_answers_a_week=36,
    countries=(("US", 0.82), ("CA", 0.13), ("MX", 0.05)),
    languages=(("en", 0.86), ("es", 0.10), ("fr", 0.04)),
)
GLOBEX = Plan(
    slug="globex",
    name="Globex Versand",
    time_zone="Europe/Berlin",
    currency="EUR",
    locale="de",
    words=german,
    customers=2_400,
    agents=12,
    first_contacts_a_week=120,
    orders_a_week=40,
    relational_answers_a_week=12,
    countries=(("DE", 0.78), ("AT", 0.13), ("CH", 0.09)),
    languages=(("de", 0.90), ("en", 0.06), ("fr", 0.04)),
)
PLANS = (ACME, GLOBEX)


def a_twentieth(plan: Plan) -> Plan:
    """Return the same brand with a twentieth of the data, for trials where the numbers do not matter."""
    return replace(
        plan,
        customers=plan.customers // 20,
        first_contacts_a_week=plan.first_contacts_a_week // 20,
        orders_a_week=plan.orders_a_week // 20,
        relational_answers_a_week=max(1, plan.relational_answers_a_week // 20),
    )
