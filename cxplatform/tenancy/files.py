"""Files carry their brand: each brand's lie in a folder of its own."""

from pathlib import Path

from django.conf import settings

from cxplatform.tenancy.brand import BrandRef


def brand_dir(brand: BrandRef, *parts: str) -> Path:
    """Return (and make, readable by this user alone) the brand's folder for the given purpose."""
    root = Path(settings.CX_DATA_DIR) / "brands" / brand.schema
    path = root.joinpath(*parts)
    if root not in (path, *path.parents) or ".." in path.relative_to(root).parts:
        raise ValueError(f"{parts!r} leaves the brand's folder.")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
