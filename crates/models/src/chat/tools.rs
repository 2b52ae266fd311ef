//! Functions that a generator may ask to be called: what it is told of them, and which it may choose.

use crate::{Error, Result};
use serde_json::{Map, Value, json};

/// The most tools of a chat.
pub const MOST_TOOLS: usize = 128;
/// The longest name of a tool.
const LONGEST_NAME: usize = 64;

/// Which tools the answer may call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ToolChoice {
    /// The generator decides whether it calls one.
    #[default]
    Auto,
    /// None; it is not told of them.
    None,
    /// It calls at least one.
    Required,
    /// It calls this one.
    Named(String),
}

/// Tools of a chat, checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tools {
    given: Vec<Value>,
    choice: ToolChoice,
}

impl Tools {
    /// From a list in OpenAI's shape: `{"type": "function", "function": {"name", "description", "parameters"}}`.
    ///
    /// # Errors
    /// [`Error::Form`] with the place for what is no such list, names that are no names or come twice, and a choice of a tool that is not
    /// there.
    pub fn new(given: Vec<Value>, choice: ToolChoice) -> Result<Tools> {
        let refuse = |problem: String| Err(Error::Form(problem));
        if given.len() > MOST_TOOLS {
            return refuse(format!("{} tools; a chat takes {MOST_TOOLS} at most", given.len()));
        }
        for (at, tool) in given.iter().enumerate() {
            if tool["type"].as_str().is_some_and(|kind| kind != "function") {
                return refuse(format!(
                    "tools[{at}].type is {}; tools of the type \"function\" can be used",
                    tool["type"]
                ));
            }
            let name = tool["function"]["name"].as_str().unwrap_or_default();
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
            if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(plain) {
                return refuse(format!(
                    "tools[{at}].function.name is not a name of 1 to {LONGEST_NAME} letters, digits, '_', '-' and '.'"
                ));
            }
            if given[..at].iter().any(|other| other["function"]["name"] == name) {
                return refuse(format!("tools[{at}].function.name: there are two tools called '{name}'"));
            }
            let parameters = &tool["function"]["parameters"];
            if !parameters.is_null() && !parameters.is_object() {
                return refuse(format!("tools[{at}].function.parameters is not a JSON schema"));
            }
        }
        let tools = Tools { given, choice };
        match &tools.choice {
            ToolChoice::Named(name) if !tools.names().any(|known| known == name) => {
                let known: Vec<&str> = tools.names().collect();
                refuse(format!("no tool is called '{name}'; there are: {}", known.join(", ")))
            }
            ToolChoice::Required if tools.given.is_empty() => {
                refuse("a tool must be called, but there is none".to_owned())
            }
            _ => Ok(tools),
        }
    }

    /// Whether the answer has nothing to do with tools.
    pub fn is_none(&self) -> bool {
        self.given.is_empty() || self.choice == ToolChoice::None
    }

    /// Which of them the answer may call.
    pub fn choice(&self) -> &ToolChoice {
        &self.choice
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.given.iter().filter_map(|tool| tool["function"]["name"].as_str())
    }

    /// The schema of a tool's arguments, where there is one.
    pub(super) fn parameters(&self, name: &str) -> Option<&Value> {
        let tool = self.given.iter().find(|tool| tool["function"]["name"] == name)?;
        tool["function"].get("parameters")
    }

    /// What the template is given.
    pub fn given(&self) -> &[Value] {
        &self.given
    }

    /// What a generator is told whose template knows no tools.
    pub fn told(&self) -> String {
        let list: Vec<String> = self.given.iter().map(|tool| tool["function"].to_string()).collect();
        format!(
            "You may call these functions, given as JSON, one a line:\n{}\nTo call one, answer with nothing but \
             {{\"name\": its name, \"arguments\": an object that follows its parameters}}.",
            list.join("\n")
        )
    }

    /// The tools that must be called, where one must: names with the schemas of their arguments.
    pub(super) fn demanded(&self) -> Vec<(&str, Value)> {
        let wanted = |name: &str| match &self.choice {
            ToolChoice::Required => true,
            ToolChoice::Named(wanted) => wanted == name,
            ToolChoice::Auto | ToolChoice::None => false,
        };
        let parameters = |tool: &Value| match &tool["function"]["parameters"] {
            Value::Object(map) => with_type(map),
            _ => json!({"type": "object", "properties": {}, "additionalProperties": false}),
        };
        self.names()
            .zip(&self.given)
            .filter(|(name, _)| wanted(name))
            .map(|(name, tool)| (name, parameters(tool)))
            .collect()
    }
}

/// Arguments are an object, also where the schema does not say so.
fn with_type(schema: &Map<String, Value>) -> Value {
    let mut schema = schema.clone();
    if !["type", "$ref", "anyOf", "allOf"].iter().any(|key| schema.contains_key(*key)) {
        schema.insert("type".to_owned(), json!("object"));
    }
    Value::Object(schema)
}

/// One schema for objects that name a tool and have its arguments under `key`.
pub(super) fn calls_schema(tools: &[(&str, Value)], key: &str) -> Value {
    let mut definitions = Map::new();
    let call = |(at, (name, schema)): (usize, &(&str, Value))| {
        let place = format!("tool{at}");
        let mut schema = schema.clone();
        move_references(&mut schema, &format!("#/$defs/{place}"));
        definitions.insert(place.clone(), schema);
        let mut properties = Map::new();
        properties.insert("name".to_owned(), json!({"const": name}));
        properties.insert(key.to_owned(), json!({"$ref": format!("#/$defs/{place}")}));
        json!({"type": "object", "properties": properties, "required": ["name", key], "additionalProperties": false})
    };
    let calls: Vec<Value> = tools.iter().enumerate().map(call).collect();
    json!({"anyOf": calls, "$defs": definitions})
}

/// What pointed into a schema by itself points to where it stands now.
fn move_references(schema: &mut Value, place: &str) {
    match schema {
        Value::Array(list) => list.iter_mut().for_each(|part| move_references(part, place)),
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                match value {
                    Value::String(to) if key == "$ref" && to.starts_with('#') => to.replace_range(..1, place),
                    other => move_references(other, place),
                }
            }
        }
        _ => {}
    }
}
