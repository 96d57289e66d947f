//! The command line: every command works without a display, on the same core as the window.
//!
//! stdout is data, stderr everything else. Exit status: 0 done, 1 the input is at fault, 2 wrong usage or an unexpected
//! fault.
#![allow(clippy::print_stderr, reason = "this module tells people what went wrong")]

mod audit;
mod inspect;
mod plans;
mod review;
mod table;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::import::{Placing, Role};
use crate::model::{AppName, Currency, Diagnostic, as_domain};
use crate::session::{Format, ReportOrder, Session, SessionError};
use crate::view::figures::Figure;
use crate::view::{AliasProposal, Section, format};
use crate::workspace::{Change, Policy};

/// Finds software seats paid for in vain and accounts that outlived their owners, and prices what to do about them.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = false)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Workspace to open in the window; without it, the welcome screen.
    #[arg(value_name = "FILE.truedown")]
    workspace: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Reads exports, finds orphaned and unused accounts, prices them, and writes reports.
    Audit(AuditArgs),
    /// Adds exports to a workspace.
    Import(ImportArgs),
    /// Writes the reports of a workspace.
    Report(ReportArgs),
    /// Shows what files are recognized as, their columns and problems, and the records read.
    Inspect(InspectArgs),
    /// Shows the accounts that wait for a decision; settles them in a spreadsheet.
    Review(ReviewArgs),
    /// Compares two plans of an app for several team sizes, from the catalog alone.
    Compare(CompareArgs),
    /// Shows what the catalog knows of an app, or of all: plans, prices, what automation they allow.
    Catalog(CatalogArgs),
}

#[derive(Debug, Args)]
struct CompareArgs {
    /// The app.
    app: String,
    /// The plan one comes from; otherwise the smallest.
    #[arg(long, value_name = "PLAN")]
    from: Option<String>,
    /// The plan one goes to; otherwise the first that brings SCIM.
    #[arg(long, value_name = "PLAN")]
    to: Option<String>,
    /// Team sizes; otherwise 10, 25, 50 and 100.
    #[arg(long, value_name = "N,N,…", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    seats: Vec<u32>,
    /// A yearly fee that the upgrade is held against; otherwise 5,000 US dollars.
    #[arg(long, value_name = "AMOUNT", value_parser = parse_fee)]
    fee: Option<Decimal>,
    /// A catalog of your own, in the form of docs/catalog.md; its prices win.
    #[arg(long, value_name = "FILE.toml")]
    catalog: Vec<PathBuf>,
    /// Prints one JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct CatalogArgs {
    /// The app; otherwise all.
    app: Option<String>,
    /// A catalog of your own, in the form of docs/catalog.md; its prices win.
    #[arg(long, value_name = "FILE.toml")]
    catalog: Vec<PathBuf>,
    /// Prints one JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct ReviewArgs {
    /// The workspace.
    #[arg(long, value_name = "FILE")]
    workspace: PathBuf,
    /// Writes what waits for a decision, and what was decided, as CSV.
    #[arg(long, value_name = "CSV", conflicts_with = "apply")]
    export: Option<PathBuf>,
    /// Carries out the decisions of such a file.
    #[arg(long, value_name = "CSV")]
    apply: Option<PathBuf>,
    /// Day the queue is for; otherwise that of the newest export, else today.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    as_of: Option<Date>,
    #[command(flatten)]
    former: FormerDomains,
}

/// What reports are to hold.
#[derive(Debug, Args)]
struct WhatToWrite {
    /// Formats of the reports: csv, json, html, xlsx, pdf.
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = parse_format)]
    format: Vec<Format>,
    /// Sections of the page, the PDF and the workbook: summary, apps, scenarios, renewals, since-last, findings, access-review,
    /// sources; otherwise all.
    #[arg(long, value_name = "SECTIONS", value_delimiter = ',', value_parser = parse_section)]
    sections: Vec<Section>,
    /// Replaces people and addresses by tokens.
    #[arg(long)]
    pseudonymize: bool,
    /// Keeps the key to the tokens in a file of its own; the same key gives the same tokens next time.
    #[arg(long, value_name = "CSV", requires_all = ["pseudonymize", "out"])]
    key: Option<PathBuf>,
}

impl WhatToWrite {
    fn order(&self) -> ReportOrder {
        let formats = if self.format.is_empty() { Format::ALL.to_vec() } else { self.format.clone() };
        let sections = if self.sections.is_empty() { Section::ALL.to_vec() } else { self.sections.clone() };
        ReportOrder { formats, sections, pseudonymize: self.pseudonymize, key: self.key.clone() }
    }
}

/// What the organization tells of itself.
#[derive(Debug, Args)]
struct Told {
    /// A figure that costs are computed with: labor-rate=75, fee=4000, cost-per-orphan=300, hours-per-person, residual-labor,
    /// seat-buffer, uplift, joiners, leavers and others.
    #[arg(long, value_name = "FIGURE=VALUE", value_parser = parse_set)]
    set: Vec<(Figure, String)>,
    #[command(flatten)]
    former: FormerDomains,
}

/// Former domains.
#[derive(Debug, Args)]
struct FormerDomains {
    /// A domain your addresses were in, and the one they are in now: accounts in the first are those of people in the second.
    #[arg(long, value_name = "OLD=CURRENT", value_parser = parse_former)]
    former_domain: Vec<(String, String)>,
}

#[derive(Debug, Args)]
struct AuditArgs {
    /// Exports, or folders with exports.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder to write reports into; it is made if there is none.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Day the figures are for; otherwise that of the newest export, else today.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    as_of: Option<Date>,
    #[command(flatten)]
    reports: WhatToWrite,
    /// Workspace file to keep the imports in.
    #[arg(long, value_name = "FILE")]
    workspace: Option<PathBuf>,
    /// What a file is, where its content does not say: "members (3).csv=accounts:Bitwarden", "people.csv=directory".
    #[arg(long, value_name = "NAME=ROLE[:APP]", value_parser = parse_map)]
    map: Vec<(String, Placing)>,
    /// A layout of your own, written like the files of assets/profiles.
    #[arg(long, value_name = "FILE.toml")]
    profile: Vec<PathBuf>,
    /// Currency of totals.
    #[arg(long, value_name = "CUR", value_parser = parse_currency)]
    currency: Option<Currency>,
    /// A catalog of your own, in the form of docs/catalog.md; its prices win.
    #[arg(long, value_name = "FILE.toml")]
    catalog: Vec<PathBuf>,
    #[command(flatten)]
    told: Told,
    /// Prints the report as JSON instead of a summary.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// Exports, or folders with exports.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The workspace; it is made if there is none.
    #[arg(long, value_name = "FILE")]
    workspace: PathBuf,
    /// What a file is, where its content does not say.
    #[arg(long, value_name = "NAME=ROLE[:APP]", value_parser = parse_map)]
    map: Vec<(String, Placing)>,
}

#[derive(Debug, Args)]
struct ReportArgs {
    /// The workspace.
    #[arg(long, value_name = "FILE")]
    workspace: PathBuf,
    /// Folder to write reports into; it is made if there is none.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    reports: WhatToWrite,
    /// Day the figures are for; otherwise that of the newest export, else today.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    as_of: Option<Date>,
    #[command(flatten)]
    told: Told,
}

#[derive(Debug, Args)]
struct InspectArgs {
    /// Files, or folders with files.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Prints one JSON document.
    #[arg(long)]
    json: bool,
    /// Shows the records read.
    #[arg(long)]
    records: bool,
    /// Prints what the columns were read as, or may mean, as a layout to be corrected and given to --profile.
    #[arg(long, conflicts_with_all = ["json", "records"])]
    layout: bool,
    /// What a file is, where its content does not say.
    #[arg(long, value_name = "NAME=ROLE[:APP]", value_parser = parse_map)]
    map: Vec<(String, Placing)>,
    /// A layout of your own, written like the files of assets/profiles.
    #[arg(long, value_name = "FILE.toml")]
    profile: Vec<PathBuf>,
}

/// Why a command ended without having done its work.
enum Failure {
    /// The input is at fault; told already.
    Input,
    /// Something unexpected.
    Fault(SessionError),
    /// stdout cannot be written to.
    Output(std::io::Error),
}

impl From<SessionError> for Failure {
    fn from(fault: SessionError) -> Self {
        Self::Fault(fault)
    }
}

/// Reads the arguments and does what they say. `window` opens the window on a workspace.
pub fn run(window: impl FnOnce(Option<PathBuf>) -> ExitCode) -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        None => match cli.workspace {
            // A misspelled command looks like a file that is not there.
            Some(path) if !path.exists() => {
                eprintln!("error: there is no workspace {}; `truedown --help` lists the commands", path.display());
                return ExitCode::from(2);
            }
            workspace => return window(workspace),
        },
        Some(Command::Audit(args)) => audit::run(args),
        Some(Command::Import(args)) => audit::import(args),
        Some(Command::Report(args)) => audit::report(args),
        Some(Command::Inspect(args)) => inspect::run(args),
        Some(Command::Review(args)) => review::run(args),
        Some(Command::Compare(args)) => plans::compare(args),
        Some(Command::Catalog(args)) => plans::catalog(args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Input) => ExitCode::from(1),
        Err(Failure::Output(fault)) => {
            eprintln!("error: the output could not be written: {fault}");
            ExitCode::from(2)
        }
        Err(Failure::Fault(fault)) => {
            eprintln!("error: {fault}");
            // A file the user wrote is input as any other.
            let input = matches!(fault, SessionError::UserProfile(..) | SessionError::UserCatalog(..));
            ExitCode::from(if input { 1 } else { 2 })
        }
    }
}

/// Prints data. Whoever reads it may have had enough, which is no fault; a full disk is.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Output(fault)),
        _ => Ok(()),
    }
}

/// Prints a document that a writer makes.
fn print_json(write: &dyn Fn(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Failure> {
    let mut text = Vec::new();
    write(&mut text).map_err(Failure::Output)?;
    print(&String::from_utf8_lossy(&text))
}

/// Sets figures and former domains, as one step of the workspace.
fn set_policy(session: &mut Session, figures: &[(Figure, String)], former: &FormerDomains) -> Result<(), Failure> {
    let before = session.workspace().policy.clone();
    let mut after = before.clone();
    for (figure, value) in figures {
        // It was read once already.
        let _ = figure.enter(value, &mut after);
    }
    after.domain_aliases.extend(former.former_domain.iter().cloned());
    if after != before {
        session.perform(vec![Change::Policy { before: Box::new(before), after: Box::new(after) }])?;
    }
    Ok(())
}

/// Tells on stderr which domains may be former ones, and how to say so.
fn tell_former_domains(proposals: &[AliasProposal]) {
    for AliasProposal { domain, owned, settles } in proposals {
        let accounts = format::counted(u32::try_from(settles.len()).unwrap_or(u32::MAX), "account", "accounts");
        eprintln!("hint: {accounts} at {domain} differ from people at {owned} by the domain alone;");
        eprintln!("  if it is a former domain of yours, say --former-domain {domain}={owned}");
    }
}

/// Tells problems on stderr.
fn tell<'a>(problems: impl Iterator<Item = &'a Diagnostic>) {
    for problem in problems {
        eprintln!("{problem}");
    }
}

fn parse_date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("\"{text}\" is not a date; expected YYYY-MM-DD, such as 2026-01-31"))
}

fn parse_format(text: &str) -> Result<Format, String> {
    Format::parse(text).ok_or_else(|| format!("\"{text}\" is not a format; expected csv, json, html, xlsx or pdf"))
}

fn parse_section(text: &str) -> Result<Section, String> {
    let known = || Section::ALL.map(Section::as_str).join(", ");
    Section::parse(text).ok_or_else(|| format!("\"{text}\" is not a section; expected some of {}", known()))
}

fn parse_set(text: &str) -> Result<(Figure, String), String> {
    let (id, value) = text.split_once('=').ok_or("expected FIGURE=VALUE, such as labor-rate=75")?;
    let figure = Figure::parse(id.trim()).ok_or_else(|| {
        let known: Vec<&str> = Figure::MONEY.into_iter().chain(Figure::BOTTOM_UP).map(Figure::id).collect();
        format!("\"{id}\" is no figure; expected one of {}", known.join(", "))
    })?;
    // What the value must be, the figure itself says.
    figure.enter(value, &mut Policy::default())?;
    Ok((figure, value.to_owned()))
}

fn parse_former(text: &str) -> Result<(String, String), String> {
    let both = text.split_once('=').and_then(|(old, current)| Some((as_domain(old)?, as_domain(current)?)));
    both.filter(|(old, current)| old != current)
        .ok_or_else(|| "expected two domains, such as northwind.example=contoso.example".to_owned())
}

fn parse_currency(text: &str) -> Result<Currency, String> {
    Currency::parse(text).map_err(|fault| fault.to_string())
}

fn parse_fee(text: &str) -> Result<Decimal, String> {
    let amount: Option<Decimal> = text.replace(',', "").parse().ok();
    let amount = amount.filter(|amount| !amount.is_sign_negative());
    amount.ok_or_else(|| format!("\"{text}\" is no amount; expected a number such as 5000"))
}

fn parse_map(text: &str) -> Result<(String, Placing), String> {
    let expected = "expected NAME=ROLE or NAME=accounts:APP, where ROLE is directory, accounts or contracts";
    let (name, what) = text.rsplit_once('=').ok_or_else(|| expected.to_owned())?;
    let (role, app) = what.split_once(':').map_or((what, None), |(role, app)| (role, Some(app)));
    let role = Role::parse(role.trim()).ok_or_else(|| format!("\"{role}\" is not a role; {expected}"))?;
    Ok((name.to_owned(), Placing::new(role, app.map(AppName::new).filter(|app| !app.as_str().is_empty()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps() {
        let check = |text: &str, expect: &str| {
            let read = match parse_map(text) {
                Ok((name, placing)) => format!(
                    "{name} {} {}",
                    placing.role.as_str(),
                    placing.app.map(|app| app.to_string()).unwrap_or_default()
                ),
                Err(_) => "error".into(),
            };
            assert_eq!(read, expect, "{text}");
        };
        check("members (3).csv=accounts:Bitwarden", "members (3).csv accounts Bitwarden");
        check("a=b.csv=directory", "a=b.csv directory ");
        check("a.csv=people", "error");
        check("a.csv", "error");
    }
}
