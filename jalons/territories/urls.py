from jalons.access.routes import public, route

from . import demo_views
from .calendar import urls as calendar
from .consortium import urls as consortium
from .settings import urls as settings
from .structures import urls as structures
from .team import urls as team

app_name = "territories"

urlpatterns = [
    *team.PATTERNS,
    *structures.PATTERNS,
    *settings.PATTERNS,
    *consortium.PATTERNS,
    *calendar.PATTERNS,
    route(
        "demo/connexion",
        demo_views.login,
        name="demo_login",
        get=public(demo=True),
        post=public(demo=True),
    ),
]
