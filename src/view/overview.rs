use jiff::civil::Date;

use crate::analysis::Analysis;
use crate::classify::Kind;
use crate::compare::{Choice, ScenarioKind};
use crate::import::Role;
use crate::model::{AppName, Money, Severity};
use crate::price::{AppCost, Unpriced};

use super::accounts::{Chip, Filter};
use super::report::{AppReport, Report};
use super::{ImpactChart, format};

/// The first screen: what it costs and what is urgent.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Headline figures.
    pub cards: Vec<Card>,
    /// Impact beside upgrade.
    pub chart: ImpactChart,
    /// What to do next, most urgent first.
    pub next: Vec<NextStep>,
    /// Apps with their recommendation.
    pub apps: Vec<AppRow>,
    /// `500 people · 5 apps`.
    pub scope: String,
    /// The day it is for.
    pub as_of: Date,
    /// Accounts waiting for a decision.
    pub reviews: u32,
    /// What has been brought of what the figures rest on.
    pub has: Has,
}

/// What has been brought of what the figures rest on.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Has {
    /// Who works here.
    pub directory: bool,
    /// Who has accounts.
    pub accounts: bool,
    /// What is paid.
    pub contracts: bool,
}

impl Has {
    fn new(analysis: &Analysis) -> Self {
        let brought = |role| {
            let imports = analysis.workspace.imports.values();
            imports.filter(|import| import.role == role).any(|import| !import.records.is_empty())
        };
        Self {
            directory: brought(Role::Directory),
            accounts: brought(Role::Accounts),
            contracts: brought(Role::Contracts) || !analysis.workspace.contracts.is_empty(),
        }
    }
}

/// How a figure or label is meant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Tone {
    /// As it is.
    Plain,
    /// Welcome.
    Good,
    /// Access that should not be.
    Risk,
    /// Paid for nothing.
    Waste,
    /// Something to look at.
    Notice,
    /// In the background.
    Quiet,
}

/// Where a click leads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Target {
    /// The accounts behind a figure.
    Accounts(Filter),
    /// The files.
    Imports,
    /// The queue of decisions.
    Review,
    /// What is paid; for one app, if one is named.
    Contracts(Option<AppName>),
    /// Courses of action for an app, or for all.
    Scenarios(Option<AppName>),
    /// What can be written.
    Reports,
    /// Nowhere.
    None,
}

/// A headline figure.
#[derive(Clone, Debug)]
pub struct Card {
    /// What it is.
    pub title: &'static str,
    /// The figure.
    pub figure: String,
    /// How it is meant.
    pub tone: Tone,
    /// More about it.
    pub note: String,
    /// The formula with its inputs.
    pub basis: String,
    /// Where a click leads.
    pub target: Target,
}

/// What kind of step it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StepKind {
    /// Admin access nobody should have.
    OrphanedAdmin,
    /// Seats to drop in time.
    Renewal,
    /// A question.
    Review,
    /// Something about the files.
    Data,
}

/// Something to do.
#[derive(Clone, Debug)]
pub struct NextStep {
    /// What kind it is.
    pub kind: StepKind,
    /// In words.
    pub text: String,
    /// What a click does, or what it is worth.
    pub action: String,
    /// Where a click leads.
    pub target: Target,
}

/// An app in the table.
#[derive(Clone, Debug)]
pub struct AppRow {
    /// The app.
    pub app: String,
    /// Seats bought.
    pub seats: String,
    /// Paid seats in use; a dash where seats are not sold.
    pub in_use: String,
    /// Orphaned accounts.
    pub orphaned: u32,
    /// Unused licenses.
    pub unused: u32,
    /// Annual financial impact.
    pub impact: Money,
    /// What is missing from it.
    pub missing: Vec<String>,
    /// What to do.
    pub recommendation: &'static str,
    /// How that is meant.
    pub tone: Tone,
    /// The deciding reason.
    pub why: String,
}

impl Overview {
    /// The overview of an analysis.
    pub fn new(analysis: &Analysis) -> Self {
        let report = Report::new(analysis);
        let apps = &analysis.costs.apps;
        Self {
            cards: vec![
                impact_card(&report),
                recoverable_card(analysis),
                orphaned_card(apps),
                unused_card(&report, apps),
            ],
            next: next_steps(analysis, &report),
            apps: app_rows(analysis, &report),
            scope: format!(
                "{} · {}",
                format::counted(report.headcount, "person", "people"),
                format::counted(u32::try_from(apps.len()).unwrap_or(u32::MAX), "app", "apps")
            ),
            as_of: analysis.as_of,
            reviews: report.review,
            has: Has::new(analysis),
            chart: report.chart.by_impact(),
        }
    }
}

fn impact_card(report: &Report) -> Card {
    let total = &report.total;
    let mut note = "if nothing changes".to_owned();
    if let Some(range) = total.range() {
        note += &format!(" · {range} {}", open_questions(report.review));
    }
    if !total.total.missing.is_empty() {
        note += &format!(
            " · without {}",
            format::counted(u32::try_from(total.total.missing.len()).unwrap_or(0), "unpriced app", "unpriced apps")
        );
    }
    let exact = |amount: Option<Money>| amount.map_or_else(|| "not priced".to_owned(), format::money_exact);
    Card {
        title: "Annual financial impact",
        figure: format::money(total.total.point),
        tone: Tone::Plain,
        note,
        basis: format!(
            "unused licenses {} + IT labor {} ({} h) + compliance misses {} = {}",
            exact(total.unused_licenses),
            exact(total.it_labor),
            total.it_hours.map_or_else(|| "?".to_owned(), format::plain),
            exact(total.compliance_misses),
            format::money_exact(total.total.point)
        ),
        target: Target::Accounts(Filter::default()),
    }
}

/// What a range waits for.
fn open_questions(reviews: u32) -> String {
    match reviews {
        0 => "while some seats are not reported".into(),
        1 => "once 1 review is settled".into(),
        reviews => format!("once {} reviews are settled", format::count(reviews)),
    }
}

fn recoverable_card(analysis: &Analysis) -> Card {
    let currency = analysis.policy.currency;
    let known = analysis.costs.apps.iter().filter_map(|cost| Some((cost, cost.recoverable.as_ref().ok()?)));
    let wanted: Vec<_> = known.filter(|(_, recoverable)| recoverable.seats > 0).collect();
    let sum = wanted.iter().map(|(_, recoverable)| recoverable.run_rate.amount).sum();
    let first = wanted.iter().filter_map(|(cost, recoverable)| Some((recoverable.drop?.from, &cost.app))).min();
    let mut note = first.map_or_else(
        || "no seats to drop".to_owned(),
        |(from, app)| format!("first: {app}, {} — {}", format::date(from), in_days(analysis.as_of, from)),
    );
    let unknown = analysis.costs.apps.iter().filter(|cost| cost.recoverable.is_err()).count();
    if unknown > 0 {
        let unknown = u32::try_from(unknown).unwrap_or(u32::MAX);
        note += &format!(" · without {}", format::counted(unknown, "unpriced app", "unpriced apps"));
    }
    let parts: Vec<String> = wanted
        .iter()
        .map(|(cost, recoverable)| {
            format!("{}: {} seats, {} a year", cost.app, recoverable.seats, format::money_exact(recoverable.run_rate))
        })
        .collect();
    Card {
        title: "Recoverable at renewals",
        figure: format::money(Money::new(sum, currency)),
        tone: Tone::Good,
        note,
        basis: if parts.is_empty() { "bill today − bill for the seats needed".into() } else { parts.join("\n") },
        target: Target::Contracts(None),
    }
}

fn in_days(from: Date, to: Date) -> String {
    match to.since(from).map_or(0, |span| span.get_days()) {
        0 => "today".into(),
        1 => "tomorrow".into(),
        days => format!("in {days} days"),
    }
}

fn orphaned_card(apps: &[AppCost]) -> Card {
    let sum = |count: fn(&AppCost) -> u32| apps.iter().map(count).sum::<u32>();
    let (all, paid) = (sum(|cost| cost.counts.orphaned.point), sum(|cost| cost.counts.orphaned_billed));
    let admins = sum(|cost| cost.counts.orphaned_privileged);
    Card {
        title: "Orphaned accounts",
        figure: format::count(all),
        tone: Tone::Risk,
        note: format!(
            "{} still {} a paid seat · {}",
            format::count(paid),
            if paid == 1 { "holds" } else { "hold" },
            match admins {
                0 => "none is an admin".into(),
                1 => "1 is an admin".into(),
                admins => format!("{} are admins", format::count(admins)),
            }
        ),
        basis: "accounts whose owner left or is suspended, or that nobody in the directory owns".into(),
        target: Target::Accounts(Filter::chip(Chip::Kind(Kind::Orphaned))),
    }
}

fn unused_card(report: &Report, apps: &[AppCost]) -> Card {
    let sum = |count: fn(&AppCost) -> u32| apps.iter().map(count).sum::<u32>();
    let parts = [
        (sum(|cost| cost.counts.orphaned_billed), "orphaned"),
        (sum(|cost| cost.counts.unused), "not used"),
        (sum(|cost| cost.counts.duplicate), "duplicate"),
        (sum(|cost| cost.counts.shelfware), "not assigned"),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", format::count(*count)))
        .collect();
    Card {
        title: "Unused licenses",
        figure: format::count(report.total.unused_license_count),
        tone: Tone::Waste,
        note: if said.is_empty() { "every paid seat is used".into() } else { said.join(" · ") },
        basis: "paid seats nobody who works here uses, each counted once: orphaned + unused + duplicate + not assigned"
            .into(),
        target: Target::Accounts(Filter::chip(Chip::PaidInVain)),
    }
}

fn next_steps(analysis: &Analysis, report: &Report) -> Vec<NextStep> {
    let mut steps = Vec::new();
    let admins: Vec<&AppCost> = analysis.costs.apps.iter().filter(|cost| cost.counts.orphaned_privileged > 0).collect();
    if !admins.is_empty() {
        let count = admins.iter().map(|cost| cost.counts.orphaned_privileged).sum();
        let names: Vec<&str> = admins.iter().map(|cost| cost.app.as_str()).collect();
        steps.push(NextStep {
            kind: StepKind::OrphanedAdmin,
            text: format!("{} · {}", format::counted(count, "account", "accounts"), names.join(", ")),
            action: "Show".into(),
            target: Target::Accounts(Filter::chip(Chip::OrphanedAdmin)),
        });
    }
    let mut renewals: Vec<_> = analysis
        .costs
        .apps
        .iter()
        .filter_map(|cost| {
            let recoverable = cost.recoverable.as_ref().ok().filter(|recoverable| recoverable.seats > 0)?;
            Some((recoverable.drop?.notice_by, cost, recoverable))
        })
        .collect();
    renewals.sort_by_key(|(notice_by, _, _)| *notice_by);
    for (notice_by, cost, recoverable) in renewals.into_iter().take(3) {
        steps.push(NextStep {
            kind: StepKind::Renewal,
            text: format!(
                "{}: drop {} by {}",
                cost.app,
                format::counted(recoverable.seats, "seat", "seats"),
                format::day_near(notice_by, analysis.as_of)
            ),
            action: format::money(recoverable.run_rate),
            target: Target::Contracts(Some(cost.app.clone())),
        });
    }
    if report.review > 0 {
        steps.push(NextStep {
            kind: StepKind::Review,
            text: format::counted(report.review, "uncertain match", "uncertain matches"),
            action: "Show".into(),
            target: Target::Review,
        });
    }
    let problems = report.diagnostics.iter().filter(|problem| problem.severity >= Severity::Warning).count();
    if problems > 0 {
        let problems = u32::try_from(problems).unwrap_or(u32::MAX);
        steps.push(NextStep {
            kind: StepKind::Data,
            text: format!("{} with files, contracts or prices", format::counted(problems, "problem", "problems")),
            action: "Imports".into(),
            target: Target::Imports,
        });
    }
    steps
}

fn app_rows(analysis: &Analysis, report: &Report) -> Vec<AppRow> {
    let apps = analysis.costs.apps.iter().zip(&analysis.comparisons).zip(&report.apps);
    let mut rows: Vec<AppRow> =
        apps.map(|((cost, comparison), app)| app_row(cost, comparison.recommendation.choice, app)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.impact.amount));
    rows
}

fn app_row(cost: &AppCost, choice: Choice, app: &AppReport) -> AppRow {
    let tone = match choice {
        Choice::Take(ScenarioKind::CleanUp) => Tone::Waste,
        Choice::Take(ScenarioKind::Upgrade) => Tone::Notice,
        Choice::Take(ScenarioKind::Automate | ScenarioKind::NativeScim) => Tone::Good,
        _ => Tone::Quiet,
    };
    AppRow {
        app: app.app.clone(),
        seats: app.seats_label(),
        in_use: app.in_use_label(),
        orphaned: cost.counts.orphaned.point,
        unused: cost.counts.unused_licenses.point,
        impact: cost.impact.total.point,
        missing: cost.impact.total.missing.iter().map(|Unpriced(reason)| reason.clone()).collect(),
        recommendation: app.recommendation.label,
        tone,
        why: app.recommendation.reasons.first().cloned().unwrap_or_default(),
    }
}
