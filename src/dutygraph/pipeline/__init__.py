"""From register folders to a store and an index that answer: build, and opening what was built."""

from dutygraph.pipeline.build import Progress, Summary, build
from dutygraph.pipeline.home import Build, current_build, current_name
from dutygraph.pipeline.opening import Opened, open_home, open_templates

__all__ = [
    "Build",
    "Opened",
    "Progress",
    "Summary",
    "build",
    "current_build",
    "current_name",
    "open_home",
    "open_templates",
]
