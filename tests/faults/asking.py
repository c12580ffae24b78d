"""Look for whom campaigns ask and take what is due, in processes that die: `python -m tests.faults.asking acme A:1 …`.

A process is forked for each point, for to start one takes longer than all it does; the last comes to its end. Says how
each ended.
"""

import importlib
import os
import sys


def ask(slug: str) -> None:
    from apps.surveys.campaigns.due import claim_due, something_is_due
    from apps.surveys.campaigns.planning import plan
    from apps.surveys.invitations.advancing import advance
    from apps.surveys.models import Campaign
    from cxplatform.faults import reached
    from cxplatform.tenancy.directory import brand_by_slug
    from cxplatform.tenancy.doors import brand_tx
    from tests.surveys.campaigns.asked import NOW

    brand = brand_by_slug(slug)
    assert brand is not None
    with brand_tx(brand, read_only=True):
        campaigns = list(Campaign.objects.order_by("key").values_list("pk", flat=True))
    for campaign in campaigns:
        while plan(brand, campaign, now=NOW, page=2):
            reached("look-page-committed")
    more = True
    while more:
        with brand_tx(brand):
            rows = claim_due(2, NOW)
            advance([row.pk for row in rows], "SENT", NOW)
            reached("invitations-told")
            more = something_is_due(NOW)
        reached("invitations-committed")


def forked(slug: str, point: str) -> int:
    """Ask in a process of its own that dies at a point, if one is named; return how it ended."""
    child = os.fork()
    if child == 0:
        from cxplatform import faults

        os.environ["CX_FAULT"] = point
        importlib.reload(faults)
        ask(slug)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(slug: str, *points: str) -> None:
    import django

    django.setup()
    print([forked(slug, point) for point in (*points, "")])


if __name__ == "__main__":
    main(*sys.argv[1:])
