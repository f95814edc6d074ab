"""Records become RDF: vocabulary, IRIs, triples, provenance, the law behind them, and their validation."""

from dutygraph.graph.alignment import Named, alignment_graph, named_things
from dutygraph.graph.concepts import concept_graph, node_texts
from dutygraph.graph.description import description_graph
from dutygraph.graph.export import EXPORT_FORMATS, from_lines, serialise
from dutygraph.graph.lookups import project_lookups
from dutygraph.graph.nquads import Written, graph_version, to_lines, write_nquads
from dutygraph.graph.places import check_code
from dutygraph.graph.quality import Measurement, Metric, measure_quality
from dutygraph.graph.reading import read_rdf
from dutygraph.graph.review_graph import register_spots, review_graph
from dutygraph.graph.reviews import Correction, Located, Spot, locate, read_corrections
from dutygraph.graph.shared import shared_graph
from dutygraph.graph.triples import build_graph, new_graph
from dutygraph.graph.validate import Report, Result, drop_nonconforming, validate_graph
from dutygraph.graph.workbook import export_workbook

__all__ = [
    "EXPORT_FORMATS",
    "Correction",
    "Located",
    "Measurement",
    "Metric",
    "Named",
    "Report",
    "Result",
    "Spot",
    "Written",
    "alignment_graph",
    "build_graph",
    "check_code",
    "concept_graph",
    "description_graph",
    "drop_nonconforming",
    "export_workbook",
    "from_lines",
    "graph_version",
    "locate",
    "measure_quality",
    "named_things",
    "new_graph",
    "node_texts",
    "project_lookups",
    "read_corrections",
    "read_rdf",
    "register_spots",
    "review_graph",
    "serialise",
    "shared_graph",
    "to_lines",
    "validate_graph",
    "write_nquads",
]
