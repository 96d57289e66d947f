//! The lists of a page: renewals, what was removed since the last time, what an auditor asks about access.

use maud::{Markup, html};

use super::html::LISTED;
use crate::view::{AccessReview, Removals, Report, ReviewedApp, format, words};

pub(super) fn renewals(report: &Report) -> Markup {
    let due = report.renewals();
    html! {
        @if !due.is_empty() {
            section {
                h2 { "Renewals: what can be dropped, and when the notice is due" }
                table {
                    thead { tr { th { "App" } th { "Notice by" } th { "From" } th.num { "Seats to drop" } th.num { "Saves a year" } } }
                    tbody {
                        @for (app, recoverable, from) in due {
                            tr {
                                th scope="row" { (app.app) }
                                td { (recoverable.notice_by.map(format::date).unwrap_or_default()) }
                                td { (format::date(from)) }
                                td.num { (format::count(recoverable.seats)) }
                                td.num { (format::money(recoverable.run_rate)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn since_last(removals: &Removals) -> Markup {
    html! {
        section {
            h2 { "Since last time: what was removed, and what that saves" }
            p { (removals.said()) }
            table {
                thead { tr { th { "App" } th { "List before" } th { "List now" } th.num { "Went" } th.num { "Still there" } th.num { "Saved a year" } th.num { "Still paid for nobody" } th.num { "Goes on" } th { "Can stop from" } } }
                tbody {
                    @for app in &removals.apps {
                        tr {
                            th scope="row" { (app.app) }
                            td { (format::date_told(app.before)) }
                            td { (format::date_told(app.after)) }
                            td.num { (format::count(app.removed)) }
                            td.num { (format::count(app.left)) }
                            td.num { (format::money_known(app.saved)) }
                            td.num { (format::money_known(app.pending)) }
                            td.num { (format::money_known(app.kept)) }
                            td { (app.pending_from.map(format::date).unwrap_or_default()) }
                        }
                    }
                }
            }
            @for missing in &removals.missing { p.missing { "Not in these figures: " (missing) "." } }
            @if !removals.accounts.is_empty() {
                h3 { "Accounts that went" }
                table.findings {
                    thead { tr { th { "App" } th { "Account" } th { "Name" } th { "Was" } th { "Became" } th { "Why it was to go" } th.num { "Cost a year" } } }
                    tbody {
                        @for gone in removals.accounts.iter().take(LISTED) {
                            tr {
                                td { (gone.app) }
                                td { (if gone.email.is_empty() { &gone.account } else { &gone.email }) }
                                td { (gone.display_name) }
                                td { span class=(format!("chip {}", gone.finding.as_str())) { (words::kind(gone.finding)) } }
                                td { (gone.became) }
                                td { (gone.reason) }
                                td.num { (gone.annual_cost.map(format::money).unwrap_or_default()) }
                            }
                        }
                    }
                }
                @if removals.accounts.len() > LISTED { p.missing { "Only the first " (format::count(LISTED as u64)) " are listed; report.xlsx has all." } }
            }
        }
    }
}

pub(super) fn access_review(report: &Report, access: &AccessReview) -> Markup {
    html! {
        section {
            h2 { "Access review" }
            p.dim { (AccessReview::ABOUT) " As of " (format::date(report.as_of)) "." }
            table {
                thead { tr { th { "What an auditor asks" } th { "What these files say" } th { "Asked under" } } }
                tbody { @for answer in &access.answers { tr { th scope="row" { (answer.question) } td { (answer.answer) } td.dim { (answer.criteria) } } } }
            }
            table {
                thead { tr { th { "App" } th { "List of" } @for (name, _) in ReviewedApp::COUNTS { th.num { (name) } } } }
                tbody {
                    @for app in &access.apps {
                        tr {
                            th scope="row" { (app.app) }
                            td { (format::date_told(app.exported)) }
                            @for (_, count) in ReviewedApp::COUNTS { td.num { (format::count(count(app))) } }
                        }
                    }
                }
            }
            h3 { "Rules in force" }
            table { tbody { @for (rule, value) in &access.rules { tr { th scope="row" { (rule) } td { (value) } } } } }
            h3 { "Exemptions" }
            @if access.exemptions.is_empty() { p { "None." } } @else {
                table {
                    thead { tr { th { "App" } th { "Account" } th { "Reason" } th { "Until" } th { "By" } th { "On" } } }
                    tbody {
                        @for exempt in access.exemptions.iter().take(LISTED) {
                            tr {
                                td { (exempt.app) }
                                td { (exempt.account) }
                                td { (exempt.reason) }
                                td { (exempt.until.map_or_else(|| "for good".to_owned(), format::date)) @if !exempt.holds { " (ended)" } }
                                td { (format::who_told(&exempt.who)) }
                                td { (format::moment_told(exempt.at)) }
                            }
                        }
                    }
                }
                @if access.exemptions.len() > LISTED { p.missing { "Only the first " (format::count(LISTED as u64)) " are listed; report.xlsx has all." } }
            }
            h3 { "Decisions" }
            @if access.decisions.is_empty() { p { "None is written down." } } @else {
                table {
                    thead { tr { th { "When" } th { "Who" } th { "App" } th { "Account" } th { "What" } th { "Before" } } }
                    tbody {
                        @for settled in access.decisions.iter().take(LISTED) {
                            tr {
                                td { (format::moment_told(settled.at)) }
                                td { (format::who_told(&settled.who)) }
                                td { (settled.app) }
                                td { (settled.account) }
                                td { (settled.what) }
                                td { (settled.before) }
                            }
                        }
                    }
                }
                @if access.decisions.len() > LISTED { p.missing { "Only the last " (format::count(LISTED as u64)) " are listed; report.xlsx has all." } }
            }
        }
    }
}
