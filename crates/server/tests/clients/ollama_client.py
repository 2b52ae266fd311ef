"""Every Ollama-shaped route with the official client, streamed and not. Usage: ollama_client.py URL"""

import sys

import ollama

client = ollama.Client(host=sys.argv[1], timeout=30)
question = "Who approves journeys above 500 euros?"
talk = [{"role": "user", "content": question}]

names = [model.model for model in client.list().models]
assert "downbeat:latest" in names and "static:latest" in names, names
assert [model.model for model in client.ps().models] == ["static:latest"]
assert client.show("downbeat").capabilities == ["completion"]
assert client.show("static").capabilities == ["embedding"]

one = client.embed(model="static", input="a kettle")
many = client.embed(model="static:latest", input=["rail", "a kettle"])
assert len(many.embeddings) == 2 and list(one.embeddings[0]) == list(many.embeddings[1])
assert one.prompt_eval_count > 0 and one.total_duration > 0
assert list(client.embeddings(model="static", prompt="a kettle").embedding) == list(one.embeddings[0])
assert len(client.embed(model="static", input="a", dimensions=64).embeddings[0]) == 64

whole = client.chat(model="downbeat", messages=talk)
assert "head of finance" in whole.message.content and whole.done and whole.done_reason == "stop"
assert whole.total_duration > 0 and whole.eval_count > 0
parts = list(client.chat(model="downbeat", messages=talk, stream=True))
assert "".join(part.message.content for part in parts) == whole.message.content
assert parts[-1].done and not parts[0].done

text = client.generate(model="downbeat", prompt=question).response
assert text == whole.message.content
parts = list(client.generate(model="downbeat", prompt=question, stream=True))
assert "".join(part.response for part in parts) == text
short = client.generate(model="downbeat", prompt=question, options={"num_predict": 5})
assert short.done_reason == "length"
assert client.generate(model="downbeat").done_reason == "load"

for status, call in [
    (404, lambda: client.show("llama3")),
    (404, lambda: client.chat(model="llama3", messages=talk)),
    (404, lambda: client.embed(model="llama3", input="a")),
    (400, lambda: client.chat(model="downbeat", messages=talk, format="json")),
    (400, lambda: client.generate(model="downbeat", prompt="a", images=["AAAA"])),
    (501, lambda: client.pull("llama3")),
]:
    try:
        call()
    except ollama.ResponseError as error:
        assert error.status_code == status and error.error, error
    else:
        raise AssertionError(f"status {status} did not come")
print("the Ollama client passes")
