//! Numbers, times and places in words for people.

use std::path::Path;

/// Bytes with a unit: `4.2 MB`.
pub fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let (mut value, mut unit) = (bytes as f64, 0);
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    if unit == 0 || value >= 99.5 {
        format!("{value:.0} {}", UNITS[unit])
    } else {
        format!("{value:.1} {}", UNITS[unit])
    }
}

/// A number with its noun: `1 file`, `12,345 files`.
pub fn count(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number))
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A time from milliseconds: `0.4 ms`, `12 ms`, `3.4 s`, `2 min 5 s`.
pub fn duration_ms(ms: f64) -> String {
    match ms {
        ms if ms < 10.0 => format!("{ms:.1} ms"),
        ms if ms < 1000.0 => format!("{ms:.0} ms"),
        ms if ms < 120_000.0 => format!("{:.1} s", ms / 1000.0),
        ms => format!("{:.0} min {:.0} s", (ms / 60_000.0).floor(), ms % 60_000.0 / 1000.0),
    }
}

/// A source's path as a person would type it here (relative when it lies below the current folder), with its lines.
pub fn place(path: &str, lines: Option<(u32, u32)>) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
    let short = here.as_ref().and_then(|here| Path::new(path).strip_prefix(here).ok());
    let short = short.filter(|short| !short.as_os_str().is_empty()).map(|short| short.display().to_string());
    let short = short.unwrap_or_else(|| path.to_owned());
    match lines {
        None => short,
        Some((first, last)) if first == last => format!("{short}:{first}"),
        Some((first, last)) => format!("{short}:{first}-{last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures() {
        let cases = [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (4_240_000, "4.2 MB"), (123_000_000, "123 MB")];
        for (number, expected) in cases {
            assert_eq!(bytes(number), expected);
        }
        assert_eq!((count(1, "file"), count(1_234_567, "file")), ("1 file".into(), "1,234,567 files".into()));
        let cases = [(0.42, "0.4 ms"), (12.3, "12 ms"), (3_400.0, "3.4 s"), (125_000.0, "2 min 5 s")];
        for (ms, expected) in cases {
            assert_eq!(duration_ms(ms), expected);
        }
    }

    #[test]
    fn places_are_short_below_the_current_folder() {
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).expect("a current folder");
        let below = here.join("a/b.md").display().to_string();
        assert_eq!(place(&below, Some((3, 7))), "a/b.md:3-7");
        assert_eq!(place("/elsewhere/b.md", Some((3, 3))), "/elsewhere/b.md:3");
        assert_eq!(place("/elsewhere/b.md", None), "/elsewhere/b.md");
    }
}
