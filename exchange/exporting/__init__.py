"""Everything of a person's as one file that they can keep: docs/export.md."""

from exchange.exporting.archive import write_export

__all__ = ["write_export"]
