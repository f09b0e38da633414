"""The chores of the house, with Python's standard library only: they must run before anything is installed."""

import os
import shutil
import sys

if sys.version_info < (3, 11):
    newer = next(filter(None, map(shutil.which, ["python3.13", "python3.12", "python3.11"])), None)
    if newer is None:
        sys.exit("Rapport needs Python 3.11 or later; this is Python %d.%d." % sys.version_info[:2])
    os.execv(newer, [newer] + sys.argv)
