"""Who stands under whom: every position once, also where the register is odd."""

from __future__ import annotations

from dataclasses import replace

from workbook_tools.master.cascade import Branch, branches, mirrored_below, scope_name
from workbook_tools.registry.model import Registry
from workbook_tools.registry.source import load_source


def tree(registry: Registry) -> dict[str, Branch]:
    return {branch.position.id: branch for branch in branches(registry)}


def with_superior(registry: Registry, **superiors: str | None) -> Registry:
    """Give some positions, whose ids are written with _, another superior."""
    wanted = {unit.replace("_", "-"): above for unit, above in superiors.items()}
    return replace(
        registry,
        positions=tuple(
            replace(p, superior=wanted[p.id]) if p.id in wanted else p for p in registry.positions
        ),
    )


def test_every_position_stands_in_the_tree_once_and_below_its_superior() -> None:
    registry = load_source()

    found = branches(registry)

    assert sorted(b.position.id for b in found) == sorted(p.id for p in registry.positions)
    for branch in found[2:]:
        assert branch.parent is not None
        assert branch.parent.id == branch.position.superior
    assert [b.position.id for b in found[:2]] == ["iku-dinas", "kepala-dinas"]


def test_depth_and_scope_count_the_positions_above_and_below() -> None:
    found = tree(load_source())

    assert [found[unit].depth for unit in ("iku-dinas", "kepala-dinas", "kabid-pasar")] == [0, 1, 2]
    assert found["kasi-sarpras-pasar"].depth == 3
    assert found["kabid-pasar"].scope == 3
    assert found["kasi-sarpras-pasar"].scope == 0


def test_those_below_a_lost_superior_stay_with_it_and_say_so() -> None:
    found = tree(load_source())

    parent = found["kasi-industri-agro"].parent
    assert parent is not None
    assert parent.id == "kabid-industri"
    assert "Halaman atasannya (Kepala Bidang Industri)" in found["kasi-industri-agro"].remark
    assert "Halaman jabatan ini tidak ada" in found["kabid-industri"].remark


def test_an_unknown_or_missing_superior_hangs_the_position_under_the_agency_with_a_remark() -> None:
    found = tree(with_superior(load_source(), kabid_pasar="kepala-lain", kasi_bina_produksi=None))

    assert (found["kabid-pasar"].depth, found["kasi-bina-produksi"].depth) == (1, 1)
    assert found["kabid-pasar"].remark == "Atasan (kepala-lain) tidak ada pada registri."
    assert found["kasi-bina-produksi"].remark == "Atasan belum dicatat pada registri."


def test_a_chain_of_superiors_that_never_ends_loses_nobody() -> None:
    odd = with_superior(load_source(), kepala_dinas="kabid-pasar", sekretaris="sekretaris")

    found = branches(odd)

    assert len(found) == len({b.position.id for b in found}) == len(odd.positions)
    assert "Rantai atasan" in tree(odd)["kabid-pasar"].remark
    assert "Rantai atasan" in tree(odd)["sekretaris"].remark


def test_the_iki_that_repeat_an_iku_stand_below_it() -> None:
    registry = load_source()
    iku, own = registry.of_unit("iku-dinas")[1], registry.of_unit("kabid-pasar")[0]

    assert [one.id for one in mirrored_below(registry, iku)] == ["kepala-dinas/02"]
    assert mirrored_below(registry, own) == ()


def test_a_scope_is_named_after_what_is_led() -> None:
    found = tree(load_source())

    assert scope_name(found["kabid-pasar"].position) == "Bidang Pasar"
    assert scope_name(found["sekretaris"].position) == "Sekretariat"
