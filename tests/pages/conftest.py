"""The order of the checks of pages: HTML is validated once every page was sent."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.name.startswith("test_html_is_valid"))
