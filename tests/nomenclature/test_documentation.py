from django.conf import settings

from jalons.nomenclature.documentation import page


def test_the_page_of_the_lists_is_current() -> None:
    """Else: python3 dev.py manage write_docs."""
    assert (settings.BASE_DIR / "docs" / "nomenclature.md").read_text() == page()
