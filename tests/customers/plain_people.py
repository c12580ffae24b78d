"""What merging and splitting mean, as plainly as it can be written: rows name identities, identities have owners."""

from dataclasses import dataclass, field

Key = tuple[str, str]


@dataclass
class People:
    """`owners` says whose each identity is; rows keep the identities they named, by their own key."""

    owners: dict[Key, Key] = field(default_factory=dict)
    orders: dict[Key, Key] = field(default_factory=dict)
    referrals: dict[Key, tuple[Key, Key]] = field(default_factory=dict)

    def know(self, key: Key) -> None:
        self.owners.setdefault(key, key)

    def order(self, row: Key, customer: Key) -> None:
        self.know(customer)
        self.orders[row] = customer

    def refer(self, row: Key, referrer: Key, customer: Key) -> bool:
        """Nobody brings oneself, whatever the identities are called."""
        if self.owners.get(referrer, referrer) == self.owners.get(customer, customer):
            return self.referrals.get(row) == (referrer, customer)
        self.know(referrer)
        self.know(customer)
        self.referrals[row] = (referrer, customer)
        return True

    def merge(self, survivor: Key, merged: Key) -> bool:
        if survivor == merged or self.owners[survivor] != survivor:
            return False
        if self.owners[merged] == survivor:
            return True
        if self.owners[merged] != merged:
            return False
        self.owners = {key: survivor if owner == merged else owner for key, owner in self.owners.items()}
        return True

    def split(self, identity: Key) -> bool:
        if self.owners[identity] == identity:
            return False
        self.owners[identity] = identity
        return True

    def order_owners(self) -> dict[Key, Key]:
        return {row: self.owners[named] for row, named in self.orders.items()}

    def referral_ends(self) -> dict[Key, tuple[Key, Key]]:
        """Between two identities of one customer each end is the identity itself."""
        told = {row: (self.owners[one], self.owners[other]) for row, (one, other) in self.referrals.items()}
        return {row: self.referrals[row] if one == other else (one, other) for row, (one, other) in told.items()}
