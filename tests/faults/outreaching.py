"""Take whom a rule reaches, in processes that die: `python -m tests.faults.outreaching acme A:1 …`.

A process is forked for each point; the last comes to its end. Says how each ended.
"""

import importlib
import os
import sys


def reach(slug: str) -> None:
    from apps.insights.outreach import taking
    from apps.insights.outreach.models import ProactiveRule
    from cxplatform.faults import reached
    from cxplatform.tenancy.directory import brand_by_slug
    from cxplatform.tenancy.doors import brand_tx
    from tests.insights.outreach.made import NOW

    brand = brand_by_slug(slug)
    assert brand is not None
    with brand_tx(brand, read_only=True):
        of = ProactiveRule.objects.get().pk
    after = taking.FIRST
    while after is not None:
        with brand_tx(brand):
            after = taking.take(of, now=NOW, after=after, most=2)
        reached("outreach-committed")


def forked(slug: str, point: str) -> int:
    child = os.fork()
    if child == 0:
        from cxplatform import faults

        os.environ["CX_FAULT"] = point
        importlib.reload(faults)
        # They took the name before it was told where to die.
        from apps.insights.outreach import taking

        importlib.reload(taking)
        reach(slug)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(slug: str, *points: str) -> None:
    import django

    django.setup()
    print([forked(slug, point) for point in (*points, "")])


if __name__ == "__main__":
    main(*sys.argv[1:])
