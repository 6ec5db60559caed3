from jalons.access.routes import public, route
from jalons.accounts.federation.discovery import SUFFIX

from . import views

app_name = "provider"
ROOT = "demo/fournisseur"
DEMO = public(demo=True)

urlpatterns = [
    route(f"{ROOT}{SUFFIX}", views.discovery, name="discovery", get=DEMO),
    route(f"{ROOT}/cles", views.keys, name="keys", get=DEMO),
    route(f"{ROOT}/autoriser", views.authorize, name="authorize", get=DEMO, post=DEMO),
    route(f"{ROOT}/jetons", views.token, name="token", post=DEMO),
    route(f"{ROOT}/identite", views.userinfo, name="userinfo", get=DEMO),
    route(f"{ROOT}/fin", views.end_session, name="end_session", get=DEMO),
]
