"""XLSForm, the spreadsheets in which ODK and Kobo keep their forms, read and written."""

from .reading import read_xlsform
from .writing import lost_in_xlsform, write_xlsform

__all__ = ["lost_in_xlsform", "read_xlsform", "write_xlsform"]
