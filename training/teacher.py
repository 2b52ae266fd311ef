"""The teacher: all-MiniLM-L6-v2 run in bulk over token lists, on a GPU where there is one."""

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

MAX_TOKENS = 256
TOKENS_PER_BATCH = {"cuda": 131072, "cpu": 8192}


class Teacher:
    """Encodes texts to L2-normalised vectors (mean over tokens), as sentence-transformers does with this model."""

    def __init__(self, folder: Path, device: str):
        self.device = device
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)
        dtype = torch.float16 if device == "cuda" else torch.float32
        self.model = AutoModel.from_pretrained(folder, add_pooling_layer=False, dtype=dtype).to(device).eval()

    def tokenize(self, texts: list[str]) -> list[np.ndarray]:
        """Token ids with [CLS] and [SEP]."""
        out = []
        for start in range(0, len(texts), 20000):
            out += [np.array(e.ids, dtype=np.int32) for e in self.tokenizer.encode_batch_fast(texts[start : start + 20000])]
        return out

    @torch.inference_mode()
    def encode(self, ids: list[np.ndarray]) -> torch.Tensor:
        """[n, 384] f16 on the teacher's device; texts of like length share a batch."""
        lengths = np.array([len(row) for row in ids])
        order = np.argsort(-lengths, kind="stable")
        out = torch.empty(len(ids), self.model.config.hidden_size, dtype=torch.float16, device=self.device)
        start = 0
        while start < len(order):
            longest = int(lengths[order[start]])
            batch = order[start : start + max(1, TOKENS_PER_BATCH[self.device] // longest)]
            tokens = np.zeros((len(batch), longest), dtype=np.int64)
            for row, index in enumerate(batch):
                tokens[row, : lengths[index]] = ids[index]
            tokens = torch.from_numpy(tokens).to(self.device)
            mask = torch.arange(longest, device=self.device) < torch.from_numpy(lengths[batch]).to(self.device)[:, None]
            hidden = self.model(input_ids=tokens, attention_mask=mask.long()).last_hidden_state.float()
            mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
            out[torch.from_numpy(batch).to(self.device)] = torch.nn.functional.normalize(mean, dim=1).half()
            start += len(batch)
        return out
