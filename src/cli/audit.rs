use std::io::IsTerminal;
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use super::table::TextTable;
use super::{AuditArgs, Failure, ImportArgs, ReportArgs, WhatToWrite, set_policy, tell, tell_former_domains};
use crate::analysis::Analysis;
use crate::export::report_json;
use crate::import::Source;
use crate::model::{Diagnostic, Severity};
use crate::session::{AsOf, Lacks, Placings, Session, gather};
use crate::view::{AppReport, Kind, Report, Unpriced, format, former_domain_proposals, words};

pub(super) fn run(args: AuditArgs) -> Result<(), Failure> {
    let (sources, unreadable) = gather(&args.paths);
    let mut session = match &args.workspace {
        Some(path) => Session::open_or_make(path)?,
        None => Session::unsaved()?,
    };
    args.profile.iter().try_for_each(|path| session.learn_profile(path))?;
    args.catalog.iter().try_for_each(|path| session.learn_catalog(path))?;
    session.set_as_of(args.as_of);
    if let Some(currency) = args.currency {
        session.set_currency(currency)?;
    }
    set_policy(&mut session, &args.told.set, &args.told.former)?;
    let noticed = read(&mut session, &sources, &args.map)?;
    tell(unreadable.iter().chain(&noticed));
    if let Some(lacks) = session.lacks() {
        let analysis = session.analyze();
        tell(analysis.diagnostics());
        eprintln!("{}", lacking(lacks));
        return Err(Failure::Input);
    }
    let analysis = session.analyze();
    tell(analysis.diagnostics().filter(|problem| problem.severity > Severity::Info));
    if args.json {
        let order = args.reports.order();
        let then = session.analyze_earlier(&analysis)?;
        session.with_dossier(&analysis, &then, &order, |dossier, _| {
            Ok(super::print_json(&|out| report_json(dossier, out)))
        })??;
    } else {
        super::print(&summary(&Report::new(&analysis), session.as_of().1))?;
    }
    tell_former_domains(&former_domain_proposals(&analysis));
    if let Some(folder) = &args.out {
        write(&session, folder, &args.reports, &analysis)?;
    }
    if !args.json && args.out.is_some() && cfg!(feature = "gui") {
        eprintln!(
            "To look around in a window, run truedown without arguments (cargo run --release) and open the sample."
        );
    }
    Ok(())
}

/// Adds exports to a workspace and says what became of each.
pub(super) fn import(args: ImportArgs) -> Result<(), Failure> {
    let (sources, unreadable) = gather(&args.paths);
    let mut session = Session::open_or_make(&args.workspace)?;
    let before = session.workspace().imports.clone();
    let noticed = read(&mut session, &sources, &args.map)?;
    tell(unreadable.iter().chain(&noticed));
    let news = session.workspace().imports.iter().filter(|(id, _)| !before.contains_key(id));
    let mut table = TextTable::new(&["File", "Read as", "Records", "Left out"], &[false, false, true, true]);
    let mut unknown = 0;
    for (_, import) in news {
        tell(import.diagnostics.iter().filter(|problem| problem.severity > Severity::Info));
        unknown += usize::from(import.records.is_empty());
        let app = import.app.as_ref().map(|app| format!(" of {app}")).unwrap_or_default();
        table.row(vec![
            import.name.to_string(),
            format!("{}{app}", words::role(import.role)),
            import.records.len().to_string(),
            import.skipped.to_string(),
        ]);
    }
    super::print(&table.render())?;
    // Files that could be placed are kept also beside those that could not.
    if sources.is_empty() || unknown == sources.len() { Err(Failure::Input) } else { Ok(()) }
}

/// Writes the reports of a workspace.
pub(super) fn report(args: ReportArgs) -> Result<(), Failure> {
    let mut session = Session::open(&args.workspace)?;
    session.set_as_of(args.as_of);
    set_policy(&mut session, &args.told.set, &args.told.former)?;
    let analysis = session.analyze();
    if let Some(lacks) = session.lacks() {
        tell(analysis.diagnostics());
        eprintln!("{}", lacking(lacks));
        return Err(Failure::Input);
    }
    tell(analysis.diagnostics().filter(|problem| problem.severity > Severity::Info));
    tell_former_domains(&former_domain_proposals(&analysis));
    write(&session, &args.out, &args.reports, &analysis)
}

/// Reads files into a session, with a bar on a terminal.
fn read(session: &mut Session, sources: &[Source<'_>], map: &Placings) -> Result<Vec<Diagnostic>, Failure> {
    let bar = progress_bar(sources.iter().map(|source| source.content.size()).sum());
    let noticed = session.import(sources, map, &mut |step| {
        bar.set_position(step.done);
        true
    })?;
    bar.finish_and_clear();
    Ok(noticed.unwrap_or_default())
}

fn write(session: &Session, folder: &Path, reports: &WhatToWrite, analysis: &Analysis) -> Result<(), Failure> {
    let then = session.analyze_earlier(analysis)?;
    for path in session.write_reports(analysis, &then, folder, &reports.order(), &|_| true)? {
        eprintln!("wrote {}", path.display());
    }
    Ok(())
}

fn lacking(lacks: Lacks) -> &'static str {
    match lacks {
        Lacks::Directory => {
            "error: no directory is left to match accounts with\n  hint: add the user export of your identity provider (Okta, for example)"
        }
        Lacks::Accounts => "error: no accounts are left to look at\n  hint: add the user list of an app",
        Lacks::Both => {
            "error: neither a directory nor accounts were found\n  hint: give the user export of your identity provider and the user lists of apps"
        }
    }
}

/// A bar on a terminal; nothing elsewhere.
fn progress_bar(bytes: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(bytes);
    match ProgressStyle::with_template("reading {bytes} of {total_bytes} {wide_bar} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn summary(report: &Report, as_of: AsOf) -> String {
    let source = match as_of {
        AsOf::Asked => "as asked",
        AsOf::NewestExport => "the newest export",
        AsOf::Today => "today; no file name tells a date",
    };
    let mut text = format!(
        "As of {} ({source}) · {} · {} in {} · {}\n\n",
        format::date(report.as_of),
        format::counted(report.headcount, "person", "people"),
        format::counted(report.accounts, "account", "accounts"),
        format::counted(u32::try_from(report.apps.len()).unwrap_or(u32::MAX), "app", "apps"),
        report.currency,
    );
    let mut counts = TextTable::new(
        &["App", "Plan", "Seats", "In use", "Orphaned", "Unused licenses", "To decide"],
        &[false, false, true, true, true, true, true],
    );
    let mut money = TextTable::new(
        &[
            "App",
            "Unused licenses",
            "IT hours",
            "IT labor",
            "Misses",
            "Annual impact",
            "Upgrade a year",
            "Recommendation",
        ],
        &[false, true, true, true, true, true, true, false],
    );
    for app in &report.apps {
        counts.row(vec![
            app.app.clone(),
            app.plan.clone(),
            app.seats_label(),
            app.in_use_label(),
            format::count(app.count(Kind::Orphaned)),
            format::count(app.impact.unused_license_count),
            format::count(app.review),
        ]);
        money.row(vec![
            app.app.clone(),
            format::money_known(app.impact.unused_licenses),
            app.impact.it_hours.map_or_else(|| "?".to_owned(), format::count),
            format::money_known(app.impact.it_labor),
            format::money_known(app.impact.compliance_misses),
            format::money(app.impact.total.point),
            upgrade(app),
            app.recommendation.label.into(),
        ]);
    }
    let total = &report.total;
    money.row(vec![
        "All apps".into(),
        format::money_known(total.unused_licenses),
        total.it_hours.map_or_else(|| "?".to_owned(), format::count),
        format::money_known(total.it_labor),
        format::money_known(total.compliance_misses),
        format::money(total.total.point),
    ]);
    text += &counts.render();
    text.push('\n');
    text += &money.render();
    if let Some(range) = total.range() {
        let waits = match report.review {
            0 => "for some seats the exports do not tell whether they are paid".to_owned(),
            1 => "1 account waits for a decision".into(),
            review => format!("{} accounts wait for a decision", format::count(review)),
        };
        text += &format!("\nThe annual impact lies between {range}: {waits}.\n");
    }
    for Unpriced(reason) in &total.total.missing {
        text += &format!("Not in the totals: {reason}.\n");
    }
    for app in report.apps.iter().filter(|app| app.activity_unknown()) {
        let accounts = format::counted(app.count(Kind::Unknown), "account", "accounts");
        text += &format!("{}: the last use of {accounts} is not told, so that unused ones count as in use.\n", app.app);
    }
    text.push('\n');
    for app in &report.apps {
        let reasons = app.recommendation.reasons.join(". ");
        text += &format!("{}: {}. {reasons}.\n", app.app, app.recommendation.label);
    }
    text
}

fn upgrade(app: &AppReport) -> String {
    match &app.upgrade {
        None => "—".into(),
        Some(upgrade) => match upgrade.premium {
            Some(premium) => format!("{} ({})", format::money_change(premium.usual), upgrade.to),
            None if app.recommendation.id == "enter_quote" => format!("on request ({})", upgrade.to),
            None => format!("not comparable ({})", upgrade.to),
        },
    }
}
