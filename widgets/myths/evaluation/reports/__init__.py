"""The report: from a database to an accessible page and a tagged document, the same each time."""

from myths.evaluation.reports.publication import Report, report

__all__ = ["Report", "report"]
