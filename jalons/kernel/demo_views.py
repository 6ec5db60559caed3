"""Pages that exist in the demo only: its journeys in time and the e-mails it kept."""

from collections.abc import Callable
from datetime import date
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from . import clock, french_dates, mail, notices, time_travel
from .models import SentMail

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return shown


class DateForm(forms.Form):
    day = forms.DateField(
        label="Aller à une date",
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choisissez une date",
            "invalid": "Choisissez une date du calendrier",
        },
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        first, last = time_travel.bounds()
        if not first <= day <= last:
            raise ValidationError(f"Choisissez une date entre {first.year + 1} et {last.year - 1}")
        return day


@demo_only
@require_http_methods(["GET", "HEAD", "POST"])
def travel(request: HttpRequest) -> HttpResponse:
    """POST `step` (day, week, month, back) or `day` (a date) moves the clock of the whole demo."""
    if request.POST.get("step") in _STEPS:
        _STEPS[request.POST["step"]]()
        return _arrived(request)
    form = DateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        time_travel.go_to(form.cleaned_data["day"])
        return _arrived(request)
    context = {"form": form, "now": clock.now(), "away": bool(clock.demo_shift())}
    return render(request, "kernel/time_travel.html", context, status=422 if form.errors else 200)


@demo_only
@require_safe
def sent_mails(request: HttpRequest) -> HttpResponse:
    page = mail.sent_page(request.GET.get("page"))
    return render(request, "kernel/sent_mails.html", {"page": page})


@demo_only
@require_safe
def sent_mail(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    try:
        return render(request, "kernel/sent_mail.html", {"mail": mail.sent_mail(mail_id)})
    except SentMail.DoesNotExist:
        raise Http404 from None


def _arrived(request: HttpRequest) -> HttpResponse:
    notices.done(request, f"Nous sommes le {french_dates.long(clock.now())}")
    return redirect("kernel:time_travel")


_STEPS: dict[str, Callable[[], None]] = {
    "day": partial(time_travel.forward, "day"),
    "week": partial(time_travel.forward, "week"),
    "month": partial(time_travel.forward, "month"),
    "back": time_travel.come_back,
}
