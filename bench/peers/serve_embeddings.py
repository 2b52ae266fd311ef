"""The embeddings API beside sentence-transformers behind FastAPI: the same client, requests and model for both.

Usage: serve_embeddings.py MODEL_FOLDER [DOWNBEAT_URL]. The peer is started here; ours must run already, with MiniLM as its embedder:
    downbeat --models DIR --embedder all-MiniLM-L6-v2:int8 serve
"""

import http.client
import json
import multiprocessing
import socket
import sys
import threading
import time
from urllib.parse import urlsplit

import common

TEXTS, WORDS, REQUESTS, REPEATS = 32, 100, 4, 5
# One client after another, and several at once.
CLIENTS = (1, 4)


def serve(folder: str, port: int) -> None:
    """What people write: a model, a route, nothing else. Two threads, as everywhere here."""
    import torch
    import uvicorn
    from fastapi import FastAPI
    from pydantic import BaseModel
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(2)
    model = SentenceTransformer(folder, device="cpu")
    app = FastAPI()

    class Request(BaseModel):
        model: str
        input: list[str]

    @app.post("/v1/embeddings")
    def embed(request: Request) -> dict:
        vectors = model.encode(request.input, normalize_embeddings=True)
        data = [{"object": "embedding", "index": i, "embedding": v.tolist()} for i, v in enumerate(vectors)]
        return {"object": "list", "data": data, "model": request.model}

    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


def ask(url: str, body: bytes) -> None:
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=300)
    for _ in range(REQUESTS):
        connection.request("POST", "/v1/embeddings", body, {"Content-Type": "application/json"})
        reply = connection.getresponse()
        text = reply.read()
        assert reply.status == 200 and len(json.loads(text)["data"]) == TEXTS, text[:300]
    connection.close()


def rate(url: str, clients: int) -> float:
    body = json.dumps({"model": "all-MiniLM-L6-v2", "input": common.sentences(TEXTS, WORDS)}).encode()

    def task() -> None:
        threads = [threading.Thread(target=ask, args=(url, body)) for _ in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return clients * REQUESTS * TEXTS / common.median_seconds(task, REPEATS)


def main() -> None:
    folder = sys.argv[1]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    peer = multiprocessing.get_context("spawn").Process(target=serve, args=(folder, port), daemon=True)
    peer.start()
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            assert peer.is_alive(), "the peer did not start"
            time.sleep(0.1)
    from importlib.metadata import version

    versions = {name: version(name) for name in ("fastapi", "uvicorn", "sentence-transformers", "torch")}
    served = [("sentence-transformers behind FastAPI", url, versions)]
    served += [("downbeat", other, {}) for other in sys.argv[2:]]
    for name, at, known in served:
        for clients in CLIENTS:
            case = f"embeddings API, MiniLM, requests of {TEXTS} texts of {WORDS} words, {clients} client{'s' if clients > 1 else ''}"
            common.report(name, case, "throughput", rate(at, clients), "texts/s", known)
    peer.terminate()


if __name__ == "__main__":
    main()
