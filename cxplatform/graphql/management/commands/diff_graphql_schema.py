"""Say what the served schema would do to clients of the released one."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cxplatform.graphql.evolution import Difference, difference, newest_version, released_as
from cxplatform.graphql.schema import served_schema


class Command(BaseCommand):
    help = (
        "Compare the served schema with docs/schema.released.graphql: breaking, dangerous, safe or unchanged. "
        "Fails on a breaking change whose sentence CHANGELOG.md does not hold under [Unreleased]."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--against", default=str(settings.BASE_DIR / "docs" / "schema.released.graphql"))
        parser.add_argument("--changelog", default=str(settings.BASE_DIR / "CHANGELOG.md"))
        parser.add_argument("--all", action="store_true", help="list the safe changes too")
        parser.add_argument(
            "--release", action="store_true", help="write the served schema as that of the changelog's newest version"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        against, served = Path(options["against"]), served_schema().as_str() + "\n"
        changelog = Path(options["changelog"]).read_text()
        if options["release"]:
            version = newest_version(changelog)
            if version is None:
                raise CommandError("CHANGELOG.md has no version yet: make one of what is under [Unreleased] first.")
            against.write_text(f"{released_as(version)}\n{served}")
            return
        found = difference(against.read_text(), served)
        self._tell(found, against, everything=options["all"])
        unnoted = found.unnoted(changelog)
        if unnoted:
            raise CommandError(
                "These break clients. Keep what was promised, deprecate it first, or write the sentence into "
                "CHANGELOG.md under [Unreleased]:\n" + "\n".join(unnoted)
            )

    def _tell(self, found: Difference, against: Path, *, everything: bool) -> None:
        counts = f"{len(found.breaking)} breaking, {len(found.dangerous)} dangerous, {len(found.safe)} safe"
        self.stdout.write(f"{found.verdict}: {counts} changes against {against.name}")
        for verdict in ("breaking", "dangerous", "safe") if everything else ("breaking", "dangerous"):
            for sentence in getattr(found, verdict):
                self.stdout.write(f"  {verdict}: {sentence}")
