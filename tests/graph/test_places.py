from pathlib import Path

import pytest
from rdflib import Graph, Literal

from dutygraph.errors import RegisterError
from dutygraph.graph import check_code, project_lookups
from dutygraph.graph.iris import mint_place
from dutygraph.graph.places import around, place_triples, read_places
from dutygraph.graph.vocab import SKOS

PLACES = project_lookups().places


def test_every_place_hangs_on_a_known_one() -> None:
    assert all(place.parent is None or place.parent in PLACES for place in PLACES.values())


def test_every_place_is_named_in_both_languages() -> None:
    assert all(place.name and place.english.isascii() for place in PLACES.values())
    assert (PLACES["130408"].english, PLACES["130524"].short) == ("Yongnian District", ("柏乡", "Baixiang"))


def test_the_levels_of_hebei_are_whole() -> None:
    hebei = [place for code, place in PLACES.items() if code.startswith("13") and not place.until]
    assert {size: sum(len(place.code) == size for place in hebei) for size in (2, 4, 6)} == {2: 1, 4: 11, 6: 167}


@pytest.mark.parametrize(
    ("code", "name", "short"),
    [
        ("330109", "萧山区", ("萧山", "Xiaoshan")),
        ("440305", "南山区", ("南山", "Nanshan")),
        ("33", "浙江省", ("浙江", "Zhejiang")),
    ],
)
def test_other_provinces_are_known(code: str, name: str, short: tuple[str, ...]) -> None:
    assert (PLACES[code].name, PLACES[code].short, PLACES[code].until) == (name, short, None)


def test_a_former_county_is_known_as_former() -> None:
    former = check_code("130429", PLACES)
    assert (former.name, former.until) == ("永年县", "2014")


def test_around_a_register_are_its_province_and_nothing_else() -> None:
    found = {place.code for place in around(["330109"], PLACES)}
    assert {"33", "3301", "330106", "330109"} <= found
    assert all(code.startswith("33") for code in found)
    assert "130429" in {place.code for place in around(["130429"], PLACES)}


def test_an_unknown_code_says_how_to_mend_it() -> None:
    assert check_code("130524", PLACES).name == "柏乡县"
    with pytest.raises(RegisterError, match=r"'139999'.*register\.toml"):
        check_code("139999", PLACES)


def test_a_place_is_a_concept_under_the_one_above() -> None:
    graph = Graph()
    for triple in place_triples(PLACES["130524"]):
        graph.add(triple)
    place = mint_place("130524")
    assert graph.value(place, SKOS.broader) == mint_place("1305")
    assert Literal("Baixiang", lang="en") in set(graph.objects(place, SKOS.altLabel))


@pytest.mark.parametrize("text", ["", "[places]\n13 = 5\n", '[places]\n135 = {zh="x", en="x"}\n', "[places\n"])
def test_a_wrong_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "places.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(RegisterError, match=r"places\.toml"):
        read_places(path)
