use std::collections::HashMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::analysis::Analysis;
use crate::classify::{Finding, Kind};
use crate::compare::{Comparison, Premium, Scenario};
use crate::correlate::{AccountId, Outcome};
use crate::model::{Currency, Diagnostic, Email, Money, Place, Seen};
use crate::price::{AppCost, Priced, Total, Unpriced};

use super::{ImpactChart, format, words};

/// Everything a report says, ready to be written in any format.
#[derive(Clone, Debug)]
pub struct Report {
    /// The day it is for.
    pub as_of: Date,
    /// The reporting currency.
    pub currency: Currency,
    /// People who work here.
    pub headcount: u32,
    /// Files it rests on.
    pub inputs: Vec<Input>,
    /// Apps by name.
    pub apps: Vec<AppReport>,
    /// Annual financial impact of all apps.
    pub total: ImpactReport,
    /// Findings of all apps, counted.
    pub counts: Vec<(Kind, u32)>,
    /// Accounts waiting for a human.
    pub review: u32,
    /// Accounts in all.
    pub accounts: u32,
    /// Impact beside upgrade.
    pub chart: ImpactChart,
    /// Problems.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file a report rests on.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its layout.
    pub format: String,
    /// What it holds.
    pub role: &'static str,
    /// Of which app.
    pub app: Option<String>,
    /// Rows found.
    pub rows: usize,
    /// Records made of them.
    pub records: usize,
    /// Rows left out.
    pub skipped: usize,
}

/// What a report says of one app.
#[derive(Clone, Debug)]
pub struct AppReport {
    /// The app.
    pub app: String,
    /// The plan; empty if not known.
    pub plan: String,
    /// Seats bought; `None` if no contract tells.
    pub seats_purchased: Option<u32>,
    /// Accounts in the files.
    pub accounts: u32,
    /// By finding.
    pub findings: Vec<(Kind, u32)>,
    /// Of them, waiting for a human.
    pub review: u32,
    /// Paid seats in use; `None` where the plan has no seats to count.
    pub seats_in_use: Option<u32>,
    /// Annual financial impact.
    pub impact: ImpactReport,
    /// What can be dropped.
    pub recoverable: Priced<RecoverableReport>,
    /// The step to the plan with SCIM.
    pub upgrade: Option<UpgradeReport>,
    /// Courses of action.
    pub scenarios: Vec<ScenarioReport>,
    /// What to do.
    pub recommendation: RecommendationReport,
}

/// Annual financial impact, with its parts.
#[derive(Clone, Debug)]
pub struct ImpactReport {
    /// Paid seats nobody who works here uses.
    pub unused_license_count: u32,
    /// Their cost; `None` where it is not known.
    pub unused_licenses: Option<Money>,
    /// Hours of IT; `None` where they cannot be estimated.
    pub it_hours: Option<Decimal>,
    /// Their cost; `None` where no exchange rate is known.
    pub it_labor: Option<Money>,
    /// Cost of orphaned accounts; likewise.
    pub compliance_misses: Option<Money>,
    /// The sum, its range, and what is missing from it.
    pub total: Total,
}

/// What can be dropped, and when.
#[derive(Clone, Debug)]
pub struct RecoverableReport {
    /// Seats to drop.
    pub seats: u32,
    /// A year.
    pub run_rate: Money,
    /// Within the horizon; `None` where no renewal date is known.
    pub cashable: Option<Money>,
    /// First day.
    pub from: Option<Date>,
    /// Last day to give notice.
    pub notice_by: Option<Date>,
}

/// The step to the plan with SCIM.
#[derive(Clone, Debug)]
pub struct UpgradeReport {
    /// From which plan.
    pub from: String,
    /// To which plan.
    pub to: String,
    /// For how many seats.
    pub seats: u32,
    /// The difference a year; `None` where a price is not known.
    pub premium: Option<Premium>,
    /// Rise of the price in percent.
    pub markup_percent: Option<Decimal>,
    /// Seats from which it costs more than the flat fee.
    pub break_even_seats: Option<u32>,
}

/// A course of action in a report.
#[derive(Clone, Debug)]
pub struct ScenarioReport {
    /// The word for files.
    pub id: &'static str,
    /// The label for people.
    pub label: &'static str,
    /// Plan bought.
    pub plan: Option<String>,
    /// Seats paid for once it is done.
    pub seats: u32,
    /// Cost of the first year.
    pub year_1: Option<Money>,
    /// Cost of a settled year.
    pub run_rate: Option<Money>,
    /// Present value; a cost is negative.
    pub npv: Option<Money>,
    /// Present value gained against staying manual.
    pub saving: Option<Money>,
    /// Months until it has paid back.
    pub payback_months: Option<u32>,
    /// Seats from which the upgrade costs more than the flat fee.
    pub break_even_seats: Option<u32>,
    /// What speaks against it.
    pub vetoes: Vec<String>,
    /// Why its amounts are not known.
    pub unpriced: Option<String>,
}

/// What to do, in words.
#[derive(Clone, Debug)]
pub struct RecommendationReport {
    /// The word for files.
    pub id: &'static str,
    /// The label for people.
    pub label: &'static str,
    /// Why.
    pub reasons: Vec<String>,
    /// What would change it.
    pub would_change: Vec<String>,
}

/// One account, as `findings.csv` has it.
#[derive(Clone, Debug)]
pub struct FindingRow<'a> {
    /// The app.
    pub app: &'a str,
    /// The account's own id.
    pub account: &'a str,
    /// Its address.
    pub email: &'a str,
    /// Its name.
    pub display_name: &'a str,
    /// The directory's id of the person.
    pub person: String,
    /// The person's name.
    pub person_name: &'a str,
    /// The person's status; empty if none.
    pub person_status: &'static str,
    /// What it is.
    pub finding: Kind,
    /// Why.
    pub reason: String,
    /// How the person was found; empty if not linked.
    pub method: &'static str,
    /// Probability that the person owns it.
    pub confidence: f64,
    /// A human should decide.
    pub review: bool,
    /// Takes a paid seat.
    pub billed: &'static str,
    /// The seat's cost a year.
    pub annual_cost: Option<Money>,
    /// Last activity.
    pub last_active: Seen,
    /// Where it stands.
    pub source: &'a Place,
    analysis: &'a Analysis,
    outcome: &'a Outcome,
}

impl FindingRow<'_> {
    /// The address, or the account's own id where it has none.
    pub fn name(&self) -> &str {
        if self.email.is_empty() { self.account } else { self.email }
    }

    /// What spoke for and against the person, each with its weight in bits; nothing where it decides alone or only explains. Each
    /// thing stands once: an address that is also the sign-in name is the same address twice.
    pub fn evidence(&self) -> Vec<(String, Option<f64>)> {
        let mut said: Vec<(String, Option<f64>)> = Vec::new();
        for found in self.outcome.evidence() {
            let fact = (words::fact(self.analysis, &found.fact), found.weight);
            if !said.contains(&fact) {
                said.push(fact);
            }
        }
        said
    }
}

/// The accounts of a report, made one at a time: there may be a million.
#[derive(Clone, Debug)]
pub struct FindingRows<'a> {
    analysis: &'a Analysis,
    /// What a seat costs a year, by app key.
    prices: HashMap<&'a str, Money>,
}

impl<'a> FindingRows<'a> {
    /// The accounts of an analysis, in input order.
    pub fn new(analysis: &'a Analysis) -> Self {
        let priced =
            analysis.costs.apps.iter().filter_map(|cost| Some((cost.app.key(), cost.terms.seat_price()?.ok()?)));
        Self { analysis, prices: priced.collect() }
    }

    /// One row for each account.
    pub fn iter(&self) -> impl Iterator<Item = FindingRow<'a>> + '_ {
        let found = self.analysis.outcomes.iter().zip(self.analysis.findings.iter());
        self.analysis.roster.accounts().zip(found).map(|(id, (outcome, finding))| self.row(id, outcome, finding))
    }

    fn row(&self, id: AccountId, outcome: &'a Outcome, finding: &Finding) -> FindingRow<'a> {
        let analysis = self.analysis;
        let (account, app) = (analysis.roster.account(id), analysis.roster.app(id));
        let person = outcome.person();
        FindingRow {
            app: app.as_str(),
            account: account.key(),
            email: account.email.as_ref().map_or("", Email::as_str),
            display_name: &account.display_name,
            person: person.map(|person| analysis.roster.person_key(person)).unwrap_or_default(),
            person_name: person.map_or("", |person| &analysis.roster.person(person).display),
            person_status: person.map_or("", |person| analysis.roster.status(person).as_str()),
            finding: finding.kind,
            reason: words::reason(analysis, &finding.reason),
            method: outcome.method.map_or("", |method| method.as_str()),
            confidence: outcome.confidence,
            review: finding.review,
            billed: finding.billed.as_str(),
            annual_cost: finding.billed.counts().then(|| self.prices.get(app.key()).copied()).flatten(),
            last_active: account.last_active,
            source: &account.place,
            analysis,
            outcome,
        }
    }
}

impl Report {
    /// The report of an analysis.
    pub fn new(analysis: &Analysis) -> Self {
        let costs = &analysis.costs;
        let policy = &analysis.policy;
        let apps: Vec<AppReport> =
            costs.apps.iter().zip(&analysis.comparisons).map(|(cost, comparison)| app(cost, comparison)).collect();
        // What no app has a price for has none in all.
        let sum = |amount: &dyn Fn(&AppCost) -> &Priced| {
            let known = costs.apps.iter().filter_map(|cost| amount(cost).as_ref().ok());
            known.copied().reduce(|sum, money| Money::new(sum.amount + money.amount, policy.currency))
        };
        let of = |kind: Kind| costs.apps.iter().map(|cost| cost.counts.of(kind)).sum();
        Self {
            as_of: analysis.as_of,
            currency: policy.currency,
            headcount: costs.workforce.headcount,
            inputs: analysis.files().map(input).collect(),
            total: ImpactReport {
                unused_license_count: costs.apps.iter().map(|cost| cost.impact.unused_licenses.point).sum(),
                unused_licenses: sum(&|cost| &cost.impact.licenses),
                it_hours: costs
                    .apps
                    .iter()
                    .filter_map(|cost| cost.impact.hours.hours.clone().ok())
                    .reduce(|sum, hours| sum + hours),
                it_labor: sum(&|cost| &cost.impact.labor),
                compliance_misses: sum(&|cost| &cost.impact.misses),
                total: costs.impact.clone(),
            },
            counts: Kind::ALL.iter().map(|kind| (*kind, of(*kind))).collect(),
            review: costs.apps.iter().map(|cost| cost.counts.review).sum(),
            accounts: costs.apps.iter().map(|cost| cost.counts.accounts).sum(),
            chart: ImpactChart::new(analysis),
            diagnostics: analysis.diagnostics().cloned().collect(),
            apps,
        }
    }
}

fn input(import: &crate::import::Import) -> Input {
    Input {
        name: import.name.to_string(),
        sha256: import.sha256.clone(),
        format: import.format.clone(),
        role: import.role.as_str(),
        app: import.app.as_ref().map(ToString::to_string),
        rows: import.rows,
        records: import.records.len(),
        skipped: import.skipped,
    }
}

fn app(cost: &AppCost, comparison: &Comparison) -> AppReport {
    let impact = &cost.impact;
    AppReport {
        app: cost.app.to_string(),
        plan: cost.terms.plan.clone(),
        seats_purchased: cost.terms.seats_known.then_some(cost.terms.seats),
        accounts: cost.counts.accounts,
        findings: Kind::ALL.iter().map(|kind| (*kind, cost.counts.of(*kind))).collect(),
        review: cost.counts.review,
        seats_in_use: cost.terms.sold_by_seat().then_some(cost.counts.in_use),
        impact: ImpactReport {
            unused_license_count: impact.unused_licenses.point,
            unused_licenses: impact.licenses.as_ref().ok().copied(),
            it_hours: impact.hours.hours.clone().ok(),
            it_labor: impact.labor.as_ref().ok().copied(),
            compliance_misses: impact.misses.as_ref().ok().copied(),
            total: impact.total.clone(),
        },
        recoverable: cost.recoverable.as_ref().map_err(Clone::clone).map(|recoverable| RecoverableReport {
            seats: recoverable.seats,
            run_rate: recoverable.run_rate,
            cashable: recoverable.cashable.as_ref().ok().copied(),
            from: recoverable.drop.map(|drop| drop.from),
            notice_by: recoverable.drop.map(|drop| drop.notice_by),
        }),
        upgrade: comparison.upgrade.as_ref().map(|upgrade| UpgradeReport {
            from: upgrade.from.clone(),
            to: upgrade.to.clone(),
            seats: upgrade.seats,
            premium: upgrade.premium.as_ref().ok().copied(),
            markup_percent: upgrade.markup_percent,
            break_even_seats: upgrade.break_even_seats,
        }),
        scenarios: comparison.scenarios.iter().map(scenario).collect(),
        recommendation: RecommendationReport {
            id: comparison.recommendation.choice.as_str(),
            label: words::choice(comparison.recommendation.choice),
            reasons: comparison.recommendation.reasons.iter().map(words::why).collect(),
            would_change: comparison.recommendation.would_change.iter().map(words::why).collect(),
        },
    }
}

fn scenario(scenario: &Scenario) -> ScenarioReport {
    let known = |priced: &Priced| priced.as_ref().ok().copied();
    ScenarioReport {
        id: scenario.kind.as_str(),
        label: words::scenario(scenario.kind),
        plan: scenario.plan.clone(),
        seats: scenario.seats,
        year_1: known(&scenario.year_1),
        run_rate: known(&scenario.run_rate),
        npv: known(&scenario.npv),
        saving: known(&scenario.saving),
        payback_months: scenario.payback_months,
        break_even_seats: scenario.break_even_seats,
        vetoes: scenario.vetoes.iter().map(words::veto).collect(),
        unpriced: scenario.flows.as_ref().err().map(|Unpriced(reason)| reason.clone()),
    }
}

impl Report {
    /// What can be dropped from a day on, the first day first.
    pub fn renewals(&self) -> Vec<(&AppReport, &RecoverableReport, Date)> {
        let apps = self.apps.iter().filter_map(|app| {
            let recoverable = app.recoverable.as_ref().ok()?;
            Some((app, recoverable, recoverable.from?))
        });
        let mut due: Vec<_> = apps.collect();
        due.sort_by(|(a, _, from), (b, _, other)| from.cmp(other).then_with(|| a.app.cmp(&b.app)));
        due
    }
}

impl AppReport {
    /// Seats bought, or a dash.
    pub fn seats_label(&self) -> String {
        self.seats_purchased.map_or_else(|| "—".into(), format::count)
    }

    /// Paid seats in use, or a dash.
    pub fn in_use_label(&self) -> String {
        self.seats_in_use.map_or_else(|| "—".into(), format::count)
    }

    /// Whether of no account of those who work here the exports tell when it was last used: none can be found unused.
    pub fn activity_unknown(&self) -> bool {
        self.count(Kind::Unknown) > 0 && self.count(Kind::InUse) + self.count(Kind::Unused) == 0
    }

    /// Accounts of one kind.
    pub fn count(&self, wanted: Kind) -> u32 {
        self.findings.iter().find(|(kind, _)| *kind == wanted).map_or(0, |(_, count)| *count)
    }
}

impl ImpactReport {
    /// The range in words, where there is one: `$61.2K – $66.9K`.
    pub fn range(&self) -> Option<String> {
        let Total { low, high, .. } = &self.total;
        (low.amount != high.amount).then(|| format!("{} – {}", format::money_short(*low), format::money_short(*high)))
    }
}
