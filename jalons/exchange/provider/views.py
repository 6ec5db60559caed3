"""The provider's addresses; what a client may ask of them stands in `demands`."""

from typing import Any
from urllib.parse import urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.util import create_half_hash
from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

from jalons.accounts.demo import ONE_FACTOR, TWO_FACTORS
from jalons.accounts.forms import EmailForm
from jalons.accounts.sessions import moment
from jalons.kernel import clock
from jalons.territories.queries import demo_mandates

from . import demands, grants, people, signing
from .demands import BadClient, Demand
from .grants import Grant, Person


def discovery(request: Any) -> HttpResponse:
    return JsonResponse(
        {
            "issuer": _issuer(),
            "authorization_endpoint": _address("authorize"),
            "token_endpoint": _address("token"),
            "userinfo_endpoint": _address("userinfo"),
            "jwks_uri": _address("keys"),
            "end_session_endpoint": _address("end_session"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [signing.ALGORITHM],
            "userinfo_signing_alg_values_supported": [signing.ALGORITHM],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "acr_values_supported": [ONE_FACTOR, TWO_FACTORS],
            "scopes_supported": ["openid", "email", "given_name", "usual_name"],
        }
    )


def keys(request: Any) -> HttpResponse:
    return JsonResponse(signing.published())


def authorize(request: Any) -> HttpResponse:
    """GET lists the demo's professionals; POST `email`, `stranger` or `refuse` sends back."""
    try:
        demand = demands.read(request.GET)
    except BadClient:
        return render(request, "provider/refused.html", status=400)
    if demand.wrong:
        return _back(demand, error=demand.wrong)
    if "refuse" in request.POST:
        return _back(demand, error="access_denied")
    form = EmailForm(request.POST if "stranger" in request.POST else None, prefix="stranger")
    person, error = _chosen(request, form)
    if person:
        return _back(demand, code=grants.give(_grant(demand, person)))
    context = {"mandates": demo_mandates(clock.today()), "form": form, "error": error}
    status = 422 if error or form.errors else 200
    return render(request, "provider/authorize.html", context, status=status)


@csrf_exempt
def token(request: Any) -> HttpResponse:
    """The code, the client's secret and the proof key, against the tokens."""
    asked, client = request.POST, demands.client()
    if not constant_time_compare(asked.get("client_secret", ""), client.secret):
        return JsonResponse({"error": "invalid_client"}, status=401)
    grant = grants.take(asked.get("code", ""))
    if grant is None or not _redeems(grant, asked):
        return JsonResponse({"error": "invalid_grant"}, status=400)
    access = grants.give(grant)
    id_token = signing.signed(_issuer(), grant.client_id, _id_claims(grant, access))
    given = {"access_token": access, "token_type": "Bearer", "expires_in": 60}
    return JsonResponse({**given, "id_token": id_token})


def userinfo(request: Any) -> HttpResponse:
    """The person's claims, signed."""
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    grant = grants.take(bearer)
    if grant is None:
        return JsonResponse({"error": "invalid_token"}, status=401)
    person = grant.person
    claims = {"sub": person.sub, "email": person.email, "given_name": person.given_name}
    claims |= {"usual_name": person.family_name}
    body = signing.signed(_issuer(), grant.client_id, claims)
    return HttpResponse(body, content_type="application/jwt")


def end_session(request: Any) -> HttpResponse:
    """Nobody is kept signed in here: it checks the demand, and sends back to the client."""
    client = demands.client()
    asked = request.GET
    ours = signing.is_ours(asked.get("id_token_hint", ""))
    if not ours or asked.get("post_logout_redirect_uri") != client.left:
        return render(request, "provider/refused.html", status=400)
    return HttpResponseRedirect(f"{client.left}?{urlencode({'state': asked.get('state', '')})}")


def _chosen(request: Any, form: forms.Form) -> tuple[Person | None, str]:
    if form.is_bound:
        return (people.stranger(form.cleaned_data["email"]) if form.is_valid() else None), ""
    if request.method != "POST":
        return None, ""
    found = people.professional(request.POST.get("email", ""))
    return found, "" if found else "Aucun professionnel de démonstration n’a ce courriel."


def _grant(demand: Demand, person: Person) -> Grant:
    client = demand.client
    return Grant(client.row.client_id, client.callback, demand.nonce, demand.challenge, person)


def _back(demand: Demand, **answer: str) -> HttpResponse:
    sent = {**answer, "state": demand.state, "iss": _issuer()}
    return HttpResponseRedirect(f"{demand.client.callback}?{urlencode(sent)}")


def _redeems(grant: Grant, asked: Any) -> bool:
    proof = create_s256_code_challenge(asked.get("code_verifier", ""))
    given = (asked.get("client_id"), asked.get("redirect_uri"), proof)
    return given == (grant.client_id, grant.redirect_uri, grant.challenge)


def _id_claims(grant: Grant, access: str) -> dict[str, Any]:
    now = int(moment().timestamp())
    half = create_half_hash(access, signing.ALGORITHM).decode()
    claims = {"sub": grant.person.sub, "nonce": grant.nonce, "acr": grant.person.acr}
    return {**claims, "auth_time": now, "at_hash": half}


def _issuer() -> str:
    return signing.issuer_of(_address("discovery"))


def _address(name: str) -> str:
    return settings.BASE_URL + reverse(f"provider:{name}")
