"""How values are kept that no database has a type for: times, slugs, codes of languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect, Text, TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(TypeDecorator[datetime]):
    """A point in time: UTC in Python, whole microseconds since 1970 in the database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 SQLAlchemy's signature
        """Turn a time into microseconds."""
        return None if value is None else (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 SQLAlchemy's signature
        """Turn microseconds into a time."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class SlugList(TypeDecorator[tuple[str, ...]]):
    """Slugs in an order: a tuple in Python, with spaces between them in the database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002 SQLAlchemy's signature
        """Put spaces between the slugs."""
        return None if value is None else " ".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:  # noqa: ARG002 SQLAlchemy's signature
        """Take the slugs apart."""
        return None if value is None else tuple(value.split())


class LanguageList(SlugList):
    """Codes of languages, kept as slugs are; some have capitals."""

    cache_ok = True
