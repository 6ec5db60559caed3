"""What each agreement is worth, learnt by splink from two files: a script for developers alone.

    python3 dev.py bench linkage --quick --write FOLDER
    python -m venv learning && learning/bin/pip install splink==5.0.0
    learning/bin/python bench/linked/learn.py FOLDER

It prints, for each comparison, the share `m` of each level among the pairs of one person, as
expectation-maximisation finds it without looking at the truth, and its weight in bits. The levels
are those of `people.matching.statement`; the constants of `people.matching.weights` are read off
them by hand, rounded, once a measure says that they are no worse. Neither splink nor DuckDB is a
dependency of the project.
"""

import sys
from math import log2
from pathlib import Path

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_library as levels

SEED = 1
FOLDED = """
SELECT "Identifiant dans le SI*" AS unique_id,
    regexp_replace(lower(strip_accents("Nom*")), '[^a-z]', '', 'g') AS family,
    regexp_replace(lower(strip_accents("Prénom*")), '[^a-z]', '', 'g') AS given,
    "Date de naissance*" AS born, "Code postal" AS postcode, "Téléphone" AS phone,
    regexp_replace(lower(strip_accents("Adresse")), '[^a-z0-9]', '', 'g') AS street
FROM read_csv(?, delim = ';', header = true, all_varchar = true)
"""
COMPARISONS = [
    levels.LevenshteinAtThresholds("family", [1, 2]).configure(term_frequency_adjustments=True),
    levels.LevenshteinAtThresholds("given", [1, 2]).configure(term_frequency_adjustments=True),
    levels.LevenshteinAtThresholds("born", [1, 2]),
    levels.ExactMatch("postcode"),
    levels.ExactMatch("phone"),
    levels.ExactMatch("street"),
]
PASSES = [("born",), ("family", "given")]
"""Pairs compared at each pass are equal on these columns; it learns of the others."""


def learn(folder: Path) -> None:
    with duckdb.connect() as connection:
        engine = DuckDBAPI(connection)
        files = []
        for name in ("A", "B"):
            file = str(folder / f"{name}.csv")
            connection.execute(f"CREATE TABLE file_{name} AS {FOLDED}", [file])
            files.append(engine.register(f"file_{name}", dataset_display_name=name))
        settings = SettingsCreator(
            link_type="link_only",
            comparisons=COMPARISONS,
            blocking_rules_to_generate_predictions=[block_on(*each) for each in PASSES],
        )
        linker = Linker(files, settings)
        linker.training.estimate_probability_two_random_records_match(
            [block_on("family", "given", "born")], recall=0.6
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=SEED)
        for each in PASSES:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*each), record_sample_proportion=1.0
            )
        for one in linker.misc.save_model_to_json()["comparisons"]:
            for level in one["comparison_levels"]:
                m, u = level.get("m_probability"), level.get("u_probability")
                if m and u:
                    name = f"{one['output_column_name']}: {level['label_for_charts']}"
                    print(f"{name:60} m = {m:.4f}  {log2(m / u):+.1f} bits")


if __name__ == "__main__":
    learn(Path(sys.argv[1]))
