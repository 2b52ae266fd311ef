//! A server on loopback, over a small workspace of its own, as clients use and misuse it.

mod adding;
mod clients;
mod dashboard;
mod desk;
mod device;
mod embeddings;
mod formed;
mod generator;
mod openai;
mod plain;
mod safety;
mod sql;
#[path = "../../../engine/tests/common/tiny.rs"]
mod tiny;
mod workspace;
