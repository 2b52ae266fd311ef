//! What callgrind writes ("Callgrind Format Specification", Valgrind 3.19): instructions in all, and those of some functions with all
//! that they call.

use crate::failure::Failure;
use std::collections::HashMap;
use std::path::Path;

/// Counts of one stretch of a program.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Instructions.
    pub total: u64,
    /// Those of the functions that were asked for, what they call included.
    pub inside: u64,
}

impl Profile {
    /// Reads a file; functions are asked for by parts of their names.
    pub fn read(path: &Path, functions: &[&str]) -> Result<Profile, Failure> {
        let text = std::fs::read_to_string(path).map_err(|cause| Failure::file("read", path, &cause))?;
        Profile::parse(&text, functions)
            .ok_or_else(|| Failure::failed(format!("{} is no profile of callgrind's", path.display())))
    }

    fn parse(text: &str, functions: &[&str]) -> Option<Profile> {
        let mut profile = Profile::default();
        // A name is written once and stands for a number from then on.
        let mut known: HashMap<&str, bool> = HashMap::new();
        let asked = |name: &str| functions.iter().any(|part| name.contains(part));
        let (mut caller, mut callee, mut call, mut summed) = (false, false, false, false);
        for line in text.lines() {
            let function = line.strip_prefix("fn=").or_else(|| line.strip_prefix("cfn="));
            if let Some(function) = function {
                let (number, name) = function.split_once(' ').unwrap_or((function, ""));
                let is = if name.is_empty() { *known.get(number)? } else { asked(name) };
                known.insert(number, is);
                *if line.starts_with('c') { &mut callee } else { &mut caller } = is;
            } else if line.starts_with("calls=") {
                call = true;
            } else if call {
                call = false;
                // One that calls another of them has counted it already.
                if callee && !caller {
                    profile.inside += line.rsplit(' ').next()?.parse::<u64>().ok()?;
                }
            } else if let Some(total) = line.strip_prefix("totals: ").or_else(|| line.strip_prefix("summary: ")) {
                profile.total = total.split(' ').next()?.parse().ok()?;
                summed = true;
            }
        }
        summed.then_some(profile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_count_with_what_they_call_and_once() {
        let text = "# callgrind format\nversion: 1\nevents: Ir\n\nfn=(1) main\n1 10\ncfn=(2) a::Trace::add\ncalls=2 5\n3 700\n\
                    fn=(2)\n5 100\ncfn=(3) a::Trace::push\ncalls=2 9\n6 600\nfn=(4) other\ncfn=(3)\ncalls=1 9\n+2 50\ncfn=(1)\n\
                    calls=1 1\n* 9000\n\ntotals: 12345\n";
        let profile = Profile::parse(text, &["a::Trace::"]);
        assert_eq!(profile, Some(Profile { total: 12345, inside: 750 }));
        assert_eq!(Profile::parse("fn=(7)\n", &[]), None);
        assert_eq!(Profile::parse("", &[]), None);
    }
}
