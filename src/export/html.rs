use std::collections::BTreeMap;
use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{html_lists, svg};
use crate::model::{Money, Severity};
use crate::view::{
    AppReport, Dossier, FindingRow, FindingRows, Kind, LineChart, Report, Section, Unpriced, UpgradeBar, format, words,
};

/// Rows of a list; a page with a million opens nowhere.
pub(super) const LISTED: usize = 2_000;

/// Writes a report as one page: no script, no file beside it, light and dark, fit for print.
///
/// # Errors
/// Those of the writer.
pub fn report_html(dossier: &Dossier<'_>, out: &mut dyn Write) -> io::Result<()> {
    let report = &dossier.report;
    let has = |section| dossier.has(section);
    let (findings, scenarios) = (has(Section::Findings), has(Section::Scenarios));
    let to_do = if findings { to_do(&dossier.rows) } else { BTreeMap::new() };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Software seats and accounts, as of " (format::date(report.as_of)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    header {
                        p.brand { "true" span { "down" } }
                        h1 { "Software seats and accounts" }
                        p.dim {
                            "As of " (format::date(report.as_of)) " · " (format::count(report.headcount)) " people · "
                            (format::count(report.accounts)) " accounts in " (report.apps.len()) " apps · amounts in " (report.currency)
                        }
                    }
                    @if has(Section::Summary) { (summary(report)) (chart(report)) }
                    @if has(Section::Apps) { (apps(report, findings || scenarios)) }
                    @if has(Section::Renewals) { (html_lists::renewals(report)) }
                    @if let Some(removals) = dossier.removals.as_ref().filter(|_| has(Section::SinceLast)) { (html_lists::since_last(removals)) }
                    @if findings || scenarios {
                        @for (number, app) in report.apps.iter().enumerate() {
                            section.app id=(anchor(number)) {
                                (app_head(app))
                                @if scenarios { (courses(app, dossier.curves.get(&app.app))) }
                                @if findings { (app_findings(report, app, to_do.get(&*app.app))) }
                            }
                        }
                    }
                    @if has(Section::AccessReview) { (html_lists::access_review(report, &dossier.access)) }
                    @if has(Section::Sources) { (problems(report)) (inputs(report)) }
                }
            }
        }
    };
    // Signs that are not seen could turn the text around them, and control characters are no text.
    let odd = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    out.write_all(page.into_string().replace(odd, "\u{fffd}").as_bytes())
}

fn summary(report: &Report) -> Markup {
    let total = &report.total;
    let of = |wanted: Kind| report.counts.iter().find(|(kind, _)| *kind == wanted).map_or(0, |(_, count)| *count);
    let why = if report.review > 0 { "once reviews are settled" } else { "as not all seats are told to be paid" };
    let range = total.range().map(|range| format!("{range} {why}")).unwrap_or_default();
    let unused = format::money_known(total.unused_licenses);
    html! {
        section.cards aria-label="Summary" {
            div.card { p { "Annual financial impact" } p.figure { (format::money(total.total.point)) } p.dim { (range) } }
            div.card { p { "Orphaned accounts" } p.figure.risk { (format::count(of(Kind::Orphaned))) } p.dim { "cost of compliance misses " (format::money_known(total.compliance_misses)) } }
            div.card { p { "Unused licenses" } p.figure.waste { (format::count(total.unused_license_count)) } p.dim { "paid for in vain " (unused) " a year" } }
            div.card { p { "To decide" } p.figure { (format::count(report.review)) } p.dim { "accounts whose owner is uncertain" } }
        }
        @if !total.total.missing.is_empty() {
            p.missing {
                "Not in these totals: "
                @for (index, Unpriced(reason)) in total.total.missing.iter().enumerate() {
                    @if index > 0 { "; " }
                    (reason)
                }
                "."
            }
        }
    }
}

fn chart(report: &Report) -> Markup {
    html! {
        section {
            h2 { "What manual costs today, next to the tier upgrade that would automate it" }
            ul.legend {
                li.unused { "Unused licenses" } li.labor { "IT labor" } li.misses { "Compliance misses" }
                li.upgrade { "SCIM tier upgrade, per year" } @if let Some(fee) = report.chart.fee { li.fee { "Flat-fee automation, " (format::money_short(fee)) } }
            }
            (svg::impact_chart(&report.chart))
            table {
                thead { tr { th { "App" } th.num { "Unused licenses" } th.num { "IT labor" } th.num { "Compliance misses" } th.num { "Annual impact" } th { "Upgrade, per year" } } }
                tbody {
                    @for bar in &report.chart.bars {
                        tr {
                            th scope="row" { (bar.app) }
                            td.num { (format::money_known(bar.licenses)) }
                            td.num { (format::money_known(bar.labor)) }
                            td.num { (format::money_known(bar.misses)) }
                            td.num.strong { (format::money(bar.total)) }
                            td { @match &bar.upgrade { UpgradeBar::Premium { label, .. } => (label), UpgradeBar::OnRequest(reason) | UpgradeBar::None(reason) => span.dim { (reason) } } }
                        }
                    }
                }
            }
        }
    }
}

fn apps(report: &Report, linked: bool) -> Markup {
    html! {
        section {
            h2 { "Apps" }
            table {
                thead { tr {
                    th { "App" } th.num { "Seats" } th.num { "In use" } th.num { "Orphaned" } th.num { "Unused" } th.num { "Annual impact" }
                    th { "Recommendation" } th { "Why" }
                } }
                tbody {
                    @for (number, app) in report.apps.iter().enumerate() {
                        tr {
                            th scope="row" { @if linked { a href=(format!("#{}", anchor(number))) { (app.app) } } @else { (app.app) } }
                            td.num { (app.seats_label()) }
                            td.num { (app.in_use_label()) }
                            td.num { (format::count(app.count(Kind::Orphaned))) }
                            td.num { (format::count(app.impact.unused_license_count)) }
                            td.num.strong { (format::money(app.impact.total.point)) }
                            td.label { (app.recommendation.label) }
                            td { (app.recommendation.reasons.first().map(String::as_str).unwrap_or_default()) }
                        }
                    }
                }
            }
        }
    }
}

fn anchor(number: usize) -> String {
    format!("app-{}", number + 1)
}

/// What somebody has to act on, in the order of urgency: access that should not be stands first.
const URGENCY: [Kind; 5] = [Kind::Orphaned, Kind::Duplicate, Kind::Unused, Kind::External, Kind::Service];

/// Accounts to act on, by app; at most [`LISTED`] of each kind, and how many there are. The rest is in `findings.csv`.
#[derive(Default)]
struct ToDo<'a> {
    rows: BTreeMap<usize, Vec<FindingRow<'a>>>,
    all: usize,
}

fn to_do<'a>(rows: &FindingRows<'a>) -> BTreeMap<&'a str, ToDo<'a>> {
    let mut by_app: BTreeMap<&str, ToDo<'_>> = BTreeMap::new();
    for row in rows.iter() {
        let urgency = URGENCY.iter().position(|kind| *kind == row.finding);
        let Some(urgency) = urgency.or(row.review.then_some(URGENCY.len())) else { continue };
        let to_do = by_app.entry(row.app).or_default();
        to_do.all += 1;
        let kept = to_do.rows.entry(urgency).or_default();
        if kept.len() < LISTED {
            kept.push(row);
        }
    }
    by_app
}

fn app_head(app: &AppReport) -> Markup {
    html! {
        h2 { (app.app) @if !app.plan.is_empty() { span.dim { " " (app.plan) } } }
        p {
            strong { (app.recommendation.label) ". " }
            @for reason in &app.recommendation.reasons { (reason) ". " }
            @if !app.recommendation.would_change.is_empty() {
                span.dim { "Would change the answer: " (app.recommendation.would_change.join("; ")) "." }
            }
        }
    }
}

fn courses(app: &AppReport, curve: Option<&LineChart>) -> Markup {
    let known = |money: Option<Money>| money.map_or_else(|| "not known".to_owned(), format::money);
    html! {
        @match &app.recoverable {
            Ok(recoverable) if recoverable.seats > 0 => p {
                (format::counted(recoverable.seats, "seat", "seats")) " can be dropped: " (format::money(recoverable.run_rate)) " a year"
                @if let Some(from) = recoverable.from { ", from " (format::date(from)) }
                @if let Some(notice) = recoverable.notice_by { "; give notice by " (format::date(notice)) }
                "."
            },
            Ok(_) => p.dim { "No seat can be dropped." },
            Err(Unpriced(reason)) => p.missing { "Not priced: " (reason) "." },
        }
        table {
            thead { tr { th { "Course of action" } th.num { "First year" } th.num { "A settled year" } th.num { "Present value" } th.num { "Against staying" } th { "What speaks against it" } } }
            tbody {
                @for scenario in &app.scenarios {
                    tr {
                        th scope="row" { (scenario.label) @if let Some(plan) = &scenario.plan { span.dim { " to " (plan) } } }
                        td.num { (known(scenario.year_1)) }
                        td.num { (known(scenario.run_rate)) }
                        td.num { (known(scenario.npv)) }
                        td.num { (scenario.saving.map_or_else(|| "not known".to_owned(), format::money_change)) }
                        td { (scenario.unpriced.iter().chain(&scenario.vetoes).map(String::as_str).collect::<Vec<_>>().join(". ")) }
                    }
                }
            }
        }
        @if let Some(curve) = curve.filter(|curve| !curve.lines.is_empty()) {
            h3 { "What a year costs, by the size of the team" }
            (svg::line_chart(curve))
        }
    }
}

fn app_findings(report: &Report, app: &AppReport, to_do: Option<&ToDo<'_>>) -> Markup {
    let listed: Vec<&FindingRow<'_>> =
        to_do.iter().flat_map(|to_do| to_do.rows.values().flatten()).take(LISTED).collect();
    let cut = to_do.is_some_and(|to_do| to_do.all > listed.len());
    html! {
        h3 { "Findings" }
        p.dim {
            @for (index, (kind, count)) in app.findings.iter().filter(|(_, count)| *count > 0).enumerate() {
                @if index > 0 { " · " }
                (words::kind(*kind)) " " (format::count(*count))
            }
            @if app.review > 0 { " · of them to decide " (format::count(app.review)) }
        }
        @if listed.is_empty() { p { "Nothing to act on." } } @else { (findings(report, &listed)) }
        @if cut { p.missing { "Only the first " (format::count(LISTED as u64)) " are listed; findings.csv has all." } }
    }
}

fn findings(report: &Report, rows: &[&FindingRow<'_>]) -> Markup {
    html! {
        table.findings {
            thead { tr { th { "Finding" } th { "Account" } th { "Name" } th { "Person" } th { "Reason" } th { "Last active" } th.num { "Cost a year" } } }
            tbody {
                @for row in rows {
                    tr {
                        td { span class=(format!("chip {}", row.finding.as_str())) { (words::kind(row.finding)) } @if row.review { " " span.chip.review { "Review" } } }
                        td { (row.name()) }
                        td { (row.display_name) }
                        td { (row.person_name) }
                        td {
                            (row.reason)
                            @let evidence = evidence(row);
                            @if !evidence.is_empty() { div.dim { (evidence) } }
                        }
                        td { (format::seen(row.last_active)) }
                        td.num { (row.annual_cost.map(|cost| if cost.currency == report.currency { format::money(cost) } else { format::money_exact(cost) }).unwrap_or_default()) }
                    }
                }
            }
        }
    }
}

/// Why the person is taken for the owner, in a line.
fn evidence(row: &FindingRow<'_>) -> String {
    let each = row.evidence().into_iter().map(|(said, weight)| match weight {
        Some(weight) => format!("{said} ({weight:+.1})"),
        None => said,
    });
    let all = each.collect::<Vec<_>>().join("; ");
    if row.person.is_empty() { all } else { format!("{:.3}: {all}", row.confidence) }
}

fn problems(report: &Report) -> Markup {
    html! {
        @if !report.diagnostics.is_empty() {
            section {
                h2 { "Problems with the data" }
                ul {
                    @for problem in &report.diagnostics {
                        li class=(match problem.severity { Severity::Error => "risk", Severity::Warning => "waste", Severity::Info => "dim" }) {
                            @if let Some(place) = &problem.place { code { (place) } " " }
                            (problem.message) "."
                            @for hint in &problem.hints { span.dim { " " (hint) "." } }
                        }
                    }
                }
            }
        }
    }
}

fn inputs(report: &Report) -> Markup {
    html! {
        section {
            h2 { "Files this rests on" }
            table {
                thead { tr { th { "File" } th { "Read as" } th.num { "Rows" } th.num { "Records" } th.num { "Skipped" } th { "SHA-256" } } }
                tbody {
                    @for input in &report.inputs {
                        tr {
                            th scope="row" { (input.name) }
                            td { (input.role) @if let Some(app) = &input.app { " · " (app) } }
                            td.num { (format::count(input.rows as u64)) }
                            td.num { (format::count(input.records as u64)) }
                            td.num { (format::count(input.skipped as u64)) }
                            td.hash { code { (input.sha256) } }
                        }
                    }
                }
            }
            p.dim { "The labor, cost per orphaned account and fee used are defaults from a published aggregate, scaled to your headcount, unless your workspace says otherwise. Made by Truedown on your own computer; nothing was sent anywhere." }
        }
    }
}

const STYLE: &str = include_str!("report.css");
