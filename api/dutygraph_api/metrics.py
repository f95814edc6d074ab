"""Counts and latencies in the text format of Prometheus (version 0.0.4).

Written by hand: three series need no dependency, and a registry shared by the whole process would mix the services
that tests start side by side.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict

__all__ = ["Metrics"]

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the latency histogram, in seconds."""


class Metrics:
    """What the service counts about itself. Used from the event loop only, so it needs no lock."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._answers: Counter[tuple[str, str]] = Counter()
        self._buckets: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(BUCKETS) + 1))
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request: ``route`` is the path of the route, not of the request, so that the series stay few."""
        self._requests[method, route, status] += 1
        self._buckets[route][bisect_left(BUCKETS, seconds)] += 1
        self._seconds[route] += seconds

    def count_answer(self, status: str, intent: str) -> None:
        """One answered question: its status and intent, never its words."""
        self._answers[status, intent] += 1

    def text(self, graph_version: str) -> str:
        """Everything counted so far."""
        lines = [
            "# HELP dutygraph_build_info The build that answers.",
            "# TYPE dutygraph_build_info gauge",
            f"dutygraph_build_info{_labels(graph_version=graph_version)} 1",
            "# HELP dutygraph_answers_total Questions answered, by status and intent.",
            "# TYPE dutygraph_answers_total counter",
        ]
        for (status, intent), number in sorted(self._answers.items()):
            lines.append(f"dutygraph_answers_total{_labels(status=status, intent=intent)} {number}")
        lines += [
            "# HELP dutygraph_http_requests_total Requests, by method, route and status.",
            "# TYPE dutygraph_http_requests_total counter",
        ]
        for (method, route, code), number in sorted(self._requests.items()):
            labels = _labels(method=method, route=route, status=str(code))
            lines.append(f"dutygraph_http_requests_total{labels} {number}")
        lines += [
            "# HELP dutygraph_http_request_duration_seconds Seconds until the answer was sent, by route.",
            "# TYPE dutygraph_http_request_duration_seconds histogram",
        ]
        for route in sorted(self._buckets):
            lines += self._histogram(route)
        return "\n".join(lines) + "\n"

    def _histogram(self, route: str) -> list[str]:
        name, lines, total = "dutygraph_http_request_duration_seconds", [], 0
        for bound, number in zip((*map(str, BUCKETS), "+Inf"), self._buckets[route], strict=True):
            total += number
            lines.append(f"{name}_bucket{_labels(route=route, le=bound)} {total}")
        lines.append(f"{name}_sum{_labels(route=route)} {self._seconds[route]:.6f}")
        lines.append(f"{name}_count{_labels(route=route)} {total}")
        return lines


def _labels(**labels: str) -> str:
    def escaped(value: str) -> str:
        return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

    return "{" + ",".join(f'{name}="{escaped(value)}"' for name, value in labels.items()) + "}"
