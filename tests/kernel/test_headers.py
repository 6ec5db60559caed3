"""Security headers on every response, and the error pages that carry them."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from jalons.kernel import errors
from jalons.kernel.middleware import SecurityHeaders

View = Callable[[HttpRequest], HttpResponseBase]


def answer(view: View, path: str = "/") -> HttpResponseBase:
    return SecurityHeaders(view)(RequestFactory().get(path))


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def directives(response: HttpResponseBase) -> dict[str, list[str]]:
    policy = response.headers["Content-Security-Policy"]
    return {name: sources for name, *sources in (part.split() for part in policy.split(";"))}


def test_policy_allows_our_own_files_and_nothing_inline() -> None:
    assert directives(answer(empty)) == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


def test_a_nonce_is_allowed_only_when_the_page_wrote_it() -> None:
    written: list[str] = []

    def with_script(request: HttpRequest) -> HttpResponse:
        written.extend(str(request.csp_nonce) for _ in range(2))  # type: ignore[attr-defined]
        return HttpResponse()

    assert directives(answer(with_script))["script-src"] == ["'self'", f"'nonce-{written[0]}'"]
    assert written[0] == written[1]
    assert len(written[0]) >= 22
    answer(with_script)
    assert written[2] != written[0]


def test_fixed_headers() -> None:
    headers = answer(empty).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Server"] == "Jalons"


def test_a_view_cannot_weaken_them() -> None:
    def weak(request: HttpRequest) -> HttpResponse:
        names = ("Content-Security-Policy", "X-Frame-Options", "Cache-Control", "Referrer-Policy")
        return HttpResponse(headers=dict.fromkeys(names, "anything"))

    assert "anything" not in answer(weak).headers.values()


def test_hsts_where_the_site_is_served_over_https(settings: Settings) -> None:
    settings.SECURE = True
    value = answer(empty).headers["Strict-Transport-Security"]
    assert int(value.removeprefix("max-age=").split(";")[0]) >= 365 * 24 * 3600
    assert "includeSubDomains" in value
    settings.SECURE = False
    assert "Strict-Transport-Security" not in answer(empty).headers


def cacheable(status: int) -> View:
    return lambda request: HttpResponse(status=status, headers={"Cache-Control": "max-age=9"})


def test_no_page_is_stored() -> None:
    assert answer(cacheable(200), "/personnes/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", [200, 206, 304])
def test_static_files_keep_their_cache(status: int) -> None:
    assert answer(cacheable(status), "/static/app.css").headers["Cache-Control"] == "max-age=9"


def test_an_error_under_static_is_not_stored() -> None:
    assert answer(cacheable(404), "/static/missing.css").headers["Cache-Control"] == "no-store"


def test_streamed_responses_too() -> None:
    response = answer(lambda request: StreamingHttpResponse(iter([b"x"])))
    assert "Content-Security-Policy" in response.headers


HANDLERS = {
    errors.bad_request: HTTPStatus.BAD_REQUEST,
    errors.forbidden: HTTPStatus.FORBIDDEN,
    errors.not_found: HTTPStatus.NOT_FOUND,
    errors.server_error: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.expired_form: HTTPStatus.FORBIDDEN,
}


@pytest.mark.parametrize(("handler", "status"), HANDLERS.items())
def test_error_pages_need_no_database(
    handler: Callable[..., HttpResponse], status: HTTPStatus, caplog: pytest.LogCaptureFixture
) -> None:
    response = handler(RequestFactory().get("/"), exception=Exception("secret"))
    assert response.status_code == status
    assert b'lang="fr"' in response.content
    assert b"secret" not in response.content
    assert not caplog.records


def test_a_broken_error_page_still_answers(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(status: int) -> str:
        raise LookupError(status)

    monkeypatch.setattr(errors, "_drawn", broken)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Réessayez" in response.content.decode()
    assert "could not be rendered" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"), [("/composants/", 200), ("/nowhere/", 404), ("/static/nothing.css", 404)]
)
def test_real_answers_carry_them(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert "Content-Security-Policy" in response.headers
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_foreign_host_is_refused_with_them(client: Client) -> None:
    response = client.get("/composants/", headers={"host": "ailleurs.exemple"})
    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers


@pytest.mark.django_db
def test_a_form_without_token_is_refused_in_french() -> None:
    response = Client(enforce_csrf_checks=True).post("/demo/temps/", {"step": "day"})
    assert response.status_code == 403
    assert "n’a pas pu être faite" in response.content.decode()
    assert "Content-Security-Policy" in response.headers
