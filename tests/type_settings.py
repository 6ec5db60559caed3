"""The settings as the type checker reads them: no server is needed for that."""

import os

os.environ.setdefault("DATABASE_URL", "postgresql://nobody@localhost/none")
os.environ.setdefault("JALONS_SECRET_KEY", "of the type checker")

from jalons.config.settings import *  # noqa: F403
