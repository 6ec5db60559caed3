"""Receiving a person: a search, its answers, then a creation."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jalons.access import consultations
from jalons.access.consultations import Opened
from jalons.access.decisions import decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.transitions import Impossible
from jalons.kernel import clock
from jalons.kernel.notices import done

from ..circle import load_circle
from ..intakes import queries as intakes
from ..models import Search
from . import queries
from .actions.receive import AlreadyKnown, Newcomer, receive
from .actions.search import TooManySearches, search
from .forms import NewcomerForm, SearchForm
from .relations import SearchFacts
from .rules import Names

EXPIRED = "Cette recherche a plus d’un quart d’heure : recommencez-la."
TAKEN = "Quelqu’un a déjà traité cette demande."
WELCOME = "La personne est accueillie : son entrée est enregistrée."
NOT_OPEN = "Le dossier s’ouvre à la structure qui recevra l’entrée."
SEEN = "Quelqu’un lui ressemble : regardez les personnes trouvées, puis cochez si ce n’est aucune."


def front_door(request: Any) -> HttpResponse:
    """GET asks who is there; POST looks, and leads to the answer.

    `intake` names the request for which somebody looks: what follows shows it, so it is read.
    """
    form = SearchForm(request.POST if request.method == "POST" else None)
    asked = intakes.in_sight(request.actor, request.POST.get("intake", ""))
    if asked:
        opened = Opened("people:intake", READ, Level.IDENTITY, "search")
        consultations.record(request.actor, opened)
    if request.method == "POST" and form.is_valid():
        try:
            made = search(request.actor, form.typed(), asked)
        except TooManySearches as error:
            form.add_error(
                None,
                f"Vous avez fait {error.args[0]} recherches en une heure. Réessayez plus tard,"
                " ou appelez la coordination du territoire.",
            )
        else:
            return redirect("people:found", made.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "asked": asked}
    return render(request, "people/front_door.html", context, status=status)


def found(request: Any, search: UUID) -> HttpResponse:
    made = queries.own_search(request.actor, search)
    if made is None:
        messages.info(request, EXPIRED)
        return redirect("people:front_door")
    answers = queries.answers(request.actor, made)
    consultations.record_list(request, [answer.key for answer in answers])
    context = {
        "search": made,
        "typed": queries.typed_in(made),
        "answers": answers,
        "receives": queries.may_receive(request.actor, made),
        "asked": intakes.in_sight(request.actor, str(made.intake)),
    }
    return render(request, "people/found.html", context)


def receive_newcomer(request: Any, search: SearchFacts) -> HttpResponse:
    made = queries.search(search)
    if made.created:
        return _received(request, made.created)
    asks = {"asks_origin": made.intake is None}
    if request.method != "POST":
        initial = _initial(request.actor, made)
        form = NewcomerForm(initial=initial, asks_distinct=bool(made.found), **asks)
        return _newcomer_page(request, made, form)
    form = NewcomerForm(request.POST, asks_distinct=bool(made.found), **asks)
    if form.is_valid():
        try:
            received = receive(request.actor, made.pk, _newcomer(form.cleaned_data))
        except AlreadyKnown:
            made.refresh_from_db()
            form = NewcomerForm(request.POST, asks_distinct=True, **asks)
            form.add_error("distinct", SEEN)
        except Impossible:
            messages.info(request, TAKEN)
            return redirect("people:intakes")
        else:
            return _received(request, received.person, new=True)
    return _newcomer_page(request, made, form)


def _initial(actor: Any, made: Search) -> dict[str, Any]:
    """What was typed to search, completed by the request that the search was made for."""
    initial = NewcomerForm.of(queries.typed_in(made))
    asked = intakes.in_sight(actor, str(made.intake))
    return initial | (NewcomerForm.asked(intakes.one(actor, asked).said) if asked else {})


def _newcomer_page(request: Any, made: Search, form: NewcomerForm) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"search": made, "form": form}
    return render(request, "people/newcomer.html", context, status=status)


def _newcomer(values: dict[str, Any]) -> Newcomer:
    said = Names(
        values["family_name"], values["given_name"], values["birth_name"], values["birth_date"]
    )
    return Newcomer(
        said,
        commune=values["code"],
        language=values["language"],
        channel=values["channel"],
        phones=tuple(values["phones"]),
        email=values["email"],
        origin=values.get("origin", "self"),
        request=values["request"],
        distinct=values.get("distinct", False),
    )


def _received(request: Any, person: UUID, *, new: bool = False) -> HttpResponse:
    """The file, for whom it opens; else back to the front door."""
    circle = load_circle(person, clock.now())
    opens = circle is not None and bool(decide(request.actor, READ, circle, Level.IDENTITY))
    if new:
        done(request, f"{WELCOME} {'' if opens else NOT_OPEN}".strip())
    return redirect("people:identity", person) if opens else redirect("people:front_door")
