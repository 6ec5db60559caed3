"""Our own files, as they are sent: compressed."""

import gzip
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "jalons" / "kernel" / "static" / "kernel"


@pytest.mark.parametrize(("file", "most"), [("app.css", 15_000), ("app.js", 10_000)])
def test_our_own_files_stay_light(file: str, most: int) -> None:
    assert len(gzip.compress((STATIC / file).read_bytes())) <= most


def test_there_is_no_other_file_of_ours() -> None:
    names = {file.name for file in STATIC.iterdir() if file.suffix in {".css", ".js"}}
    assert names == {"app.css", "app.js"}
