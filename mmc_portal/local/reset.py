"""`make resetdb`: forget the demo's data; the next `make run` starts from nothing."""

import os
import shutil

from mmc_portal.local import servers
from mmc_portal.local.run import CannotRun, only_one, say

DATA = ("postgres", "postgres.new", "valkey", "beat", "media", "statements", "sandbox")


def reset() -> int:
    """Remove the data of this VAR_DIR; refused while the portal runs in it."""
    if os.environ.get("DATABASE_URL"):
        say("DATABASE_URL names a database of your own: it is not touched here.")
        return 1
    try:
        with only_one(servers.var_dir()):
            servers.stop()
            for name in DATA:
                shutil.rmtree(servers.var_dir() / name, ignore_errors=True)
    except CannotRun as refusal:
        say(str(refusal))
        return 1
    say(f"The data in {servers.var_dir()} is removed.")
    return 0
