"""Lists as files: CSV, XLSX, ODS and PDF of exactly the rows given."""

from .response import FORMATS, Format, respond
from .sheet import Column, Kind, Sheet, TooManyRows

__all__ = ["FORMATS", "Column", "Format", "Kind", "Sheet", "TooManyRows", "respond"]
