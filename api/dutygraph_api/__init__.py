"""The HTTP service of dutygraph: the only place that knows HTTP."""
