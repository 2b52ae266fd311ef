//! A program in Core ML's intermediate language under construction: operations in order, each with named results of a known shape.

use super::blob::Blobs;
use super::proto::Message;
use std::io::Result;

/// The set of operations that is written: that of macOS 14, so that later systems take it too.
const OPERATIONS: &str = "CoreML7";

/// The version of models with that set.
const SPECIFICATION: u64 = 8;

/// Where weights are looked for, seen from the package.
const WEIGHTS: &str = "@model_path/weights/weight.bin";

/// Numbers with up to so many items stand in the program, others in the file of weights.
const SMALL: usize = 16;

/// A type of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Truth,
    Text,
    Single,
    Whole,
}

impl Kind {
    fn code(self) -> u64 {
        match self {
            Kind::Truth => 1,
            Kind::Text => 2,
            Kind::Single => 11,
            Kind::Whole => 23,
        }
    }

    /// The same as an input or an output of the model.
    fn array_code(self) -> u64 {
        if self == Kind::Whole { 131_104 } else { 65_568 }
    }
}

/// A named result.
#[derive(Debug, Clone)]
pub(super) struct Value {
    name: String,
    kind: Kind,
    pub(super) shape: Vec<usize>,
}

/// The program, and its weights as they are written.
pub(super) struct Program {
    blobs: Blobs,
    inputs: Vec<Value>,
    operations: Message,
    made: usize,
}

impl Program {
    pub(super) fn new(blobs: Blobs) -> Program {
        Program { blobs, inputs: Vec::new(), operations: Message::default(), made: 0 }
    }

    /// An input of the model.
    pub(super) fn input(&mut self, name: &str, kind: Kind, shape: &[usize]) -> Value {
        let value = Value { name: name.into(), kind, shape: shape.into() };
        self.inputs.push(value.clone());
        value
    }

    /// Fixed numbers of a shape.
    pub(super) fn singles(&mut self, values: &[f32], shape: &[usize]) -> Result<Value> {
        if values.len() > SMALL {
            let at = self.blobs.add(values)?;
            let place = Message::default().text(1, WEIGHTS).number(2, at);
            return Ok(self.fixed(Kind::Single, shape, |value| value.message(5, &place)));
        }
        // A list of floats is field 1, and its items too.
        let tensor = Message::default().message(1, &Message::default().floats(1, values));
        Ok(self.immediate(Kind::Single, shape, &tensor))
    }

    /// Fixed whole numbers: a list, or one.
    pub(super) fn wholes(&mut self, values: &[i32]) -> Value {
        let tensor = Message::default().message(2, &Message::default().numbers(1, values));
        self.immediate(Kind::Whole, &[values.len()], &tensor)
    }

    /// One whole number.
    pub(super) fn whole(&mut self, value: i32) -> Value {
        let tensor = Message::default().message(2, &Message::default().numbers(1, &[value]));
        self.immediate(Kind::Whole, &[], &tensor)
    }

    /// A truth value.
    pub(super) fn truth(&mut self, value: bool) -> Value {
        let tensor = Message::default().message(3, &Message::default().numbers(1, &[i32::from(value)]));
        self.immediate(Kind::Truth, &[], &tensor)
    }

    /// A text.
    pub(super) fn text(&mut self, value: &str) -> Value {
        self.immediate(Kind::Text, &[], &text(value))
    }

    fn immediate(&mut self, kind: Kind, shape: &[usize], tensor: &Message) -> Value {
        let immediate = Message::default().message(1, tensor);
        self.fixed(kind, shape, |value| value.message(3, &immediate))
    }

    fn fixed(&mut self, kind: Kind, shape: &[usize], content: impl FnOnce(Message) -> Message) -> Value {
        let made = self.name("fixed", kind, shape);
        let value = content(Message::default().message(2, &kind_of(&made)));
        let operation = Message::default().text(1, "const").message(3, &named(&made)).entry(5, "val", &value);
        self.push(operation, &made.name);
        made
    }

    /// An operation with one result.
    pub(super) fn op(&mut self, kind: &str, inputs: &[(&str, &Value)], shape: &[usize]) -> Value {
        let made = self.name(kind, Kind::Single, shape);
        let operation = operation(kind, inputs).message(3, &named(&made));
        self.push(operation, &made.name);
        made
    }

    /// An operation that cuts its input in three along the last side.
    pub(super) fn in_three(&mut self, x: &Value) -> [Value; 3] {
        let (parts, axis) = (self.whole(3), self.whole(-1));
        let mut shape = x.shape.clone();
        if let Some(last) = shape.last_mut() {
            *last /= 3;
        }
        let made = std::array::from_fn(|_| self.name("split", Kind::Single, &shape));
        let mut operation = operation("split", &[("x", x), ("num_splits", &parts), ("axis", &axis)]);
        for value in &made {
            operation = operation.message(3, &named(value));
        }
        let name = made[0].name.clone();
        self.push(operation, &name);
        made
    }

    fn name(&mut self, kind: &str, value: Kind, shape: &[usize]) -> Value {
        self.made += 1;
        Value { name: format!("{kind}_{}", self.made), kind: value, shape: shape.into() }
    }

    fn push(&mut self, operation: Message, name: &str) {
        let value = Message::default()
            .message(2, &Message::default().message(1, &Message::default().number(1, Kind::Text.code())))
            .message(3, &Message::default().message(1, &text(name)));
        let operation = operation.entry(5, "name", &value);
        self.operations = std::mem::take(&mut self.operations).message(3, &operation);
    }

    /// Ends the program with `output`, which the model calls `name`, and gives the model as it is stored.
    pub(super) fn finish(mut self, output: &Value, name: &str, about: &str) -> Result<Vec<u8>> {
        // The name of a result is the name of the output.
        let named_output = Value { name: name.into(), ..output.clone() };
        let last = operation("identity", &[("x", output)]).message(3, &named(&named_output));
        self.push(last, name);
        self.blobs.finish()?;
        let block = Message::default().text(2, name);
        let mut body = block.into_bytes();
        body.extend(self.operations.into_bytes());
        let mut function = Message::default();
        let mut description = Message::default();
        for input in &self.inputs {
            function = function.message(1, &named(input));
            description = description.message(1, &feature(input));
        }
        function = function.text(2, OPERATIONS).entry(3, OPERATIONS, &Message::stored(body));
        description = description.message(10, &feature(&named_output)).message(100, &Message::default().text(1, about));
        let program = Message::default().number(1, 1).entry(2, "main", &function);
        let model = Message::default().number(1, SPECIFICATION).message(2, &description).message(502, &program);
        Ok(model.into_bytes())
    }
}

/// The operation's kind and inputs.
fn operation(kind: &str, inputs: &[(&str, &Value)]) -> Message {
    let mut message = Message::default().text(1, kind);
    for (name, value) in inputs {
        let argument = Message::default().message(1, &Message::default().text(1, &value.name));
        message = message.entry(2, name, &argument);
    }
    message
}

/// A text as a tensor.
fn text(value: &str) -> Message {
    Message::default().message(4, &Message::default().text(1, value))
}

fn kind_of(value: &Value) -> Message {
    let mut tensor = Message::default().number(1, value.kind.code()).number(2, value.shape.len() as u64);
    for side in &value.shape {
        tensor = tensor.message(3, &Message::default().message(1, &Message::default().number(1, *side as u64)));
    }
    Message::default().message(1, &tensor)
}

fn named(value: &Value) -> Message {
    Message::default().text(1, &value.name).message(2, &kind_of(value))
}

/// An input or output as the model describes it.
fn feature(value: &Value) -> Message {
    let shape: Vec<i32> = value.shape.iter().map(|side| *side as i32).collect();
    let array = Message::default().numbers(1, &shape).number(2, value.kind.array_code());
    Message::default().text(1, &value.name).message(3, &Message::default().message(5, &array))
}
