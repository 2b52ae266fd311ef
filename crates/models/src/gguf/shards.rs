//! Models in several files: `name-00001-of-00003.gguf` and its companions in the same folder.

use super::Shard;
use crate::{Error, Result};
use std::path::{Path, PathBuf};

/// The most files of one model.
pub const MAX_SHARDS: u64 = 1024;

const COUNT_KEY: &str = "split.count";
const NUMBER_KEY: &str = "split.no";
/// Digits of a shard's number in its name.
const DIGITS: usize = 5;

/// The shards that `opened` is one of, in order; itself alone where it is whole.
pub(super) fn all_of(opened: Shard) -> Result<Vec<Shard>> {
    let count = count(&opened)?;
    if count == 1 {
        return Ok(vec![opened]);
    }
    let paths = companions(&opened.path, count).ok_or_else(|| {
        let problem = format!(
            "is one of {count} shards, but its name does not end in '-00001-of-{count:05}.gguf', so the others cannot be found"
        );
        Error::bad_file(&opened.path, problem)
    })?;
    let mut shards = Vec::new();
    for (index, path) in paths.into_iter().enumerate() {
        if !path.exists() {
            let problem = format!("is shard {} of {count} and is missing; put all shards in one folder", index + 1);
            return Err(Error::bad_file(&path, problem));
        }
        let shard = Shard::open(&path)?;
        let number = integer(&shard, NUMBER_KEY);
        if self::count(&shard)? != count || number != Some(index as u64) {
            let problem = format!("does not say that it is shard {} of {count}, as its name does", index + 1);
            return Err(Error::bad_file(&path, problem));
        }
        shards.push(shard);
    }
    Ok(shards)
}

/// Refuses a shard whose companions cannot be looked for.
pub(super) fn refuse_one_of_many(shard: &Shard) -> Result<()> {
    match count(shard)? {
        1 => Ok(()),
        count => Err(Error::bad_file(&shard.path, format!("is one of {count} shards; all are needed"))),
    }
}

fn integer(shard: &Shard, key: &str) -> Option<u64> {
    shard.header.keys.get(key)?.integer(shard.bytes.get())?.try_into().ok()
}

fn count(shard: &Shard) -> Result<u64> {
    if !shard.header.keys.contains_key(COUNT_KEY) {
        return Ok(1);
    }
    match integer(shard, COUNT_KEY) {
        // Files that were split and put together again say 0.
        Some(0) => Ok(1),
        Some(count) if count <= MAX_SHARDS => Ok(count),
        _ => Err(Error::bad_file(&shard.path, format!("'{COUNT_KEY}' is no number up to {MAX_SHARDS}"))),
    }
}

/// The paths of all shards, from the name of any of them.
fn companions(path: &Path, count: u64) -> Option<Vec<PathBuf>> {
    let name = path.file_name()?.to_str()?;
    let (stem, number) = name.strip_suffix(&format!("-of-{count:0DIGITS$}.gguf"))?.rsplit_once('-')?;
    if number.len() != DIGITS || !number.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    Some((1..=count).map(|i| path.with_file_name(format!("{stem}-{i:0DIGITS$}-of-{count:0DIGITS$}.gguf"))).collect())
}
