"""A worker process in small: `python -m tests.faults.worker <slug>` runs the brand's due jobs and ends."""

import sys

import config.celery  # noqa: F401  # wake-ups go to the application's broker


def run(slug: str) -> None:
    from cxplatform.jobs.runner import run_due
    from cxplatform.tenancy.directory import brand_by_slug

    brand = brand_by_slug(slug)
    assert brand is not None
    run_due(brand, seconds=120)


def main(slug: str) -> None:
    import django

    django.setup()
    run(slug)


if __name__ == "__main__":
    main(sys.argv[1])
