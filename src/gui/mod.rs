//! The window. It holds no domain state: it sends commands to the worker, draws what comes back, and takes its words from
//! `view`.

mod action;
mod app;
mod calendar;
mod cost_chart;
mod dialogs;
mod icons;
mod impact_chart;
mod kept;
mod launch;
mod palette;
mod screens;
mod still_plot;
mod theme;
mod toasts;
mod tornado;
mod widgets;

pub use app::{App, Screen};
pub use launch::run;
pub use theme::{Tokens, install};
