//! The program as a person runs it: every verb, good and bad input, in folders of its own.

mod add;
mod ask;
mod chat;
mod demo;
mod desk;
mod device;
mod doctor;
mod general;
mod interrupted;
#[path = "../../../engine/tests/common/mirror.rs"]
mod mirror;
mod models;
mod pull;
mod search;
mod serve;
mod sessions;
mod sources;
mod sql;
#[path = "../../../engine/tests/common/tiny.rs"]
mod tiny;
mod tune;
mod watch;
