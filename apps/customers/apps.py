from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "apps.customers"
    label = "customers"

    def ready(self) -> None:
        """Say what of this app's own a merge of customers does not simply move."""
        from apps.customers.identities.holders import (  # noqa: PLC0415  # models are not loaded before
            register_follower,
            register_own_way,
        )
        from apps.customers.identities.models import IdentityChange, IdentityRow  # noqa: PLC0415  # as above
        from apps.customers.identities.referring import refer_anew  # noqa: PLC0415  # as above
        from apps.customers.models import ContactPreference, Customer, Referral, SegmentStay  # noqa: PLC0415  # as above
        from apps.customers.segments import evaluating  # noqa: PLC0415  # as above
        from cxplatform.jobs import handlers  # noqa: PLC0415  # as above
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above

        # Rules are asked anew: the survivor enters what it is in by now, and whoever was merged leaves.
        register_own_way(SegmentStay, "customer_id", None)
        # Wishes stay with who had them: the survivor's own count, and of quiet hours everybody's.
        register_own_way(ContactPreference, "customer_id", None)
        register_follower(lambda change: evaluating.evaluate_later(change.now))
        handlers.register(evaluating.JOB_KIND, evaluating.evaluate_next)
        register_chore(evaluating.evaluate_hourly)
        register_own_way(Customer, "merged_into_id", None)
        register_own_way(IdentityRow, "identity_id", None)
        register_own_way(IdentityChange, "customer_id", None)
        register_own_way(IdentityChange, "identity_id", None)
        register_own_way(Referral, "referrer_id", refer_anew)
        register_own_way(Referral, "customer_id", refer_anew)
