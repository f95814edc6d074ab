"""Documents → records: any register in any of its formats, with what the reader noticed."""

from dutygraph.read.clauses import parse_clauses
from dutygraph.read.document import read_document, read_register
from dutygraph.read.records import as_place, as_records
from dutygraph.read.registers import RegisterMeta, find_register_folders, parse_metadata

__all__ = [
    "RegisterMeta",
    "as_place",
    "as_records",
    "find_register_folders",
    "parse_clauses",
    "parse_metadata",
    "read_document",
    "read_register",
]
