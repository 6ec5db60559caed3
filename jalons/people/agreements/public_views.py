"""What anybody reads: the notice by version; what a person answers by their link."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import render

from jalons.access.transitions import Impossible
from jalons.kernel import french_dates, pdf

from ..circle import Circle
from . import queries
from .actions.agreements import answer_agreement
from .notice import Notice, current, notices


def notice(request: Any, slug: str = "") -> HttpResponse:
    found = _notice(slug)
    newer = current() if found.since < current().since else None
    return render(request, "people/notice.html", {"notice": found, "newer": newer})


def notice_pdf(request: Any, slug: str) -> HttpResponse:
    found = _notice(slug)
    data = {
        "title": found.title,
        "territory": "",
        "version": found.version,
        "since": french_dates.long(found.since),
        "sections": [vars(section) for section in found.sections],
    }
    headers = {"Content-Disposition": f'attachment; filename="information-{found.version}.pdf"'}
    content = pdf.render("people/notice.typ", data)
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def own_agreement(request: Any, person: Circle) -> HttpResponse:
    """The person reads what would be shared, with whom, and answers."""
    asked = queries.asked(person)
    if asked is None:
        return render(request, "people/own_agreement.html", {"answered": True})
    text = queries.asked_text(asked)
    if request.method != "POST":
        context = {"question": text[0], "details": text[1:]}
        return render(request, "people/own_agreement.html", context)
    if request.POST.get("answer") not in {"agree", "refuse"}:
        raise BadRequest("La réponse manque.")
    agrees = request.POST["answer"] == "agree"
    try:
        answer_agreement(request.actor, person.key, text, agrees=agrees)
    except Impossible:
        return render(request, "people/own_agreement.html", {"answered": True})
    return render(request, "people/own_agreement.html", {"thanked": True, "agrees": agrees})


def _notice(version: str) -> Notice:
    if not version:
        return current()
    try:
        return notices()[version]
    except KeyError:
        raise Http404 from None
