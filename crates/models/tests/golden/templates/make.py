"""Makes `cases.json`: every template of this folder with every chat, as transformers renders it. `python make.py`, in this folder."""

import json
from pathlib import Path

import transformers
from transformers.utils.chat_template_utils import render_jinja_template

HERE = Path(__file__).parent


def say(role: str, content, **more) -> dict:
    return {"role": role, "content": content, **more}


def call(name: str, arguments, id: str = "abcdefgh1") -> dict:
    return {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}


WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Today's weather in a city, in °C <quickly> & 'well'",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string", "enum": ["Zürich", "東京"]}, "days": {"type": "integer", "default": 1}},
            "required": ["city"],
        },
    },
}
EMPTY = {"type": "function", "function": {"name": "now", "parameters": {"type": "object", "properties": {}, "required": []}}}
CHATS = {
    "one question": {"messages": [say("user", "What is a heap?")]},
    "no answer asked for": {"messages": [say("user", "Hi"), say("assistant", "Hello.")], "add_generation_prompt": False},
    "system": {"messages": [say("system", " Be brief. \n"), say("user", "Hi\n\n")]},
    "turns": {"messages": [say("system", "S"), say("user", "1"), say("assistant", " 2 "), say("user", "3 <|eot_id|> <b>&amp;'\"")]},
    "unicode": {"messages": [say("user", "Grüße, 東京 🙂 \u200b\t{{ 7 }} {% x %}")]},
    "reasoning": {
        "messages": [say("user", "2+2?"), say("assistant", "<think>\nadd\n</think>\n\n4"), say("user", "And 3+3?"), say("assistant", "<think>\nhm\n</think>\n\n6")],
        "add_generation_prompt": False,
    },
    "no thinking": {"messages": [say("user", "Hi")], "more": {"enable_thinking": False}},
    "a date": {"messages": [say("user", "Hi")], "more": {"date_string": "26 Jul 2024"}},
    "tools": {"messages": [say("user", "Weather?")], "tools": [WEATHER, EMPTY]},
    "tool call": {
        "messages": [
            say("user", "Weather?"),
            {"role": "assistant", "content": "", "tool_calls": [call("weather", {"city": "Zürich", "days": 2, "x": [1.5, None, True, {}, []]})]},
            say("tool", '{"t": 21}', tool_call_id="abcdefgh1"),
            say("assistant", "21 °C"),
            say("user", "Thanks"),
        ],
        "tools": [WEATHER],
    },
    "two tool calls": {
        "messages": [
            say("user", "Both?"),
            {"role": "assistant", "content": "Let me see.", "tool_calls": [call("now", {}), call("weather", {"city": "東京"}, "abcdefgh2")]},
            say("tool", "noon", tool_call_id="abcdefgh1"),
            say("tool", "rain", tool_call_id="abcdefgh2"),
        ],
        "tools": [EMPTY, WEATHER],
    },
    "a call with values": {
        "messages": [
            say("user", "And?"),
            {"role": "assistant", "content": "", "tool_calls": [call("now", {"sure": True, "not": False, "nothing": None, "n": 1.5, "text": "a\nb"})]},
            say("tool", "noon", tool_call_id="abcdefgh1"),
        ],
        "tools": [EMPTY],
    },
    "parts": {"messages": [say("user", [{"type": "text", "text": " Look "}, {"type": "image"}])]},
    "two questions": {"messages": [say("user", "1"), say("user", "2")]},
    "other roles": {"messages": [say("skip", "1"), say("user", "2"), say("stop", "3"), say("user", "4", name="Ann")]},
}


def main() -> None:
    cases = []
    for path in sorted(HERE.glob("*.jinja")):
        template = path.read_text()
        for name, chat in CHATS.items():
            case = {"template": path.stem, "chat": name}
            try:
                rendered, _ = render_jinja_template(
                    [chat["messages"]],
                    tools=chat.get("tools"),
                    chat_template=template,
                    add_generation_prompt=chat.get("add_generation_prompt", True),
                    bos_token="<s>",
                    eos_token="</s>",
                    **chat.get("more", {}),
                )
                case["text"] = rendered[0]
            except Exception as error:
                case["error"] = str(error)
            cases.append(case)
    content = {"transformers": transformers.__version__, "chats": CHATS, "cases": cases}
    (HERE / "cases.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    print(sum("error" in case for case in cases), "of", len(cases), "are errors:", {case["error"] for case in cases if "error" in case})


if __name__ == "__main__":
    main()
