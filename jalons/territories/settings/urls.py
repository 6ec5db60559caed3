"""The addresses of the settings."""

from jalons.access.routes import does, route
from jalons.access.table import READ_INSTALLATION, SET

from . import views

PATTERNS = [
    route(
        "reglages/",
        views.settings_list,
        name="settings",
        get=does(SET, "consortium"),
    ),
    route(
        "reglages/modifier/",
        views.setting,
        name="setting",
        get=does(SET, "consortium"),
        post=does(SET, "consortium"),
    ),
    route(
        "reglages/renoncer/",
        views.withdraw,
        name="setting_withdraw",
        post=does(SET, "consortium"),
    ),
    route(
        "installation/",
        views.installation,
        name="installation",
        get=does(READ_INSTALLATION, "platform"),
    ),
]
