"""RDF files from strangers."""

from pathlib import Path

import pytest

from dutygraph.errors import ReadError, UnreadableDocument, UnsupportedFormat
from dutygraph.graph import read_rdf
from dutygraph.graph.reading import MAX_BYTES


def refused(tmp_path: Path, name: str, content: str | bytes) -> ReadError:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(ReadError) as caught:
        read_rdf(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", "<a> <b>"),
        ("a.nt", "nonsense"),
        ("a.nq", "<a> <b> <c> <d> <e> ."),
        ("a.trig", "{ <a>"),
        ("a.jsonld", "{"),
        ("a.rdf", "<rdf"),
        ("a.ttl", b"\xff\xfe\x00"),
        ("a.jsonld", "[" * 3000),
        ("a.ttl", "<a:a> <a:b> " + "(" * 5000),
    ],
)
def test_damage_is_named(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert isinstance(refused(tmp_path, name, content), UnreadableDocument)


def test_other_formats_are_not_guessed(tmp_path: Path) -> None:
    assert isinstance(refused(tmp_path, "a.csv", "a,b"), UnsupportedFormat)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"none\.ttl"):
        read_rdf(tmp_path / "none.ttl")


def test_size_is_bounded(tmp_path: Path) -> None:
    assert "MB" in str(refused(tmp_path, "a.nt", b"#" * (MAX_BYTES + 1)))


@pytest.mark.parametrize(
    "context",
    [
        '"http://127.0.0.1:9/context"',
        '"file:///etc/passwd"',
        '["other.jsonld"]',
        '{"@import": "http://127.0.0.1:9/context"}',
        '{"a": {"@id": "urn:a", "@context": "http://127.0.0.1:9/context"}}',
    ],
)
def test_no_context_is_fetched(tmp_path: Path, context: str) -> None:
    assert "@context" in str(refused(tmp_path, "a.jsonld", f'{{"@context": {context}, "@id": "urn:a"}}'))


def test_a_context_further_in_is_not_fetched_either(tmp_path: Path) -> None:
    nested = '{"@id": "urn:a", "urn:b": [{"@context": "http://127.0.0.1:9/context", "@id": "urn:c"}]}'
    assert "@context" in str(refused(tmp_path, "a.jsonld", nested))


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    assert "document type" in str(refused(tmp_path, "a.rdf", bomb))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", "<urn:a> <urn:b> <urn:c> ."),
        ("a.nt", "<urn:a> <urn:b> <urn:c> ."),
        ("a.nq", "<urn:a> <urn:b> <urn:c> <urn:g> ."),
        ("a.trig", "<urn:g> { <urn:a> <urn:b> <urn:c> }"),
        ("a.jsonld", '{"@id": "urn:a", "urn:b": {"@id": "urn:c"}}'),
        ("a.jsonld", '{"@id": "urn:g", "@graph": [{"@id": "urn:a", "urn:b": {"@id": "urn:c"}}]}'),
        (
            "a.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
            '<rdf:Description rdf:about="urn:a"><u:b rdf:resource="urn:c"/></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_each_format_is_read(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert [tuple(map(str, triple)) for triple in read_rdf(tmp_path / name)] == [("urn:a", "urn:b", "urn:c")]
