"""A file of three chunks with good, bad, repeated and changed lines, and what must come of it."""

from dataclasses import dataclass

from apps.customers.models import Customer
from cxplatform.imports.bodies import import_dir
from cxplatform.imports.models import ImportJob
from cxplatform.imports.rejects import read_rejects, rejects_path
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

LINES = 11_000


@dataclass(frozen=True)
class Result:
    """Everything an import leaves: the job's counts, the stored rows, the lines in the rejects file."""

    state: str
    counts: tuple[int, int, int, int, int]
    rows: tuple[tuple[str, str], ...]
    rejected_lines: tuple[int, ...]
    bodies_left: int


def delivery() -> tuple[bytes, Result]:
    """Make the file, and what a single undisturbed run makes of it."""
    lines, rows, rejected = ["external_id,name,country"], {}, []
    counts = {"accepted": 0, "updated": 0, "duplicates": 0, "rejected": 0}
    for n in range(LINES):
        key, name, country = f"p{n:05}", f"Name {n}", "DE"
        if n % 1_000 == 7:
            country = "XX"
        elif n % 500 == 3:
            key, name = f"p{n - 1:05}", f"Name {n - 1}"
        elif n % 700 == 5:
            key = f"p{n - 4:05}"
        lines.append(f"{key},{name},{country}")
        if country == "XX":
            counts["rejected"] += 1
            rejected.append(n + 2)
        elif key not in rows:
            counts["accepted"] += 1
        else:
            counts["duplicates" if rows[key] == name else "updated"] += 1
        if country != "XX":
            rows[key] = name
    result = Result("DONE", (LINES, *counts.values()), tuple(sorted(rows.items())), tuple(rejected), bodies_left=0)
    return "\n".join(lines).encode(), result


def result_of(brand: BrandRef) -> Result:
    """Read what the brand's one import has left."""
    with brand_tx(brand):
        job = ImportJob.objects.get()
        rows = tuple(Customer.objects.order_by("external_id").values_list("external_id", "name"))
    rejects = b"".join(read_rejects(rejects_path(brand, job.id), job.rejects_bytes))
    return Result(
        job.state,
        (job.rows, job.accepted, job.updated, job.duplicates, job.rejected),
        rows,
        tuple(int(line.split(b":")[1].split(b",")[0]) for line in rejects.splitlines()),
        len([path for path in import_dir(brand).iterdir() if "rejects" not in path.name]),
    )
