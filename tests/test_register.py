"""One subject under several names: by code, by name, by nearly the same name, by the same words in another order."""

from __future__ import annotations

import pytest

from extractor.resolve.register import Register, plain
from extractor.resolve.wording import same_words


@pytest.fixture
def register() -> Register:
    known = Register()
    known.enter("人员培训覆盖率", "C12")
    known.enter("管网巡检合格率", "C1-3")
    known.enter("群众满意度")
    return known


@pytest.mark.parametrize(
    ("name", "code", "found"),
    [
        ("管网巡检合格率", "", "管网巡检合格率"),
        ("管网巡检的合格率", "", "管网巡检合格率"),
        ("", "C13", "管网巡检合格率"),
        ("管网巡查合格情况", "C1-3", "管网巡检合格率"),
        ("经费支出", "C1-3", None),
        ("群众满意率", "", None),
    ],
)
def test_find(register: Register, name: str, code: str, found: str | None) -> None:
    entry = register.find(name, code)
    assert (entry.name if entry else None) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [("培训人员覆盖率", "人员培训覆盖率"), ("管网巡检合格比率", "管网巡检合格率"), ("设备完好率", None)],
)
def test_closest(register: Register, name: str, found: str | None) -> None:
    entry = register.closest(name)
    assert (entry.name if entry else None) == found


def test_two_codes_are_two_subjects(register: Register) -> None:
    assert register.enter("群众满意度", "D21") is register.enter("群众满意度", "D21")
    assert register.enter("群众满意度", "D22") is not register.enter("群众满意度", "D21")


def test_words_in_another_order_are_the_same_unless_one_negates() -> None:
    assert same_words(plain("培训人员覆盖率"), [plain("人员培训覆盖率")])
    assert not same_words("未接通解决率", ["接通未解决率"])
    assert not same_words("覆盖率", ["合格率"])
