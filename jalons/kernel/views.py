"""The sheet of components: every component, in all its states."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from . import samples


def components(request: HttpRequest) -> HttpResponse:
    context = {"form": samples.SampleForm(), "refused": samples.filled_with_errors()}
    return render(request, "kernel/components.html", context)
