"""The pipeline's encoder as the reader starts from it: it knows the language's syntax already."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

NETWORK: Final = (
    Path(__file__).resolve().parent.parent / "en_entente" / "en_entente" / "pipeline" / "entente_annotator" / "network.onnx"
)
PRODUCTS: Final = ("attend_in", "attend_out", "inner", "outer")


def read_encoder(path: Path, layers: int) -> dict[str, Tensor]:
    """Return the encoder's weights from the exported pipeline, 8-bit integers times their scales."""
    arrays = {item.name: numpy_helper.to_array(item) for item in onnx.load(str(path)).graph.initializer}
    state: dict[str, Any] = {
        name.removeprefix("network.encoder."): array
        for name, array in arrays.items()
        if name.startswith("network.encoder.") and ".pieces." not in name
    }
    state["pieces.weight"] = arrays["network.encoder.pieces.table"] * arrays["network.encoder.pieces.scale"]
    names = sorted((name for name in arrays if name.endswith("_quantized")), key=lambda name: int(name.split("_")[1]))
    for place, name in enumerate(names[: layers * len(PRODUCTS)]):
        scale = arrays[name.replace("quantized", "scale")]
        weight = (arrays[name].astype(np.float32) * scale).T
        state[f"layers.{place // len(PRODUCTS)}.{PRODUCTS[place % len(PRODUCTS)]}.weight"] = weight
    return {name: torch.from_numpy(np.ascontiguousarray(array, dtype=np.float32)) for name, array in state.items()}
