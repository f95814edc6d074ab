"""dutygraph: Chinese duty registers as a knowledge graph that answers, with the cell it answers from."""

__version__ = "0.1.0"
