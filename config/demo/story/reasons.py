"""Why customers contact, and what the redesign does to it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """A node of the tree: its share of first contacts, how many of them the redesign spares, and how often it
    takes another contact within a week."""

    path: str
    touchpoint: str
    queue: str
    share: float
    cured: float
    fails: float

    @property
    def hurts(self) -> bool:
        """Tell whether the journey, not the service, is what is wrong."""
        return self.cured > 0


RETURN_POLICY = Reason("Returns/Return policy unclear", "returns", "returns", 0.290, 0.410, 0.34)
PAYMENT_FAILS = Reason("Checkout/Payment fails", "checkout", "orders", 0.245, 0.300, 0.31)
REASONS = (
    RETURN_POLICY,
    PAYMENT_FAILS,
    Reason("Returns/Refund not received", "returns", "returns", 0.070, 0.0, 0.25),
    Reason("Returns/Return label missing", "returns", "returns", 0.045, 0.0, 0.19),
    Reason("Checkout/Discount code refused", "checkout", "orders", 0.040, 0.0, 0.20),
    Reason("Delivery/Where is my order", "delivery", "delivery", 0.110, 0.0, 0.23),
    Reason("Delivery/Damaged on arrival", "delivery", "delivery", 0.045, 0.0, 0.20),
    Reason("Account/Cannot sign in", "account", "account", 0.055, 0.0, 0.19),
    Reason("Account/Change of details", "account", "account", 0.035, 0.0, 0.12),
    Reason("Product/Question before buying", "product-page", "orders", 0.050, 0.0, 0.12),
    Reason("Billing/Copy of an invoice", "invoice", "account", 0.015, 0.0, 0.12),
)


@dataclass(frozen=True)
class Touchpoint:
    """A moment of the journey, its stage, and the department that owns it."""

    key: str
    stage: str
    department: str


TOUCHPOINTS = (
    Touchpoint("product-page", "Consider", "Marketing"),
    Touchpoint("checkout", "Buy", "E-commerce"),
    Touchpoint("delivery", "Receive", "Logistics"),
    Touchpoint("account", "Use", "IT"),
    Touchpoint("invoice", "Use", "Finance"),
    Touchpoint("returns", "Return", "Customer policy"),
)
