"""A register whose form sets those who lead apart from those who assist."""

from __future__ import annotations

from pathlib import Path

import pytest

from dutygraph.analysis.loading import load_sheets
from dutygraph.answer import Answerer
from dutygraph.pipeline import Opened, build, open_home
from dutygraph.resources import queries_dir
from dutygraph.settings import Settings
from dutygraph.store import Rows, load_templates, run_named

REGISTER = """jurisdiction_code = "130426"
jurisdiction = "涉县"
agency = "水利局"
"""
TABLE = """管理事项,牵头部门,牵头职责,配合部门,配合职责,划分依据
饮用水卫生,水利局,负责农村饮用水供水工程。,卫生健康局,负责饮用水水质监测。,
,,,城市管理局,指导小区清洗水箱。,
采砂管理,水利局,负责采砂许可。,公安局,配合水利局查处采砂。,
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    data, home = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("home")
    folder: Path = data / "registers" / "130426-shuili"
    folder.mkdir(parents=True)
    (folder / "register.toml").write_text(REGISTER, encoding="utf-8")
    (folder / "source.csv").write_text(TABLE, encoding="utf-8")
    build([data], home, encoder="none")
    return open_home(Settings(home=home, encoder="none"))


def test_a_sentence_that_says_no_more_than_responsible_has_the_role_of_its_column(opened: Opened) -> None:
    answer = Answerer(opened.store, opened.index, opened.templates).ask("饮用水卫生归谁管", id="t").as_json()
    assert (answer["names"][0], answer["results"][0]["role"]) == ("水利局", "lead")
    assert {result["agency"]: result["role"] for result in answer["results"]} == {
        "水利局": "lead",
        "卫生健康局": "assist",
        "城市管理局": "guide",  # its own sentence says so
    }
    assert "饮用水卫生，牵头" in answer["text"]


def test_a_matter_led_by_its_column_is_not_without_lead(opened: Opened) -> None:
    templates = load_templates(queries_dir())
    unled = run_named(opened.store, templates, "matters-without-lead", {})
    assert isinstance(unled, Rows)
    assert list(unled.dicts()) == []
    (sheet,) = load_sheets(opened.store, templates)
    assert [[sorted(share.roles) for share in matter.shares] for matter in sheet.matters] == [
        [["lead", "responsible"], ["assist", "responsible"], ["assist", "guide"]],
        [["approve", "lead", "responsible"], ["assist"]],
    ]
