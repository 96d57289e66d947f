//! What the catalog alone can tell: plans side by side, and what is known of an app.

use super::table::TextTable;
use super::{CatalogArgs, CompareArgs, Failure, print_json};
use crate::export::{catalog_json, plans_json};
use crate::session::load_catalog;
use crate::view::{AppCard, NotInCatalog, PlanCard, PlanSheet, catalog_cards, format, words};

/// Team sizes compared where none are named.
const SEATS: [u32; 4] = [10, 25, 50, 100];

pub(super) fn compare(args: CompareArgs) -> Result<(), Failure> {
    let catalog = load_catalog(&args.catalog)?;
    let seats = if args.seats.is_empty() { SEATS.to_vec() } else { args.seats };
    let sheet = PlanSheet::new(&catalog, &args.app, args.from.as_deref(), args.to.as_deref(), &seats, args.fee);
    let sheet = sheet.map_err(refused)?;
    if args.json {
        return print_json(&|out| plans_json(&sheet, out));
    }
    let (from, to) = (&sheet.from, &sheet.to);
    let mut text = format!("{}: {} → {}\n\n", sheet.app.app, from.name, to.name);
    let mut prices = TextTable::new(&["Plan", "Price", "Source"], &[]);
    for plan in [from, to] {
        prices.row(vec![plan.name.clone(), plan.price_line(), plan.source_line()]);
    }
    text += &prices.render();
    text.push('\n');
    let headers = ["Seats", from.name.as_str(), to.name.as_str(), "Upgrade a year", "With discount", "Note"];
    let mut table = TextTable::new(&headers, &[true, true, true, true, true, false]);
    for row in &sheet.rows {
        let known = |amount| format::money_known(amount);
        let range = row.to_cost_low.zip(row.to_cost_high).filter(|_| row.to_cost_low != row.to_cost);
        table.row(vec![
            row.seats.to_string(),
            known(row.from_cost),
            known(row.to_cost),
            row.upgrade_cost.map_or_else(|| known(None), format::money_change),
            range.map_or_else(String::new, |(low, high)| format!("{} – {}", format::money(low), format::money(high))),
            // Why a price is missing stands beside the plan already.
            if row.to_cost.is_some() { row.note.clone() } else { String::new() },
        ]);
    }
    text += &table.render();
    text.push('\n');
    if let Some(percent) = sheet.markup_percent {
        let (word, percent) = if percent.is_sign_negative() { ("falls", -percent) } else { ("rises", percent) };
        text += &format!("The price {word} by {}%.\n", percent.round());
    }
    if let Some((fee, upgrade)) = sheet.fee.zip(sheet.rows.first().and_then(|row| row.upgrade_cost)) {
        let fee_text = format::money(fee);
        text += &match sheet.break_even_seats {
            Some(seats) => {
                let seats = format::counted(seats, "seat", "seats");
                format!("The upgrade costs more than a fee of {fee_text} from {seats} on.\n")
            }
            None if upgrade.amount > fee.amount => {
                format!("The upgrade costs more than a fee of {fee_text} at any number of seats.\n")
            }
            None => format!("The upgrade costs no more than a fee of {fee_text} at any number of seats.\n"),
        };
    }
    text += &facts(&sheet.app);
    super::print(&text)
}

pub(super) fn catalog(args: CatalogArgs) -> Result<(), Failure> {
    let catalog = load_catalog(&args.catalog)?;
    let cards = catalog_cards(&catalog, args.app.as_deref()).map_err(refused)?;
    if args.json {
        return print_json(&|out| catalog_json(&cards, out));
    }
    super::print(&match cards.as_slice() {
        [card] => one_app(card),
        _ => all_apps(&cards),
    })
}

fn one_app(card: &AppCard) -> String {
    let mut table = TextTable::new(&["  Plan", "Price", "Minimum", "SSO", "SCIM"], &[]);
    let yes = |is: Option<bool>| is.map_or("?", |is| if is { "yes" } else { "no" }).to_owned();
    for plan in &card.plans {
        let minimum = match plan.minimum_seats {
            0 | 1 => String::new(),
            seats => format::counted(seats, "seat", "seats"),
        };
        let own = if plan.own { " (yours)" } else { "" };
        let name = format!("  {}{own}", plan.name);
        table.row(vec![name, plan.price_line(), minimum, yes(plan.sso), yes(plan.scim)]);
    }
    let mut text = format!("{}\n{}", card.app, table.render());
    for plan in &card.plans {
        text += &format!("  {}: {}\n", plan.name, plan.source_line());
    }
    text += &facts(card);
    for (idp, steps) in &card.setup {
        text += &format!("  To set SCIM up with {}:\n", words::idp(idp));
        for (number, step) in (1..).zip(steps) {
            text += &format!("    {number}. {step}\n");
        }
    }
    text
}

/// A line for each app: its smallest plan, and the first with SCIM.
fn all_apps(cards: &[AppCard]) -> String {
    let mut table = TextTable::new(&["App", "Smallest plan", "First with SCIM", "Checked"], &[]);
    let plan = |plan: Option<&PlanCard>| plan.map(|plan| format!("{}: {}", plan.name, plan.short_price()));
    for card in cards {
        let scim = card.plans.iter().find(|plan| plan.scim == Some(true));
        table.row(vec![
            card.app.clone(),
            plan(card.plans.first()).unwrap_or_else(|| "not known".into()),
            plan(scim).unwrap_or_else(|| "not known".into()),
            format::date(card.checked_on),
        ]);
    }
    let count = format::counted(u32::try_from(cards.len()).unwrap_or(u32::MAX), "app", "apps");
    format!("{}\n{count}; truedown catalog APP shows all plans, sources and facts of one\n", table.render())
}

fn facts(app: &AppCard) -> String {
    let mut lines: Vec<String> = app.idp_lines().collect();
    lines.extend((!app.deprovisioning.is_empty()).then(|| app.deprovisioning.clone()));
    lines.extend((!app.operations.is_empty()).then(|| format!("SCIM can: {}", app.operations.join(", "))));
    lines.extend(app.prerequisites.iter().map(|needed| format!("Needed: {needed}")));
    lines.extend(app.constraints.iter().map(|bound| format!("Bound: {bound}")));
    lines.push(format!("{}, checked {}", app.source, format::date(app.checked_on)));
    lines.into_iter().map(|line| format!("  {line}\n")).collect()
}

fn refused(fault: NotInCatalog) -> Failure {
    eprintln!("error: {}\n  hint: {}", fault.message, fault.hint);
    Failure::Input
}
