"""The files that Insee and France Travail publish, cut short."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from jalons.nomenclature import official
from jalons.nomenclature.files import Row
from jalons.nomenclature.models import Appellation, Commune, Edition, Rome, SearchWord

pytestmark = pytest.mark.django_db(databases=["default", "migrator"])
OWNER = "migrator"
INSEE = """\
TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT
COM,90010,27,90,90D,901,0,BELFORT,Belfort,Belfort-le-Lion,9099,
COM,90999,27,90,90D,901,0,VALDOIE NEUVE,Valdoie-Neuve,Valdoie-Neuve,9099,
COMD,90052,,,,,0,HAUT,L'Haut,L'Haut,,90999
COMD,90999,,,,,0,VALDOIE NEUVE,Valdoie-Neuve,Valdoie-Neuve,,90999
COM,75056,11,75,75C,751,0,PARIS,Paris,Paris,ZZ,
ARM,75115,11,75,75C,751,0,PARIS 15,Paris 15e,Paris 15e,,75056
"""
CODES = "code_rome,code_fiche_em,code_ogr,libelle_rome,statut\nN1104,1,2,Pontier / Pontière,1\n"
TITLES = (
    "code_ogr;libelle_appellation_long;libelle_appellation_court;code_rome\n"
    "15432;Conducteur / Conductrice de grue d'atelier;Conducteur de grue;N1104\n"
)


@pytest.fixture
def insee(tmp_path: Path) -> Path:
    path = tmp_path / "v_commune_2030.csv"
    path.write_text(INSEE)
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "rome.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("unix_referentiel_code_rome_v460_utf8.csv", "\ufeff" + CODES)
        file.writestr("unix_referentiel_appellation_v460_utf8.csv", TITLES)
        file.writestr("lisezmoi.txt", "")
    return path


def read(path: Path) -> dict[str, Row]:
    return {row["code"]: row for row in official.communes(path, OWNER)}


def test_a_known_commune_keeps_what_insee_does_not_say(insee: Path) -> None:
    belfort = read(insee)["90010"]
    assert belfort["name"] == "Belfort-le-Lion"
    assert belfort["postcodes"] == ["90000"]
    assert belfort["departement_name"] == "Territoire de Belfort"
    assert belfort["epci"]


def test_a_new_commune_and_those_it_took_in(insee: Path) -> None:
    new = read(insee)["90999"]
    assert new["other_names"] == ["L’Haut"]
    assert (new["departement_name"], new["postcodes"]) == ("Territoire de Belfort", [])


def test_an_arrondissement_names_its_city(insee: Path) -> None:
    assert read(insee)["75115"]["parent"] == "75056"


def test_only_the_departements_of_the_file_are_dealt_with(insee: Path) -> None:
    found = read(insee)
    assert "90052" not in found
    assert "95572" in found
    assert "98818" in found


def test_the_command_closes_what_left(insee: Path, capsys: Any) -> None:
    call_command("import_communes", str(insee), "--date", "2030-01-01")
    assert "Communes ajoutées" in capsys.readouterr().out
    communes = Commune.objects.using(OWNER)
    assert communes.get(code="90052").valid_until == date(2030, 1, 1)
    assert communes.get(code="90999").valid_from == date(2030, 1, 1)
    assert communes.get(code="95572").valid_until is None
    assert Edition.objects.using(OWNER).get(name="communes").version == date(2030, 1, 1)


def test_the_rome_and_its_job_titles(archive: Path) -> None:
    call_command("import_rome", str(archive), "--date", "2030-01-01")
    assert Rome.objects.using(OWNER).filter(valid_until=None).count() == 1
    assert Rome.objects.using(OWNER).get(code="A1201").valid_until == date(2030, 1, 1)
    title = Appellation.objects.using(OWNER).get(code="15432")
    assert (title.rome_id, title.label) == ("N1104", "Conducteur / Conductrice de grue d’atelier")
    assert SearchWord.objects.using(OWNER).filter(scope="appellation", word="grue").exists()


def test_a_folder_will_do(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rome"
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder)
    assert list(official.occupations(folder)) == [{"code": "N1104", "label": "Pontier / Pontière"}]


def test_a_file_without_its_columns_says_which(tmp_path: Path) -> None:
    path = tmp_path / "communes.csv"
    path.write_text("TYPECOM,COM,LIBELLE\n")
    with pytest.raises(CommandError, match=r"communes.csv : colonnes absentes : COMPARENT, DEP"):
        call_command("import_communes", str(path), "--date", "2030-01-01")


@pytest.mark.parametrize("name", ["absent.zip", "text.zip", "empty.zip"])
def test_a_file_that_is_not_the_rome(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.zip").write_text("not an archive")
    zipfile.ZipFile(tmp_path / "empty.zip", "w").close()
    with pytest.raises(CommandError):
        call_command("import_rome", str(tmp_path / name), "--date", "2030-01-01")
    assert Rome.objects.using(OWNER).get(code="A1201").valid_until is None
