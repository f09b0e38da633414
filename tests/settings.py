"""The house's settings as tests see them: mode `test`, and a data folder that is gone afterwards."""

import atexit
import os
import shutil
import tempfile

if os.environ.get("RAPPORT_MODE") != "test" or not os.environ.get("RAPPORT_DATA"):  # a child process keeps its parent's
    for name in [name for name in os.environ if name.startswith("RAPPORT_")]:
        if name not in {"RAPPORT_CHROMIUM", "RAPPORT_NOTHING_SKIPPED", "RAPPORT_SHARED"}:
            del os.environ[name]
    os.environ["RAPPORT_MODE"] = "test"
    os.environ["RAPPORT_DATA"] = tempfile.mkdtemp(prefix="rapport-test-")
    atexit.register(shutil.rmtree, os.environ["RAPPORT_DATA"], ignore_errors=True)

from rapport.settings import *  # noqa: F403
from rapport.settings import DATABASES

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # Nothing here must outlive a power cut, and waiting for the disk is most of a test's time.
    DATABASES["default"]["OPTIONS"]["init_command"] += ";PRAGMA synchronous=OFF"
