"""Every OpenAI-shaped route with the official client, streamed and not. Usage: openai_client.py URL"""

import json
import sys

import openai

url = sys.argv[1]
client = openai.OpenAI(base_url=f"{url}/v1", api_key="any-key-will-do", max_retries=0, timeout=30)
question = [{"role": "user", "content": "Who approves journeys above 500 euros?"}]

names = [model.id for model in client.models.list()]
assert "downbeat" in names and "static" in names, names
assert client.models.retrieve("downbeat").object == "model"

for given, count in [("a kettle", 1), (["a kettle", "rail"], 2)]:
    made = client.embeddings.create(model="static", input=given)
    assert len(made.data) == count and len(made.data[0].embedding) > 100, made
    assert abs(sum(x * x for x in made.data[0].embedding) - 1) < 1e-3
    assert made.usage.prompt_tokens > 0
floats = client.embeddings.create(model="static", input="a kettle", encoding_format="float").data[0].embedding
default = client.embeddings.create(model="static", input="a kettle").data[0].embedding  # base64 underneath
assert all(abs(a - b) < 1e-7 for a, b in zip(floats, default, strict=True))
assert len(client.embeddings.create(model="static", input="a", dimensions=64).data[0].embedding) == 64

tokens = client.embeddings.create(model="static", input=[[2100, 2200], [2300]])
assert len(tokens.data) == 2 and tokens.usage.prompt_tokens == 3
assert len(client.embeddings.create(model="static", input=[2100, 2200]).data) == 1

whole = client.chat.completions.create(model="downbeat", messages=question)
text = whole.choices[0].message.content
assert "head of finance" in text and whole.choices[0].finish_reason == "stop", text
assert whole.usage.total_tokens == whole.usage.prompt_tokens + whole.usage.completion_tokens > 0
assert whole.model_extra["citations"][0]["source"].endswith("handbook.md")
assert whole.model_extra["downbeat"]["composer"] == "passages"

pieces, usage, reason = "", None, None
stream = client.chat.completions.create(
    model="downbeat", messages=question, stream=True, stream_options={"include_usage": True}
)
for chunk in stream:
    usage = chunk.usage or usage
    for choice in chunk.choices:
        pieces += choice.delta.content or ""
        reason = choice.finish_reason or reason
assert pieces == text, (pieces, text)
assert reason == "stop" and usage.total_tokens == whole.usage.total_tokens

short = client.chat.completions.create(model="downbeat", messages=question, max_completion_tokens=5)
assert short.choices[0].finish_reason == "length"
raw = client.chat.completions.with_raw_response.create(model="downbeat", messages=question, temperature=0.5)
assert "temperature" in raw.headers["x-downbeat-warnings"]

# A stream that is left early.
with client.chat.completions.create(model="downbeat", messages=question, stream=True) as left:
    next(iter(left))

for kind, call in [
    (openai.NotFoundError, lambda: client.models.retrieve("gpt-4o")),
    (openai.NotFoundError, lambda: client.embeddings.create(model="gpt-4o", input="a")),
    (openai.NotFoundError, lambda: client.chat.completions.create(model="gpt-4o", messages=question)),
    (openai.BadRequestError, lambda: client.chat.completions.create(model="downbeat", messages=[])),
    (openai.BadRequestError, lambda: client.chat.completions.create(model="downbeat", messages=question, n=2)),
    (openai.BadRequestError, lambda: client.embeddings.create(model="static", input=[])),
]:
    try:
        call()
    except kind as error:
        assert error.body["message"], error
    else:
        raise AssertionError(f"{kind} did not come")

# A generator by its own name: plain chat.
assert client.models.retrieve("tiny").model_extra["facts"]["family"] == "llama"
hello = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "hello"}]
whole = client.chat.completions.create(model="tiny", messages=hello, max_tokens=20, temperature=0)
text = whole.choices[0].message.content
assert text and whole.choices[0].finish_reason == "length" and whole.usage.completion_tokens == 20, whole
pieces, usage = "", None
stream = client.chat.completions.create(
    model="tiny", messages=hello, max_tokens=20, temperature=0, stream=True, stream_options={"include_usage": True}
)
for chunk in stream:
    usage = chunk.usage or usage
    pieces += "".join(choice.delta.content or "" for choice in chunk.choices)
assert pieces == text and usage.prompt_tokens_details.cached_tokens > 0, (pieces, text, usage)
stop = text[5:8]
stopped = client.chat.completions.create(model="tiny", messages=hello, max_tokens=20, temperature=0, stop=[stop])
assert stopped.choices[0].message.content == text.split(stop)[0] and stopped.choices[0].finish_reason == "stop"
drawn = [
    client.chat.completions.create(
        model="tiny", messages=hello, max_tokens=20, temperature=1.5, top_p=0.9, seed=5, presence_penalty=0.5
    ).choices[0].message.content
    for _ in range(2)
]
assert drawn[0] == drawn[1]
schema = {"type": "object", "properties": {"sure": {"type": "boolean"}}, "required": ["sure"], "additionalProperties": False}
form = {"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}
# A generator that knows nothing may go on with white space for as long as it is let; of eight, some do not.
formed = [client.chat.completions.create(model="tiny", messages=hello, max_tokens=200, seed=seed, response_format=form) for seed in range(8)]
formed = next(reply for reply in formed if reply.choices[0].finish_reason == "stop")
assert isinstance(json.loads(formed.choices[0].message.content)["sure"], bool)
tool = {"type": "function", "function": {"name": "look", "parameters": schema}}
called = client.chat.completions.create(
    model="tiny", messages=hello, max_tokens=200, tools=[tool], tool_choice="required"
).choices[0]
assert called.finish_reason == "tool_calls" and called.message.tool_calls[0].function.name == "look", called
answered = {"role": "tool", "tool_call_id": called.message.tool_calls[0].id, "content": "yes"}
back = client.chat.completions.create(model="tiny", messages=[*hello, called.message, answered], tools=[tool], max_tokens=5)
assert 0 < back.usage.completion_tokens <= 5
told = client.chat.completions.create(model="tiny", messages=hello, max_tokens=4, logprobs=True, top_logprobs=2)
assert [len(token.top_logprobs) for token in told.choices[0].logprobs.content] == [2] * 4
plain = client.completions.create(model="tiny", prompt="Once upon a time", max_tokens=8, temperature=0, echo=True)
assert plain.choices[0].text.startswith("Once upon a time") and plain.usage.completion_tokens == 8
parts = client.completions.create(model="tiny", prompt="Once upon a time", max_tokens=8, temperature=0, stream=True)
assert "Once upon a time" + "".join(part.choices[0].text for part in parts) == plain.choices[0].text
with client.chat.completions.create(model="tiny", messages=hello, max_tokens=1500, stream=True) as left:
    next(iter(left))
try:
    client.chat.completions.create(model="tiny", messages=[{"role": "user", "content": "word " * 3000}])
except openai.BadRequestError as error:
    assert error.code == "context_length_exceeded" and "2048" in error.body["message"], error
else:
    raise AssertionError("a prompt beyond the context was taken")

ranked = client.post("/rerank", body={"query": "kettle", "documents": ["rail", "a kettle"]}, cast_to=dict)
assert ranked["results"][0]["index"] == 1, ranked
print("the OpenAI client passes")
