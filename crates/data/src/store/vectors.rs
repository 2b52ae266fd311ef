//! Vectors per embedder and chunk, opaque bytes. Several embedders may have vectors at once, so that the old ones answer
//! while a new embedder catches up.

use std::ops::Range;
use std::sync::Arc;

use duckdb::arrow::array::{Array, BinaryArray, UInt32Array, UInt64Array};
use duckdb::arrow::datatypes::{DataType, Field, Schema};
use duckdb::arrow::record_batch::RecordBatch;
use duckdb::{Connection, params};
use serde::Serialize;

use super::Workspace;
use super::rows::{collect, id_list};
use crate::error::{Error, Result, While};

/// How the numbers of a vector are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum VectorType {
    /// 32-bit floats, little endian.
    F32,
    /// 16-bit floats, little endian.
    F16,
    /// Signed bytes followed by one 32-bit float, the scale.
    I8,
}

impl VectorType {
    /// Bytes of one vector with `dim` numbers.
    pub fn bytes(self, dim: u32) -> usize {
        let dim = dim as usize;
        match self {
            VectorType::F32 => dim * 4,
            VectorType::F16 => dim * 2,
            VectorType::I8 => dim + 4,
        }
    }

    fn name(self) -> &'static str {
        match self {
            VectorType::F32 => "f32",
            VectorType::F16 => "f16",
            VectorType::I8 => "i8",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [VectorType::F32, VectorType::F16, VectorType::I8].into_iter().find(|t| t.name() == name)
    }
}

/// Vectors of one embedder, one after the other.
#[derive(Debug, Clone)]
pub struct VectorBatch {
    /// Numbers per vector.
    pub dim: u32,
    /// Their type.
    pub kind: VectorType,
    /// The bytes of all vectors, `kind.bytes(dim)` each.
    pub data: Vec<u8>,
}

impl VectorBatch {
    pub(super) fn check(&self, vectors: usize) -> Result<()> {
        let expected = vectors * self.kind.bytes(self.dim);
        if self.dim == 0 || self.data.len() != expected {
            let got = self.data.len();
            return Err(Error::Invalid(format!("{vectors} vectors need {expected} bytes, got {got}")));
        }
        Ok(())
    }
}

/// An embedder that has vectors in the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EmbedderInfo {
    /// Its name.
    pub name: String,
    /// Numbers per vector.
    pub dim: u32,
    /// Their type.
    pub kind: VectorType,
    /// How many vectors it has.
    pub vectors: u64,
}

impl Workspace {
    /// Stores the vectors of the chunks `ids`, replacing earlier ones of this embedder. Chunks that no longer exist are
    /// left out, so that a slow embedder may come late.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the sizes disagree with each other or with the embedder's earlier vectors.
    pub fn put_vectors(&self, embedder: &str, ids: &[u64], batch: &VectorBatch) -> Result<()> {
        batch.check(ids.len())?;
        if ids.is_empty() {
            return Ok(());
        }
        self.register_embedder(embedder, batch.dim, batch.kind)?;
        self.write("saving vectors", |db| {
            let list = id_list(ids);
            db.execute(
                &format!(
                    "DELETE FROM vectors WHERE chunk IN {list} AND embedder = (SELECT id FROM embedders WHERE name = ?)"
                ),
                [embedder],
            )?;
            let mut statement = db.prepare(&format!("SELECT id FROM chunks WHERE id IN {list}"))?;
            let mut rows = statement.query([])?;
            let mut alive = std::collections::HashSet::new();
            while let Some(row) = rows.next()? {
                alive.insert(row.get::<_, u64>(0)?);
            }
            let size = batch.kind.bytes(batch.dim);
            let kept: Vec<(u64, &[u8])> =
                ids.iter().copied().zip(batch.data.chunks_exact(size)).filter(|(id, _)| alive.contains(id)).collect();
            append(db, embedder, &kept)
        })
    }

    /// Up to `limit` chunks that have no vector of this embedder, by ascending id.
    pub fn missing_vectors(&self, embedder: &str, limit: usize) -> Result<Vec<u64>> {
        let sql = format!(
            "SELECT id FROM chunks WHERE id NOT IN (SELECT chunk FROM vectors
                WHERE embedder = (SELECT id FROM embedders WHERE name = ?)) ORDER BY id LIMIT {limit}"
        );
        collect(&self.reader(), "looking for missing vectors", &sql, [embedder], |r| r.get(0))
    }

    /// Every vector of an embedder, in batches: `f` gets the chunk ids and their bytes, one vector after the other.
    /// Returns what the vectors are, or `None` when the embedder has none.
    ///
    /// # Errors
    /// Whatever `f` returns, and errors of reading.
    pub fn load_vectors(
        &self,
        embedder: &str,
        f: impl FnMut(&[u64], &[u8]) -> Result<()>,
    ) -> Result<Option<EmbedderInfo>> {
        self.load_where(embedder, "", f)
    }

    /// The vectors of chunks added after change `sequence`, as [`Workspace::load_vectors`].
    ///
    /// # Errors
    /// As [`Workspace::load_vectors`].
    pub fn load_vectors_since(
        &self,
        embedder: &str,
        sequence: u64,
        f: impl FnMut(&[u64], &[u8]) -> Result<()>,
    ) -> Result<Option<EmbedderInfo>> {
        self.load_where(embedder, &format!(" AND chunk IN (SELECT id FROM chunks WHERE sequence > {sequence})"), f)
    }

    fn load_where(
        &self,
        embedder: &str,
        filter: &str,
        mut f: impl FnMut(&[u64], &[u8]) -> Result<()>,
    ) -> Result<Option<EmbedderInfo>> {
        let Some(info) = self.embedders()?.into_iter().find(|e| e.name == embedder) else { return Ok(None) };
        let action = "loading vectors";
        let size = info.kind.bytes(info.dim);
        let db = self.reader();
        let sql = format!(
            "SELECT chunk, data FROM vectors WHERE embedder = (SELECT id FROM embedders WHERE name = ?){filter}"
        );
        let mut statement = db.prepare(&sql).while_(action)?;
        drop(statement.stream_arrow([embedder]).while_(action)?);
        while let Some(array) = statement.step().while_(action)? {
            let batch = RecordBatch::from(&array);
            let ids = batch.column(0).as_any().downcast_ref::<UInt64Array>();
            let data = batch.column(1).as_any().downcast_ref::<BinaryArray>();
            let (Some(ids), Some(data)) = (ids, data) else { return Err(damaged(embedder)) };
            if data.value_data().len() == ids.len() * size && data.null_count() == 0 && data.offset() == 0 {
                f(ids.values(), data.value_data())?;
            } else {
                let mut bytes = Vec::with_capacity(ids.len() * size);
                for value in data.iter() {
                    match value {
                        Some(value) if value.len() == size => bytes.extend_from_slice(value),
                        _ => return Err(damaged(embedder)),
                    }
                }
                f(ids.values(), &bytes)?;
            }
        }
        Ok(Some(info))
    }

    /// The embedders that have vectors, or had them registered.
    pub fn embedders(&self) -> Result<Vec<EmbedderInfo>> {
        let sql = "SELECT e.name, e.dim, e.type, (SELECT count(*) FROM vectors v WHERE v.embedder = e.id)
                   FROM embedders e ORDER BY e.id";
        let found = collect(&self.reader(), "reading the embedders", sql, [], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get::<_, String>(2)?, r.get(3)?))
        })?;
        found
            .into_iter()
            .map(|(name, dim, kind, vectors): (String, u32, String, u64)| match VectorType::from_name(&kind) {
                Some(kind) => Ok(EmbedderInfo { name, dim, kind, vectors }),
                None => Err(damaged(&name)),
            })
            .collect()
    }

    /// Drops all vectors of an embedder.
    pub fn drop_vectors(&self, embedder: &str) -> Result<()> {
        self.write("dropping vectors", |db| {
            db.execute("DELETE FROM vectors WHERE embedder = (SELECT id FROM embedders WHERE name = ?)", [embedder])?;
            db.execute("DELETE FROM embedders WHERE name = ?", [embedder]).map(drop)
        })
    }

    /// Makes sure the embedder is known with this shape.
    pub(super) fn register_embedder(&self, name: &str, dim: u32, kind: VectorType) -> Result<()> {
        let sql = "SELECT dim, type FROM embedders WHERE name = ?";
        let known: Vec<(u32, String)> =
            collect(&self.reader(), "reading the embedders", sql, [name], |r| Ok((r.get(0)?, r.get(1)?)))?;
        match known.first() {
            Some((d, k)) if (*d, k.as_str()) == (dim, kind.name()) => Ok(()),
            Some((d, k)) => Err(Error::Invalid(format!(
                "the embedder {name} has vectors of {d} x {k}, not {dim} x {}; drop them first",
                kind.name()
            ))),
            None => self.write("registering an embedder", |db| {
                db.execute(
                    "INSERT INTO embedders SELECT coalesce(max(id), 0) + 1, ?, ?, ? FROM embedders",
                    params![name, dim, kind.name()],
                )
                .map(drop)
            }),
        }
    }
}

fn damaged(embedder: &str) -> Error {
    Error::Database {
        action: "loading vectors".to_owned(),
        detail: format!(
            "the vectors of {embedder} do not have the recorded shape; embed again with another --embedder and back"
        ),
    }
}

/// Appends one vector per chunk of `ids`, inside the caller's transaction.
pub(super) fn append_vectors(
    db: &Connection,
    embedder: &str,
    ids: Range<u64>,
    batch: &VectorBatch,
) -> duckdb::Result<()> {
    let vectors: Vec<(u64, &[u8])> = ids.zip(batch.data.chunks_exact(batch.kind.bytes(batch.dim))).collect();
    append(db, embedder, &vectors)
}

fn append(db: &Connection, embedder: &str, vectors: &[(u64, &[u8])]) -> duckdb::Result<()> {
    let id: u32 = db.query_row("SELECT id FROM embedders WHERE name = ?", [embedder], |r| r.get(0))?;
    let schema = Arc::new(Schema::new(vec![
        Field::new("embedder", DataType::UInt32, false),
        Field::new("chunk", DataType::UInt64, false),
        Field::new("data", DataType::Binary, false),
    ]));
    let mut appender = db.appender("vectors")?;
    // The engine's own unit: larger batches are refused by its appender.
    for part in vectors.chunks(2048) {
        let columns: Vec<Arc<dyn Array>> = vec![
            Arc::new(UInt32Array::from(vec![id; part.len()])),
            Arc::new(UInt64Array::from_iter_values(part.iter().map(|(id, _)| *id))),
            Arc::new(BinaryArray::from_iter_values(part.iter().map(|(_, data)| *data))),
        ];
        let batch = RecordBatch::try_new(schema.clone(), columns)
            .map_err(|e| duckdb::Error::InvalidParameterName(e.to_string()))?;
        appender.append_record_batch(batch)?;
    }
    appender.flush()
}
