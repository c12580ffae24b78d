"""What becomes of this app's own tables, beyond simply moving their rows, when customers are merged or split."""

from apps.customers.identities.holders import register_follower, register_own_way
from apps.customers.identities.models import IdentityChange, IdentityRow
from apps.customers.identities.referring import refer_anew
from apps.customers.models import ContactPreference, Customer, Referral, SegmentStay
from apps.customers.segments.turns import evaluate_later


def register() -> None:
    register_own_way(Customer, "merged_into_id", None)
    register_own_way(IdentityRow, "identity_id", None)
    register_own_way(IdentityChange, "customer_id", None)
    register_own_way(IdentityChange, "identity_id", None)
    register_own_way(Referral, "referrer_id", refer_anew)
    register_own_way(Referral, "customer_id", refer_anew)
    # Rules are asked anew: the survivor enters what it is in by now, and whoever was merged leaves.
    register_own_way(SegmentStay, "customer_id", None)
    register_follower(lambda change: evaluate_later(change.now))
    # Wishes stay with who had them: the survivor's own count, and of quiet hours everybody's.
    register_own_way(ContactPreference, "customer_id", None)
