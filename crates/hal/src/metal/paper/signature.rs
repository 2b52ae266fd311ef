//! What a kernel's text in MSL says that it must be given, read from the text alone.

use crate::error::{Error, Result};

/// An argument of a kernel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MslArgument {
    /// Its name in the text.
    pub name: String,
    /// Its type as written, without the name.
    pub kind: String,
    /// What it is bound to.
    pub slot: MslSlot,
}

/// What an argument is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MslSlot {
    /// `[[buffer(n)]]`.
    Buffer(u32),
    /// Workgroup memory, the `n`th piece of it: `[[threadgroup(n)]]`, or nothing and counted.
    Shared(u32),
    /// Something that the invocation knows, by its attribute.
    Builtin(String),
}

/// A kernel as its text declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MslKernel {
    /// The name of its function.
    pub entry: String,
    /// `[[max_total_threads_per_threadgroup(n)]]`, where written.
    pub most_invocations: Option<u32>,
    /// Its arguments in order.
    pub arguments: Vec<MslArgument>,
}

/// Reads the one kernel of a text.
///
/// # Errors
/// [`Error::Invalid`] naming what is not as kernels of this project are.
pub fn msl_kernel(text: &str) -> Result<MslKernel> {
    let wrong = |what: &str| Error::invalid(format!("MSL: {what}"));
    let mut parts = text.split("kernel void ");
    let before = parts.next().unwrap_or_default();
    let (Some(after), None) = (parts.next(), parts.next()) else {
        return Err(wrong("not exactly one kernel"));
    };
    let (entry, rest) = after.split_once('(').ok_or_else(|| wrong("a kernel without arguments"))?;
    let end = closing(rest).ok_or_else(|| wrong("arguments without an end"))?;
    let limit = before.lines().last().and_then(|line| between(line, "max_total_threads_per_threadgroup(", ")"));
    let most_invocations = limit.map(str::parse).transpose().map_err(|_| wrong("a limit that is no number"))?;
    let mut shared = 0;
    let mut arguments = Vec::new();
    for argument in split(&rest[..end]) {
        let (declared, attribute) = match argument.split_once("[[") {
            Some((declared, attribute)) => (declared.trim(), attribute.trim_end().strip_suffix("]]")),
            None => (argument.trim(), None),
        };
        let at = declared.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_').ok_or_else(|| wrong(argument))?;
        let (kind, name) = (declared[..=at].trim().to_owned(), declared[at + 1..].to_owned());
        let slot = match attribute {
            Some(attribute) => match between(attribute, "buffer(", ")") {
                Some(index) => MslSlot::Buffer(index.parse().map_err(|_| wrong(argument))?),
                None => match between(attribute, "threadgroup(", ")") {
                    Some(index) => {
                        shared += 1;
                        MslSlot::Shared(index.parse().map_err(|_| wrong(argument))?)
                    }
                    None => MslSlot::Builtin(attribute.to_owned()),
                },
            },
            None if kind.starts_with("threadgroup ") => {
                shared += 1;
                MslSlot::Shared(shared - 1)
            }
            None => return Err(wrong(&format!("nothing is bound to `{argument}`"))),
        };
        arguments.push(MslArgument { name, kind, slot });
    }
    Ok(MslKernel { entry: entry.trim().to_owned(), most_invocations, arguments })
}

impl MslKernel {
    /// The numbers of its buffers.
    pub fn buffers(&self) -> Vec<u32> {
        let buffer = |argument: &MslArgument| match argument.slot {
            MslSlot::Buffer(index) => Some(index),
            _ => None,
        };
        self.arguments.iter().filter_map(buffer).collect()
    }

    /// How many pieces of workgroup memory it has.
    pub fn shared(&self) -> usize {
        self.arguments.iter().filter(|argument| matches!(argument.slot, MslSlot::Shared(_))).count()
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(inner, _)| inner)
}

/// Where the bracket closes that was opened before `text`.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
        None
    })
}

/// Parts between commas that stand in no bracket.
fn split(text: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[from..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kernel_says_what_it_must_be_given() {
        let text = "struct S {};
            [[max_total_threads_per_threadgroup(64)]] kernel void main_(
              metal::uint3 at [[threadgroup_position_in_grid]]
            , device type_2 const& qkv [[buffer(0)]]
            , device uchar* to [[buffer(3)]]
            , threadgroup type_7& keys
            , threadgroup metal::atomic_uint& filled
            , constant _mslBufferSizes& _buffer_sizes [[buffer(4)]]
            ) { call(1, (2)); }";
        let kernel = msl_kernel(text).expect("read");
        assert_eq!((kernel.entry.as_str(), kernel.most_invocations), ("main_", Some(64)));
        assert_eq!((kernel.buffers(), kernel.shared()), (vec![0, 3, 4], 2));
        let kinds: Vec<&str> = kernel.arguments.iter().map(|argument| argument.kind.as_str()).collect();
        assert_eq!(kinds[1..4], ["device type_2 const&", "device uchar*", "threadgroup type_7&"]);
        assert_eq!(kernel.arguments[0].slot, MslSlot::Builtin("threadgroup_position_in_grid".into()));
    }

    #[test]
    fn what_is_not_bound_is_told() {
        let refused = msl_kernel("kernel void f(device uint* a) {}").expect_err("refused").to_string();
        assert!(refused.contains("device uint* a"), "{refused}");
        assert!(msl_kernel("void f() {}").is_err() && msl_kernel("kernel void f() {} kernel void g() {}").is_err());
    }
}
