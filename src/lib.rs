//! Truedown tells a company which software seats it pays for in vain, whose accounts outlived their owners, and whether to
//! upgrade a plan, automate, clean up or stay.
//!
//! The modules stand in the order in which data flow through them; ARCHITECTURE.md draws the picture.

pub mod model;

pub mod catalog;
pub mod import;
pub mod workspace;

pub mod correlate;

pub mod classify;

pub mod price;

pub mod compare;

pub mod analysis;

pub mod pseudonyms;

pub mod view;

pub mod export;

// Below this line things can fail, block or wait.
pub mod store;

pub mod session;

pub mod cli;

#[cfg(feature = "gui")]
pub mod gui;
