"""Hold the dictionary to the Frictionless specifications, by hand: the package is not light."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from typing import cast

import pytest

from tests.master.samples import a_year
from workbook_tools.export.dictionary import Written, make_dictionary
from workbook_tools.export.encode import FORMATS
from workbook_tools.export.tables import Table, tables_of
from workbook_tools.form.submission import Submission
from workbook_tools.master.consolidate import DATA_COLUMNS, consolidate
from workbook_tools.registry.model import Registry
from workbook_tools.registry.source import load_source

Json = Mapping[str, object]
NAME = re.compile(r"[a-z0-9._/-]+")


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_source()


@pytest.fixture(scope="module")
def submissions(registry: Registry) -> list[Submission]:
    sent = a_year(registry, 2020, seed=4)
    first = sent[0]
    indicator = registry.of_unit(first.unit)[0].id
    texts = {(indicator, "bukti"): "=HYPERLINK(1)", (indicator, "pendorong"): "a\nb"}
    return [replace(first, texts=texts), *sent[1:]]


@pytest.fixture(scope="module")
def tables(registry: Registry, submissions: list[Submission]) -> tuple[Table, ...]:
    return tables_of(consolidate(registry, submissions, 2020), registry, submissions)


def package_of(tables: tuple[Table, ...], form: str) -> tuple[Json, list[Written]]:
    """Give the dictionary of an export, and its files."""
    encode, _ = FORMATS[form]
    files = [Written(one, f"{one.name}.{form}", encode(one)) for one in tables]
    data = make_dictionary(
        files,
        year=2020,
        form=form,
        agency="Dinas",
        as_of=datetime(2021, 1, 3, 2, tzinfo=UTC),
        notice="REKAAN",
        version="0",
    )
    return json.loads(data), files


def resources_of(package: Json) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", package["resources"])


def fields_of(resource: Json) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", cast("Json", resource["schema"])["fields"])


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_package_has_what_the_specification_asks_for(
    tables: tuple[Table, ...], form: str
) -> None:
    package, files = package_of(tables, form)
    assert NAME.fullmatch(str(package["name"]))
    assert datetime.fromisoformat(str(package["created"])).tzinfo is not None
    assert "REKAAN" in str(package["description"])
    resources = resources_of(package)
    assert [r["path"] for r in resources] == [f.path for f in files]
    assert len({r["name"] for r in resources}) == len(resources)
    is_tabular = form != "parquet"
    assert {r["profile"] == "tabular-data-resource" for r in resources} == {is_tabular}
    for resource in resources:
        assert NAME.fullmatch(str(resource["name"]))
        assert {f["type"] for f in fields_of(resource)} <= {"string", "integer", "number"}
        assert all(f["description"] for f in fields_of(resource))


def test_keys_point_to_columns_that_are_there(tables: tuple[Table, ...]) -> None:
    package, _ = package_of(tables, "csv")
    columns = {r["name"]: {f["name"] for f in fields_of(r)} for r in resources_of(package)}
    pointed = 0
    for resource in resources_of(package):
        schema = cast("Mapping[str, list[dict[str, object]]]", resource["schema"])
        assert set(map(str, schema["primaryKey"])) <= columns[resource["name"]]
        for key in schema.get("foreignKeys", []):
            reference = cast("Json", key["reference"])
            assert key["fields"] in columns[resource["name"]]
            assert reference["fields"] in columns[reference["resource"]]
            pointed += 1
    assert pointed == 3


def test_every_row_obeys_its_schema(tables: tuple[Table, ...]) -> None:
    package, files = package_of(tables, "csv")
    known: set[str] = set()
    for resource, file in zip(resources_of(package), files, strict=True):
        assert resource["hash"] == f"sha256:{hashlib.sha256(file.data).hexdigest()}"
        assert resource["bytes"] == len(file.data)
        head, *rows = csv.reader(StringIO(file.data.decode(), newline=""))
        fields = fields_of(resource)
        assert head == [f["name"] for f in fields]
        assert rows
        for row in rows:
            for field, cell in zip(fields, row, strict=True):
                assert obeys(field, cell), (resource["name"], field["name"], cell)
        keys = cast("Mapping[str, list[str]]", resource["schema"])["primaryKey"]
        named = [tuple(row[head.index(k)] for k in keys) for row in rows]
        assert len(set(named)) == len(named)
        pointing = {row[head.index("indikator")] for row in rows}
        known = known or pointing
        assert pointing <= known


def obeys(field: Json, cell: str) -> bool:
    """Tell whether a cell is what its field declares."""
    constraints = cast("Mapping[str, object]", field.get("constraints", {}))
    if cell == "":
        return "required" not in constraints
    allowed = cast("list[str] | None", constraints.get("enum"))
    if allowed is not None and cell not in allowed:
        return False
    if field["type"] == "integer":
        return re.fullmatch(r"-?[0-9]+", cell) is not None
    if field["type"] == "number":
        return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell) is not None and Decimal(cell).is_finite()
    return True


def test_the_figures_have_the_columns_of_the_contract(tables: tuple[Table, ...]) -> None:
    assert tuple(column.name for column in tables[0].columns) == DATA_COLUMNS
    assert len(tables[0].rows) == 70


def test_every_accepted_number_stands_in_the_inputs_once(
    tables: tuple[Table, ...], submissions: list[Submission]
) -> None:
    sent = sorted(
        (s.unit, indicator, s.period, key, str(value))
        for s in submissions
        for (indicator, key), value in s.values.items()
    )
    rows = sorted((str(r[0]), str(r[1]), r[3], str(r[4]), str(r[7])) for r in tables[2].rows)
    assert rows == sent


def test_texts_are_exported_as_they_are(
    tables: tuple[Table, ...], submissions: list[Submission]
) -> None:
    sent = sorted(text for s in submissions for text in s.texts.values())
    assert sorted(str(row[5]) for row in tables[3].rows) == sent


def test_a_year_without_returns_has_its_indicators_and_no_date(registry: Registry) -> None:
    empty = tables_of(consolidate(registry, [], 2021), registry, [])
    assert [len(table.rows) for table in empty] == [70, 70, 0, 0]
    data = make_dictionary(
        [], year=2021, form="csv", agency="Dinas", as_of=None, notice="", version="0"
    )
    assert "created" not in json.loads(data)
