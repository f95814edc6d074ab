"""From register folders to a store and an index that answer: build, and opening what was built."""

from dutygraph.pipeline.adding import Added, add_register
from dutygraph.pipeline.build import Progress, Summary, build
from dutygraph.pipeline.exporting import export_graph
from dutygraph.pipeline.feedback import Feedback, keep_feedback, read_feedback
from dutygraph.pipeline.home import Build, current_build, current_name
from dutygraph.pipeline.opening import Opened, open_home, open_templates
from dutygraph.pipeline.search import read_passages

__all__ = [
    "Added",
    "Build",
    "Feedback",
    "Opened",
    "Progress",
    "Summary",
    "add_register",
    "build",
    "current_build",
    "current_name",
    "export_graph",
    "keep_feedback",
    "open_home",
    "open_templates",
    "read_feedback",
    "read_passages",
]
