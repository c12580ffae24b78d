from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "apps.customers"
    label = "customers"

    def ready(self) -> None:
        """Say what of this app's own a merge of customers does not simply move."""
        from apps.customers.identities.holders import register_own_way  # noqa: PLC0415  # models are not loaded before
        from apps.customers.identities.models import IdentityChange, IdentityRow  # noqa: PLC0415  # as above
        from apps.customers.identities.referring import refer_anew  # noqa: PLC0415  # as above
        from apps.customers.models import Customer, Referral  # noqa: PLC0415  # as above

        register_own_way(Customer, "merged_into_id", None)
        register_own_way(IdentityRow, "identity_id", None)
        register_own_way(IdentityChange, "customer_id", None)
        register_own_way(IdentityChange, "identity_id", None)
        register_own_way(Referral, "referrer_id", refer_anew)
        register_own_way(Referral, "customer_id", refer_anew)
