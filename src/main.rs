//! The program: its arguments go to the command line, which opens the window when there are none.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    truedown::cli::run(window)
}

#[cfg(feature = "gui")]
fn window(workspace: Option<PathBuf>) -> ExitCode {
    truedown::gui::run(workspace)
}

#[cfg(not(feature = "gui"))]
#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
fn window(_: Option<PathBuf>) -> ExitCode {
    eprintln!("This build of Truedown has no window; `truedown audit PATH… --out DIR` does its work without one.");
    ExitCode::from(2)
}
