"""Train the head of sentiments of the extra `nlp` on labelled texts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Train the head of sentiments of the extra `nlp`, on a CSV file of yours or on the words of VADER's lexicon."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="CSV with the columns text and sentiment: positive or negative")
        parser.add_argument("--into", required=True, help="the file to write, for CX_SENTIMENT_HEAD")

    def handle(self, *args: Any, **options: Any) -> None:
        from apps.surveys.enrichment import training  # noqa: PLC0415  # numpy, and a model of an extra

        file, into = options["file"], Path(options["into"])
        try:
            texts = list(training.labelled(Path(file))) if file else training.lexicon()
            trained = training.train(texts, trained_on=Path(file).name if file else "the words of VADER's lexicon")
            trained.head.write(into)
        except (OSError, ValueError, ImportError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{into}: version {trained.head.version}, fitted to {trained.head.texts:,} texts; right of"
            f" {trained.tried:,} others, a mean of good and bad ones: {trained.right:.3f}"
        )
