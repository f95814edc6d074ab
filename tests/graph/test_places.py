from pathlib import Path

import pytest
from rdflib import Graph, Literal

from dutygraph.errors import RegisterError
from dutygraph.graph import check_code, project_lookups
from dutygraph.graph.iris import mint_place
from dutygraph.graph.places import place_triples, read_places
from dutygraph.graph.vocab import SKOS

PLACES = project_lookups().places


def test_every_place_hangs_on_a_known_one() -> None:
    assert all(place.parent is None or place.parent in PLACES for place in PLACES.values())


def test_every_place_is_named_in_both_languages() -> None:
    assert all(place.name and place.english.isascii() for place in PLACES.values())
    assert (PLACES["130408"].english, PLACES["130524"].short) == ("Yongnian District", ("柏乡", "Baixiang"))


def test_the_levels_of_hebei_are_whole() -> None:
    assert {size: sum(len(code) == size for code in PLACES) for size in (2, 4, 6)} == {2: 1, 4: 11, 6: 167}


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
