//! The window. It holds no domain state: it sends commands to the worker, draws what comes back, and takes its words from
//! `view`.

mod action;
mod app;
mod calendar;
mod chart_card;
mod cost_chart;
mod dialogs;
mod guide;
mod icons;
mod impact_chart;
mod kept;
mod launch;
mod palette;
mod progress;
mod screens;
mod seats_chart;
mod still_plot;
mod text;
mod theme;
mod toasts;
mod tornado;
mod trend_chart;
mod widgets;

pub use app::{App, Screen};
pub use launch::run;
pub use theme::{Tokens, install};
