"""Sentiment counted again in plain Python."""

from collections.abc import Sequence

from tests.metrics.plain import Parts, Row, mean, share


def counted(rows: Sequence[Row]) -> dict[tuple[str, str], Parts]:
    def scored(row: Row) -> bool:
        return row["score"] is not None

    return {
        ("SENTIMENT", "SCORE"): mean(row["score"] for row in rows if scored(row)),
        ("SENTIMENT", "NEGATIVE"): share(rows, lambda row: row["score"] < 0, scored),
        ("SENTIMENT", "POSITIVE"): share(rows, lambda row: row["score"] > 0, scored),
        ("SENTIMENT", "COVERAGE"): share(rows, scored, lambda row: True),
    }
