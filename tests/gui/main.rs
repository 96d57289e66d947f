//! The window, driven by accessible names, without a display.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and writes its own inputs"
)]
#![cfg(feature = "gui")]

mod driver;
mod journeys;
mod screens;
#[path = "../support/soft_renderer.rs"]
mod soft_renderer;
mod workers;
