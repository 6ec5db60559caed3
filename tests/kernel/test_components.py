import gzip
import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler, Tag

from jalons import kernel
from jalons.kernel import samples
from jalons.kernel.views import components

HERE = Path(kernel.__file__).parent
STATIC = HERE / "static" / "kernel"
FRAME_ONLY = {"print_header", "icon"}
"""Components that the sheet does not show: the first is on paper only, the second everywhere."""


class Page(HTMLParser):
    """The elements of a page, with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(name))]


def render(source: str, **context: Any) -> str:
    template = engines["django"].from_string(CottonCompiler().process(source))
    return template.render(context, RequestFactory().get("/"))


@pytest.fixture(scope="module")
def sheet() -> Page:
    request = RequestFactory().get("/composants/")
    request.resolver_match = None
    return Page(components(request).content.decode())


def test_the_sheet_shows_every_component() -> None:
    source = (HERE / "templates" / "kernel" / "components.html").read_text()
    known = {path.stem for path in (HERE / "templates" / "cotton").glob("*.html")} - FRAME_ONLY
    nested = {"avatar", "count", "due"}
    shown = {name.replace("-", "_") for name in re.findall(r"<c-([a-z-]+)", source)}
    assert known - shown - nested == set()


def test_ids_are_unique_and_every_reference_leads_somewhere(sheet: Page) -> None:
    ids = Counter(sheet.values("id"))
    assert {name for name, number in ids.items() if number > 1} == set()
    names = ("for", "aria-labelledby", "aria-describedby", "popovertarget", "data-dialog")
    references = {key for name in names for value in sheet.values(name) for key in value.split()}
    anchors = {href[1:] for href in sheet.values("href") if href.startswith("#")}
    assert (references | anchors) - set(ids) == set()


def test_nothing_is_written_that_the_content_security_policy_refuses(sheet: Page) -> None:
    names = {name for _, attrs in sheet.elements for name in attrs}
    assert {name for name in names if name == "style" or name.startswith("on")} == set()
    assert all(attrs.get("src") for tag, attrs in sheet.elements if tag == "script")
    assert "style" not in {tag for tag, _ in sheet.elements}


def test_the_sheet_keeps_to_the_budget_of_a_page(sheet: Page) -> None:
    assert len(sheet.elements) <= 1_200
    assert len(gzip.compress((STATIC / "app.css").read_bytes())) <= 15_000
    assert len(gzip.compress((STATIC / "app.js").read_bytes())) <= 10_000


def test_every_text_of_the_sheet_is_typographically_right(sheet: Page) -> None:
    wrong = re.compile(r"[ '](?=[:;!?»])|« |\w'\w|\d (?:j|h|%)\b")
    assert [text for text in sheet.text if wrong.search(text)] == []


def uses() -> list[tuple[str, str, str]]:
    """Template, component and attribute name of every use of a component in the project."""
    found = []
    for path in sorted(HERE.parent.rglob("templates/**/*.html")):
        source, _ = CottonCompiler().exclude_ignorables(path.read_text())
        for match in Tag.tag_pattern.finditer(source):
            tag = Tag(match)
            names = [attribute[0] for attribute in Tag.attr_pattern.findall(tag.attrs)]
            found += [(path.name, tag.tag_name, name) for name in ["", *names]]
    return [use for use in found if use[1] not in ("c-vars", "c-slot")]


def declared(component: str) -> set[str]:
    path = HERE / "templates" / "cotton" / f"{component[2:].replace('-', '_')}.html"
    found = re.search(r"<c-vars (.*?)/>", path.read_text())
    return {name for name, *_ in Tag.attr_pattern.findall(found[1])} if found else set()


def test_every_attribute_given_to_a_component_is_its_own_or_the_elements() -> None:
    native = re.compile(r"(data-|aria-)[a-z-]+|role|disabled|name|value|")
    wrong = [
        use
        for use in uses()
        if use[2].removeprefix(":") not in declared(use[1]) and not native.fullmatch(use[2])
    ]
    assert wrong == []


@pytest.mark.parametrize("tone", ["late", "soon", "ok", "info"])
def test_a_state_is_said_by_a_word_and_an_icon(tone: str) -> None:
    html = render(f'<c-tag tone="{tone}">Un mot</c-tag>')
    assert "<svg" in html
    assert "Un mot" in html


def test_what_is_no_state_has_no_icon() -> None:
    assert "<svg" not in render("<c-tag>RSA</c-tag>")


@pytest.mark.parametrize(
    ("value", "word", "steps"),
    [
        ("blocking", "Bloquant", 1),
        ("need", "À travailler", 2),
        ("fine", "Ça va", 3),
        ("strength", "Point fort", 4),
        ("kept_private", "Ne souhaite pas partager", 0),
        ("unexplored", "Pas encore abordé", 0),
    ],
)
def test_the_scale_says_its_word_and_fills_its_steps(value: str, word: str, steps: int) -> None:
    html = render(f'<c-level value="{value}" />')
    assert word in html
    assert html.count("level__on") == steps


def test_a_trend_is_also_said_in_words() -> None:
    assert "en progrès depuis juin" in render('<c-level value="need" trend="up" since="juin" />')
    assert "plus difficile" in render('<c-level value="need" trend="down" />')


def test_a_delay_beyond_its_target_says_by_how_much() -> None:
    html = unescape(render('<c-delay :days="days" :target="30" :scale="60" />', days=44))
    assert "+14 j, délai visé 30 j".replace(" j", "\u00a0j") in html
    assert "delay--late" in html


def test_a_delay_without_target_is_a_number() -> None:
    html = render('<c-delay :days="189" :target="target" />', target=None)
    assert "189" in html
    assert "<svg" not in html


def test_a_button_with_an_address_is_a_link() -> None:
    assert '<a class="btn btn--primary" href="/x/"' in render(
        '<c-button href="/x/" kind="primary">Voir</c-button>'
    )
    assert 'type="submit"' in render("<c-button>Garder</c-button>")


def test_a_button_that_is_an_icon_keeps_its_words_for_those_who_listen() -> None:
    html = render('<c-button icon="mail" only="yes" about="à Nadia">Écrire</c-button>')
    assert '<span class="vh">Écrire à Nadia</span>' in html


def test_what_a_user_wrote_cannot_leave_an_attribute_or_become_a_tag() -> None:
    hostile = '"><script>alert(1)</script>'
    html = render(
        '<c-card title="{{ name }}" id="card" data-name="{{ name }}"><c-due :when="name" />'
        '<c-button href="{{ name }}" about="{{ name }}">Voir</c-button></c-card>',
        name=hostile,
    )
    assert "script" not in {tag for tag, _ in Page(html).elements}


def test_a_masked_line_shows_no_more_than_it_is_given() -> None:
    bare = render('<c-masked initials="M. R." birth_year="1992" />')
    assert "1992" in bare
    assert "Connu" not in bare
    full = render('<c-masked initials="M. R." :known="3" commune="Vernoise" href="/x/" />')
    assert "Connu par 3\u00a0structures" in full
    assert 'href="/x/"' in full


@pytest.mark.parametrize(
    ("attributes", "links"), [("", 0), ('next="?a"', 1), ('next="?a" previous="?b"', 2)]
)
def test_a_pager_offers_only_the_pages_that_exist(attributes: str, links: int) -> None:
    assert render(f"<c-pager {attributes} />").count("<a ") == links


def test_a_toast_undoes_by_posting_and_returns_to_its_page() -> None:
    page = Page(render('<c-toast undo="/annuler/1/" next="/x/?page=2">Fait</c-toast>'))
    form = next(attrs for tag, attrs in page.elements if tag == "form")
    assert (form["method"], form["action"]) == ("post", "/annuler/1/")
    assert {"csrfmiddlewaretoken", "next"} <= set(page.values("name"))
    assert "/x/?page=2" in page.values("value")


def test_live_filters_name_the_same_address_as_the_link() -> None:
    page = Page(render('<c-chip id="a" href="?f=1" live="yes" :count="0">Aucune</c-chip>'))
    assert page.values("href") == page.values("data-hx-get") == ["?f=1"]
    assert "0" in page.text


def test_the_wizard_says_where_one_is() -> None:
    html = unescape(render("<c-wizard :steps=\"['Un', 'Deux', 'Trois']\" :current=\"2\" />"))
    assert "Étape 2 sur 3" in html
    assert html.count('aria-current="step"') == 1
    assert "Ensuite : Trois".replace(" :", "\u00a0:") in html


def test_a_hidden_fact_is_not_in_the_page_before_it_is_revealed() -> None:
    hidden = render('<c-reveal id="r" url="/x/" what="Détail masqué">Le détail</c-reveal>')
    assert "Le détail" not in hidden
    assert 'action="/x/"' in hidden
    shown = render('<c-reveal id="r" url="/x/" what="" shown="yes">Le détail</c-reveal>')
    assert "Le détail" in shown
    assert "<form" not in shown


@pytest.mark.parametrize("name", list(samples.SampleForm().fields))
def test_a_field_has_a_name_a_hint_and_its_error(name: str) -> None:
    form = samples.SampleForm({"day": "demain", "scan": ""})
    form.fields[name].required = True
    page = Page(render('<c-field :field="field" />', field=form[name]))
    text = "".join(page.text)
    label = str(form.fields[name].label).replace(" ?", "")
    assert label in text
    assert str(form[name].errors[0]) in text
    described = {key for value in page.values("aria-describedby") for key in value.split()}
    assert f"id_{name}_error" in described
    assert described <= set(page.values("id"))


def test_a_field_that_may_stay_empty_says_so() -> None:
    form = samples.SampleForm()
    assert "(facultatif)" in render('<c-field :field="field" />', field=form["commune"])
    assert "(facultatif)" not in render('<c-field :field="field" />', field=form["words"])


def test_a_hidden_field_is_only_itself() -> None:
    class Hidden(forms.Form):
        key = forms.CharField(widget=forms.HiddenInput)

    html = render('<c-field :field="field" />', field=Hidden()["key"])
    assert [tag for tag, _ in Page(html).elements] == ["input"]


def test_the_summary_counts_the_errors_and_leads_to_each() -> None:
    page = Page(render('<c-error-summary :form="form" />', form=samples.filled_with_errors()))
    assert "2\u00a0réponses à corriger" in "".join(page.text)
    assert set(page.values("href")) == {
        "#id_errors-day",
        "#id_errors-words",
    }


def test_there_is_no_summary_without_error() -> None:
    assert render('<c-error-summary :form="form" />', form=samples.SampleForm()).strip() == ""


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_an_error_page_needs_no_request_and_leads_home(status: int) -> None:
    page = Page(render_to_string(f"kernel/{status}.html"))
    assert [tag for tag, _ in page.elements].count("h1") == 1
    assert "Revenir à l’accueil" in page.text
    assert "/" in page.values("href")


def test_the_page_of_a_thing_hidden_and_of_a_thing_missing_is_one() -> None:
    html = render_to_string("kernel/404.html")
    assert "Cette page n’existe pas ou n’est pas partagée avec vous" in html
