"""Who takes part in the journeys, each in a window of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Window

from tests.browsers import Windows
from tests.demo_cast import PARTNER, REFERENTE, Known
from tests.demo_site import Site
from tests.pages.agents import Enrolled
from tests.pages.prepared import Sent

ACCOUNTS = {
    "la référente": REFERENTE,
    "le partenaire": PARTNER,
    "le référent": PARTNER,
    "la conseillère": "conseillere.jeunes",
    "le comité de pilotage": "steering",
    "la responsable": "manager",
    "la professionnelle": "deux.mandats",
    "la collègue": "un.mandat",
    "la coordinatrice": "coordinator",
    "la chargée d’orientation": "dispatcher",
    "l’accueil": "clerk",
    "l’administration": "platform_admin",
}
WITHOUT_ACCOUNT = (
    "la personne",
    "quelqu’un d’autre",
    "une professionnelle",
    "l’invitée",
    "la nouvelle coordinatrice",
)
PLAYER = "|".join([*ACCOUNTS, *WITHOUT_ACCOUNT])
SIZE = {"width": 1280, "height": 900}


@dataclass
class Stage:
    """One scenario: the windows of its players, the person it is about, what they carry away."""

    site: Site
    windows: Windows
    person: Known | None = None
    link: Sent | None = None
    account: Enrolled | None = None
    lines: list[list[str]] = field(default_factory=list)
    name: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    _met: dict[str, Window] = field(default_factory=dict)

    def window(self, player: str) -> Window:
        """The player's window; it opens on a blank page, signed out."""
        if player not in self._met:
            self._met[player] = self.site.window(self.windows, player, viewport=SIZE)
        return self._met[player]

    def without_scripts(self, player: str) -> None:
        name = f"{player}, sans scripts"
        self._met[player] = self.site.window(
            self.windows, name, viewport=SIZE, java_script_enabled=False
        )

    def sign_in(self, player: str) -> None:
        self.site.sign_in(self.window(player).context, ACCOUNTS[player])

    def path(self, name: str) -> str:
        """The address of a page of the person."""
        assert self.person
        return reverse(name, args=[self.person.key])


def control(place: Window | Locator, label: str) -> Locator:
    """The first button or link whose name is this one, or begins with it."""
    words = re.escape(label).replace(r"\ ", r"\s")
    name = re.compile(rf"^{words}($|\s|,)")
    return place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name)).first


def open_entry(window: Window, label: str) -> None:
    """Goes through the frame, from the home page when the window is still empty."""
    if window.url == "about:blank":
        window.goto("/")
    with window.expect_navigation():
        control(window, label).click()


def reads(window: Window, text: str) -> None:
    expect(window.locator("body")).to_contain_text(text, use_inner_text=True)


def does_not_read(window: Window, text: str) -> None:
    expect(window.locator("body")).not_to_contain_text(text, use_inner_text=True)


def list_pages(window: Window) -> Iterator[Window]:
    """The pages of a list, from the one shown to the last, as « Suivantes » brings them."""
    while True:
        yield window
        following = window.get_by_role("link", name="Suivantes")
        if not following.count():
            return
        address = window.evaluate("link => link.href", following.element_handle())
        following.click()
        window.wait_for_url(address)
