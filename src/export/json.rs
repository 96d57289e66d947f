use std::io::{self, Write};

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::model::{Diagnostic, Money};
use crate::view::{
    AccessReview, AppReport, Dossier, ImpactReport, Input, Kind, Removals, ScenarioReport, Unpriced, UpgradeReport,
    format,
};

/// Version of the shape of `report.json`; it grows when a key changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// Writes a report as one JSON document. `docs/report.schema.json` is its schema.
///
/// # Errors
/// Those of the writer.
pub fn report_json(dossier: &Dossier<'_>, out: &mut dyn Write) -> io::Result<()> {
    let report = &dossier.report;
    let document = json!({
        "schema_version": SCHEMA_VERSION,
        "as_of": report.as_of.to_string(),
        "currency": report.currency.as_str(),
        "headcount": report.headcount,
        "inputs": report.inputs.iter().map(input).collect::<Vec<_>>(),
        "apps": report.apps.iter().map(app).collect::<Vec<_>>(),
        "totals": {
            "accounts": report.accounts,
            "findings": findings(&report.counts, report.review),
            "impact": impact(&report.total),
        },
        "since_last": dossier.removals.as_ref().map(since_last),
        "access_review": access_review(&dossier.access),
        "diagnostics": report.diagnostics.iter().map(diagnostic).collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

pub(super) fn money(money: Money) -> Value {
    format::plain(money.amount).into()
}

pub(super) fn maybe(amount: Option<Money>) -> Value {
    amount.map_or(Value::Null, money)
}

fn day(date: Option<Date>) -> Value {
    date.map_or(Value::Null, |date| date.to_string().into())
}

fn moment(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, |at| at.to_string().into())
}

fn since_last(removals: &Removals) -> Value {
    let apps = removals.apps.iter().map(|app| {
        json!({
            "app": app.app,
            "before": day(app.before),
            "after": day(app.after),
            "removed": app.removed,
            "left": app.left,
            "lost": app.lost,
            "seats": app.seats,
            "freed": maybe(app.freed),
            "saved": maybe(app.saved),
            "pending": maybe(app.pending),
            "kept": maybe(app.kept),
            "pending_from": day(app.pending_from),
            "unpriced": app.unpriced,
        })
    });
    let accounts = removals.accounts.iter().map(|gone| {
        json!({
            "app": gone.app,
            "account": gone.account,
            "email": gone.email,
            "finding": gone.finding.as_str(),
            "reason": gone.reason,
            "became": gone.became,
            "annual_cost": maybe(gone.annual_cost),
            "source": gone.source,
        })
    });
    json!({
        "removed": removals.count(),
        "freed": money(removals.freed),
        "saved": money(removals.saved),
        "pending": money(removals.pending),
        "kept": money(removals.kept),
        "unpriced": removals.missing,
        "apps": apps.collect::<Vec<_>>(),
        "accounts": accounts.collect::<Vec<_>>(),
    })
}

fn access_review(access: &AccessReview) -> Value {
    let apps = access.apps.iter().map(|app| {
        json!({
            "app": app.app,
            "exported": day(app.exported),
            "accounts": app.accounts,
            "ours": app.ours,
            "settled": app.settled,
            "review": app.waiting,
            "orphaned": app.orphaned,
            "orphaned_admins": app.orphaned_admins,
            "admins": app.admins,
            "not_ours": app.not_ours,
            "exempt": app.exempt,
            "closed": app.closed,
        })
    });
    let exemptions = access.exemptions.iter().map(|exempt| {
        json!({
            "app": exempt.app,
            "account": exempt.account,
            "reason": exempt.reason,
            "until": day(exempt.until),
            "holds": exempt.holds,
            "by": exempt.who,
            "at": moment(exempt.at),
        })
    });
    let decisions = access.decisions.iter().map(|settled| {
        json!({
            "at": moment(settled.at),
            "by": settled.who,
            "app": settled.app,
            "account": settled.account,
            "what": settled.what,
            "before": settled.before,
        })
    });
    json!({
        "about": AccessReview::ABOUT,
        "answers": access.answers.iter().map(|answer| json!({
            "criteria": answer.criteria,
            "question": answer.question,
            "answer": answer.answer,
        })).collect::<Vec<_>>(),
        "apps": apps.collect::<Vec<_>>(),
        "rules": access.rules.iter().map(|(rule, value)| json!({ "rule": rule, "value": value })).collect::<Vec<_>>(),
        "exemptions": exemptions.collect::<Vec<_>>(),
        "decisions": decisions.collect::<Vec<_>>(),
    })
}

fn input(input: &Input) -> Value {
    json!({
        "name": input.name,
        "sha256": input.sha256,
        "format": input.format,
        "role": input.role,
        "app": input.app,
        "rows": input.rows,
        "records": input.records,
        "skipped": input.skipped,
    })
}

fn findings(counts: &[(Kind, u32)], review: u32) -> Value {
    let mut all: Map<String, Value> =
        counts.iter().map(|(kind, count)| (kind.as_str().to_owned(), Value::from(*count))).collect();
    all.insert("review".into(), review.into());
    all.into()
}

fn impact(impact: &ImpactReport) -> Value {
    let missing: Vec<&str> = impact.total.missing.iter().map(|Unpriced(reason)| reason.as_str()).collect();
    json!({
        "unused_license_count": impact.unused_license_count,
        "unused_licenses": maybe(impact.unused_licenses),
        "it_hours": impact.it_hours.map(format::plain),
        "it_labor": maybe(impact.it_labor),
        "compliance_misses": maybe(impact.compliance_misses),
        "total": money(impact.total.point),
        "low": money(impact.total.low),
        "high": money(impact.total.high),
        "unpriced": missing,
    })
}

fn app(app: &AppReport) -> Value {
    let recoverable = match &app.recoverable {
        Ok(recoverable) => json!({
            "seats": recoverable.seats,
            "run_rate": money(recoverable.run_rate),
            "cashable": maybe(recoverable.cashable),
            "from": day(recoverable.from),
            "notice_by": day(recoverable.notice_by),
        }),
        Err(Unpriced(reason)) => json!({ "unpriced": reason }),
    };
    json!({
        "app": app.app,
        "plan": app.plan,
        "seats_purchased": app.seats_purchased,
        "accounts": app.accounts,
        "findings": findings(&app.findings, app.review),
        "impact": impact(&app.impact),
        "recoverable": recoverable,
        "upgrade": app.upgrade.as_ref().map(upgrade),
        "scenarios": app.scenarios.iter().map(scenario).collect::<Vec<_>>(),
        "recommendation": {
            "scenario": app.recommendation.id,
            "reasons": app.recommendation.reasons,
            "would_change": app.recommendation.would_change,
        },
    })
}

fn upgrade(upgrade: &UpgradeReport) -> Value {
    json!({
        "from": upgrade.from,
        "to": upgrade.to,
        "seats": upgrade.seats,
        "cost": maybe(upgrade.premium.map(|premium| premium.usual)),
        "cost_low": maybe(upgrade.premium.map(|premium| premium.low)),
        "cost_high": maybe(upgrade.premium.map(|premium| premium.high)),
        "markup_percent": upgrade.markup_percent.map(format::plain),
        "break_even_seats": upgrade.break_even_seats,
    })
}

fn scenario(scenario: &ScenarioReport) -> Value {
    json!({
        "scenario": scenario.id,
        "year_1": maybe(scenario.year_1),
        "run_rate": maybe(scenario.run_rate),
        "npv": maybe(scenario.npv),
        "saving": maybe(scenario.saving),
        "payback_months": scenario.payback_months,
        "break_even_seats": scenario.break_even_seats,
        "plan": scenario.plan,
        "seats": scenario.seats,
        "vetoes": scenario.vetoes,
        "unpriced": scenario.unpriced,
    })
}

fn diagnostic(problem: &Diagnostic) -> Value {
    let place = problem.place.as_ref();
    json!({
        "code": problem.code.as_str(),
        "severity": problem.severity,
        "file": place.map(|place| place.file.to_string()),
        "line": place.and_then(|place| place.line.or(place.record)),
        "message": problem.message,
        "hints": problem.hints,
    })
}
