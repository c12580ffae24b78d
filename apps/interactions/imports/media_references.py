"""Where recordings and transcripts of interactions lie."""

from apps.interactions.models import MediaKind, MediaReference
from apps.interactions.models.media_reference import LONGEST_URL
from cxplatform.imports.addresses import Address
from cxplatform.imports.instants import Instant
from cxplatform.imports.kinds import Column, Kind
from cxplatform.imports.text_types import Choice, Key

MEDIA_REFERENCES = Kind(
    name="media-references",
    model=MediaReference,
    topic="media_reference",
    time_column="at",
    own_columns=(
        Column("interaction", Key(200), required=True, field="interaction_external_id"),
        Column("kind", Choice(MediaKind.values), required=True),
        Column("at", Instant(), required=True),
        Column("url", Address(LONGEST_URL), required=True),
    ),
)
