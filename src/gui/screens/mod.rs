//! One file for each screen. A screen draws what it is given and says what the user asks for; it does nothing itself.

mod account_detail;
mod accounts;
mod accounts_table;
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

use eframe::egui::ThemePreference;

use super::dialogs::Purpose;
use crate::model::AppName;
use crate::session::{Bulk, Placing, ReportOrder};
use crate::view::{AccountId, Column, Section, Target};
use crate::workspace::{Change, ImportId, Policy};

pub(super) use account_detail::Acting;
pub(super) use accounts::accounts;
pub(super) use accounts_table::Marked;
pub(super) use contracts::{Contracting, contracts};
pub(super) use imports::imports;
pub(super) use mapping::Editing;
pub(super) use overview::{TrendState, overview};
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
    /// Show other accounts.
    Relist,
    /// Put accounts of the listing on the clipboard.
    CopyAccounts(Vec<AccountId>, Vec<Column>),
    /// Go to the field to search in.
    Search,
    /// Draw the trend, though it takes a while.
    Trend,
    /// Walk through the screens.
    Guide,
    /// Light, dark, or as the system has it.
    Theme(ThemePreference),
    /// Everything that much larger.
    Scale(f32),
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
    /// Do the same with many accounts of the listing, in one step.
    SettleAll(Vec<AccountId>, Bulk),
    /// Take the last step back.
    Undo,
    /// Write reports into a folder.
    Export(PathBuf, Box<ReportOrder>),
    /// The pages of a report with some sections are to be shown.
    PreviewReport(Vec<Section>),
}
