"""English words."""

FIRST_NAMES = (
    *("James", "Mary", "Robert", "Linda", "Michael", "Susan", "David", "Karen", "Daniel", "Nancy", "Emma"),
    *("Olivia", "Liam", "Noah", "Ava", "Mia", "Ethan", "Lucas", "Amelia", "Harper", "Mateo", "Camila"),
)
LAST_NAMES = (
    *("Smith", "Johnson", "Brown", "Garcia", "Miller", "Davis", "Martinez", "Lopez", "Wilson", "Anderson"),
    *("Taylor", "Moore", "Jackson", "Lee", "Perez", "White", "Harris", "Clark", "Walker", "Young", "Nguyen"),
)
DANA = "Dana Whitfield"
PHONES = 100

SUBJECTS = {
    "Returns/Return policy unclear": ("Can I still return this?", "How do returns work?"),
    "Checkout/Payment fails": ("My payment does not go through", "Checkout keeps failing"),
    "Returns/Refund not received": ("Where is my refund?", "Refund still missing"),
    "Returns/Return label missing": ("No return label in the box", "Please send a return label"),
    "Checkout/Discount code refused": ("My discount code is refused", "Code does not work"),
    "Delivery/Where is my order": ("Where is my order?", "Parcel has not arrived"),
    "Delivery/Damaged on arrival": ("Arrived damaged", "Box was crushed"),
    "Account/Cannot sign in": ("I cannot sign in", "Password reset does not arrive"),
    "Account/Change of details": ("New address", "Please change my e-mail address"),
    "Product/Question before buying": ("Question about a size", "Is this one waterproof?"),
    "Billing/Copy of an invoice": ("Copy of my invoice", "Invoice for my company"),
}
TEXTS = {
    "Returns": (
        "The page says 14 days in one place and 30 in another. Which is it?",
        "I read the return policy twice and still do not know who pays the postage.",
    ),
    "Checkout": (
        "I entered my card three times and was sent back to the cart each time.",
        "The last step of the checkout shows an error and my basket is empty afterwards.",
    ),
    "Delivery": ("Tracking has not moved for days.", "The parcel was left in the rain."),
    "Account": ("The reset link has expired before it arrives.", "I moved house last week."),
    "Product": ("Does it run small?", "Will this fit a 15 inch laptop?"),
    "Billing": ("I need the invoice with our VAT number.", "Please send the invoice again."),
}
CSAT_GOOD = (
    "So friendly and quick!",
    "She understood my problem at once.",
    "The agent was wonderful, thank you.",
    "Great help, no waiting.",
    "He called me back as promised.",
)
CSAT_BAD = ("I had to explain everything twice.", "Still not solved.", "Nobody called me back.")
NPS_GOOD = (
    "Ordering is a breeze now.",
    "Love the products and the new returns page.",
    "I tell all my friends.",
    "Fast delivery, fair prices.",
)
NPS_NEUTRAL = ("It is fine.", "Good products, could be faster.", "Prices went up a little.")
NPS_BAD = (
    "Nobody can tell me what the return policy means.",
    "Checkout failed three times before my order went through.",
    "Why do I have to call to return a pair of shoes?",
    "Your people are lovely, your website is not.",
    "Returning something is a maze.",
)
CES_HARD = ("Far too many steps.", "I had to write to you just to pay.", "The form makes no sense.")
CES_EASY = ("Done in a minute.", "Very easy.", "Clear answer right away.")
DANA_SUBJECT = "Two weeks late, and nobody told me"
DANA_TEXT = "The site crawled, the checkout failed twice and now my order is two weeks late."
DANA_THANKS = "Your agent was fantastic. She found my parcel and refunded the shipping."
DANA_RELATION = "Fantastic agent, but I will not go through this website again."
DANA_REPAIR = "Refunded the shipping and called to say sorry."


def plain(name: str) -> str:
    """Write a name as it may stand in an address."""
    return name.lower()


def phone(number: int) -> str:
    """Make one of the numbers reserved for fiction."""
    return f"+1 202 555 01{number:02d}"
