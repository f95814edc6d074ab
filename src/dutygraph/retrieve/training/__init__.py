"""How the encoder that ships was made: weights, vocabulary, fine-tuning, ONNX. Nothing here is needed to answer a
question; it takes torch and sentence-transformers (extra ``training``)."""

from __future__ import annotations

__all__: list[str] = []
