//! One file for each screen. A screen draws what it is given and says what the user asks for; it does nothing itself.

mod accounts;
mod contracts;
mod imports;
mod mapping;
mod overview;
mod reports;
mod review;
mod scenarios;
mod settings;
mod welcome;

use std::path::PathBuf;

use super::dialogs::Purpose;
use crate::model::AppName;
use crate::session::{Placing, ReportOrder};
use crate::view::{Section, Target};
use crate::workspace::{Change, ImportId, Policy};

pub(super) use accounts::{Acting, accounts};
pub(super) use contracts::{Contracting, contracts};
pub(super) use imports::imports;
pub(super) use mapping::Editing;
pub(super) use overview::overview;
pub(super) use reports::{Reporting, reports};
pub(super) use review::{Reviewing, review};
pub(super) use scenarios::{Studying, scenarios};
pub(super) use settings::{Setting, settings};
pub(super) use welcome::welcome;

/// Something the user asks for on a screen.
#[derive(Debug)]
pub(super) enum Ask {
    /// Open the sample.
    OpenSample,
    /// Open a workspace.
    Open(PathBuf),
    /// Open a file dialog.
    Dialog(Purpose),
    /// Read these files.
    Import(Vec<PathBuf>),
    /// Take a file out.
    Remove(ImportId),
    /// Lay a file open, to say what its columns mean.
    Map(ImportId),
    /// Leave that.
    StopMapping(ImportId),
    /// Show what a file would be read as.
    Preview(ImportId, Box<Placing>),
    /// Read a file as settled; remember that or not.
    Place(ImportId, Box<Placing>, bool),
    /// Write what is settled into a file.
    SaveLayout(ImportId, Box<Placing>),
    /// Show what has changed since the last export.
    Compare(ImportId),
    /// Stop what takes a while.
    Cancel,
    /// Show other accounts.
    Relist,
    /// Put text on the clipboard.
    Copy(String),
    /// Show another screen.
    Go(Target),
    /// Show the courses of action for an app, or for all.
    Study(Option<AppName>),
    /// Show what a policy would come to, without keeping it; or stop that.
    Try(Option<Box<Policy>>),
    /// Say what is wrong with what was entered.
    Tell(String),
    /// Settle something.
    Settle(Box<Change>),
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Write reports into a folder.
    Export(PathBuf, Box<ReportOrder>),
    /// The pages of a report with some sections are to be shown.
    PreviewReport(Vec<Section>),
}
