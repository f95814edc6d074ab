"""Each rule has an example that holds and one that breaks it, and nothing but it."""

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from dutygraph.graph import read_rdf, validate_graph
from dutygraph.graph.validate import load_shapes
from dutygraph.resources import ontology_dir

RULES = sorted(
    str(rule).rsplit("#", 1)[-1] for rule in load_shapes().subjects(RDF.type, SH.NodeShape) if isinstance(rule, URIRef)
)
EXAMPLES = ontology_dir() / "examples"


def test_every_rule_has_both_examples_and_no_example_is_without_a_rule() -> None:
    for kind in ("valid", "invalid"):
        assert sorted(path.stem for path in (EXAMPLES / kind).glob("*.ttl")) == RULES


@pytest.mark.parametrize("rule", RULES)
def test_the_valid_example_breaks_no_rule(rule: str) -> None:
    assert validate_graph(read_rdf(EXAMPLES / "valid" / f"{rule}.ttl")).results == ()


@pytest.mark.parametrize("rule", RULES)
def test_the_invalid_example_breaks_this_rule_alone(rule: str) -> None:
    results = validate_graph(read_rdf(EXAMPLES / "invalid" / f"{rule}.ttl")).results
    assert {result.shape for result in results} == {rule}
    assert all(result.message_zh and result.message_en for result in results)


@pytest.mark.parametrize("rule", RULES)
def test_severity_and_messages_stand_on_the_rule_and_on_its_properties(rule: str) -> None:
    """Results carry what the constraint's own shape says, so both must say the same."""
    shapes = load_shapes()
    node = URIRef(f"https://w3id.org/dutygraph/shapes#{rule}")
    messages = {message.language for message in shapes.objects(node, SH.message)}  # type: ignore[attr-defined]
    assert messages == {"zh", "en"}
    for part in shapes.objects(node, SH.property):
        assert set(shapes.objects(part, SH.message)) == set(shapes.objects(node, SH.message))
        assert shapes.value(part, SH.severity) == shapes.value(node, SH.severity)


def test_the_shapes_are_valid_shacl() -> None:
    from pyshacl import validate

    conforms, _, text = validate(Graph(), shacl_graph=load_shapes(), meta_shacl=True, advanced=True)
    assert conforms, text
