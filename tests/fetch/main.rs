//! Fetching bundles from a real server on loopback, which does everything that servers do to people.
#![cfg(test)]

mod answers;
mod certificate;
mod interim;
mod network;
mod proxies;
mod redirects;
mod resuming;
#[path = "../support/server.rs"]
mod server;
mod sizes;
mod trust;
mod visit;
mod waiting;
