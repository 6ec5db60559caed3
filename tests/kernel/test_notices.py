from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from jalons.kernel import notices
from jalons.kernel.context import Layout
from jalons.kernel.notices import Notice


def a_request() -> HttpRequest:
    request = RequestFactory().post("/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def test_an_act_that_can_be_undone_becomes_a_toast() -> None:
    request = a_request()
    notices.done(request, "C’est reporté.", undo="/annuler/1/")
    assert notices.take(request) == [Notice("C’est reporté.", "ok", "/annuler/1/")]


def test_each_level_of_message_has_its_tone() -> None:
    request = a_request()
    for level in (messages.SUCCESS, messages.INFO, messages.WARNING, messages.ERROR):
        messages.add_message(request, level, "Texte")
    assert [notice.tone for notice in notices.take(request)] == ["ok", "info", "soon", "late"]


def test_the_frame_separates_what_is_told_from_what_can_be_undone() -> None:
    request = a_request()
    notices.done(request, "Enregistré.")
    notices.done(request, "Reporté.", undo="/annuler/1/")
    frame = Layout(request)
    assert [notice.text for notice in frame.alerts] == ["Enregistré."]
    assert [notice.text for notice in frame.toasts] == ["Reporté."]
