"""Every Ollama-shaped route with the official client, streamed and not. Usage: ollama_client.py URL"""

import json
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

# A generator by its own name: plain chat.
assert "tiny:latest" in names
shown = client.show("tiny")
assert shown.capabilities == ["completion"] and shown.modelinfo["llama.context_length"] == 2048
greedy = {"temperature": 0, "num_predict": 20}
hello = [{"role": "user", "content": "hello"}]
whole = client.chat(model="tiny", messages=hello, options=greedy, keep_alive="1m")
assert whole.message.content and whole.done_reason == "length" and whole.eval_count == 20, whole
assert whole.load_duration > 0 and whole.prompt_eval_duration > 0 and whole.eval_duration > 0, whole
parts = list(client.chat(model="tiny", messages=hello, options=greedy, stream=True))
assert "".join(part.message.content for part in parts) == whole.message.content and len(parts) > 10
assert parts[-1].load_duration == 0 and parts[-1].total_duration > 0
loaded = {model.model: model for model in client.ps().models}
assert loaded["tiny:latest"].context_length == 2048 and loaded["tiny:latest"].size > 0, loaded
one = client.generate(model="tiny", prompt="hello", options=greedy)
assert one.response == whole.message.content
parts = list(client.generate(model="tiny", prompt="hello", options=greedy, stream=True))
assert "".join(part.response for part in parts) == one.response
told = client.generate(model="tiny", prompt="hello", system="Be brief.", options=greedy)
assert told.prompt_eval_count > one.prompt_eval_count
stop = one.response[5:8]
stopped = client.generate(model="tiny", prompt="hello", options={**greedy, "stop": [stop], "seed": 1})
assert stopped.response == one.response.split(stop)[0] and stopped.done_reason == "stop"
schema = {"type": "object", "properties": {"sure": {"type": "boolean"}}, "required": ["sure"], "additionalProperties": False}
# A generator that knows nothing may go on with white space for as long as it is let; of eight, some do not.
formed = [client.chat(model="tiny", messages=hello, format=schema, options={"num_predict": 200, "seed": seed}) for seed in range(8)]
formed = next(reply for reply in formed if reply.done_reason == "stop")
assert isinstance(json.loads(formed.message.content)["sure"], bool)
raw = client.generate(model="tiny", prompt="Once upon a time", raw=True, options=greedy)
assert raw.eval_count == 20 and raw.response != one.response
called = {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "look", "arguments": {"sure": True}}}]}
tool = {"type": "function", "function": {"name": "look", "parameters": schema}}
back = [*hello, called, {"role": "tool", "tool_name": "look", "content": "yes"}]
assert 0 < client.chat(model="tiny", messages=back, tools=[tool], options=greedy).eval_count <= 20
assert client.generate(model="tiny", keep_alive=0).done_reason == "unload"
assert "tiny:latest" not in [model.model for model in client.ps().models]

for status, call in [
    (404, lambda: client.show("llama3")),
    (404, lambda: client.chat(model="llama3", messages=talk)),
    (404, lambda: client.embed(model="llama3", input="a")),
    (400, lambda: client.chat(model="downbeat", messages=talk, format="json")),
    (400, lambda: client.generate(model="downbeat", prompt="a", images=["AAAA"])),
    (400, lambda: client.pull("llama3")),
    (501, lambda: client.copy("tiny", "other")),
    (400, lambda: client.chat(model="tiny", messages=[{"role": "user", "content": "word " * 3000}])),
]:
    try:
        call()
    except ollama.ResponseError as error:
        assert error.status_code == status and error.error, error
    else:
        raise AssertionError(f"status {status} did not come")
print("the Ollama client passes")
