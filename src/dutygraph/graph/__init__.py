"""Records become RDF: vocabulary, IRIs, triples, provenance, the law behind them, and their validation."""

from dutygraph.graph.nquads import Written, graph_version, to_lines, write_nquads
from dutygraph.graph.places import check_code
from dutygraph.graph.shared import shared_graph
from dutygraph.graph.triples import build_graph, new_graph

__all__ = [
    "Written",
    "build_graph",
    "check_code",
    "graph_version",
    "new_graph",
    "shared_graph",
    "to_lines",
    "write_nquads",
]
