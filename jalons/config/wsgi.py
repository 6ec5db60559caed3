"""What granian serves; each of its workers imports this once."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalons.config.settings")
application = get_wsgi_application()


def settle() -> None:
    """Leaves what was loaded for good out of every collection, and collects less often.

    A page makes some ten thousand objects that die by themselves: each pause to look through them,
    and through all of Django beside them, is time taken from somebody's request.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


settle()
