//! What the catalog alone can tell: plans side by side, and what is known of an app.

use super::table::TextTable;
use super::{CatalogArgs, CompareArgs, Failure, print_json};
use crate::export::{catalog_json, plans_json};
use crate::session::builtin_catalog;
use crate::view::{AppCard, NotInCatalog, PlanSheet, catalog_cards, format};

/// Team sizes compared where none are named.
const SEATS: [u32; 4] = [10, 25, 50, 100];

pub(super) fn compare(args: CompareArgs) -> Result<(), Failure> {
    let catalog = builtin_catalog()?;
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
        let source = format!("{}, checked {}", plan.source, format::date(plan.checked_on));
        prices.row(vec![plan.name.clone(), plan.price_line(), source]);
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
        text += &format!("The price rises by {} %.\n", percent.round());
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
    let catalog = builtin_catalog()?;
    let cards = catalog_cards(&catalog, args.app.as_deref()).map_err(refused)?;
    if args.json {
        return print_json(&|out| catalog_json(&cards, out));
    }
    let mut text = String::new();
    for card in &cards {
        if !text.is_empty() {
            text.push('\n');
        }
        text += &format!("{}\n", card.app);
        let mut table = TextTable::new(&["  Plan", "Price", "Minimum", "SSO", "SCIM"], &[]);
        let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
        for plan in &card.plans {
            let minimum = match plan.minimum_seats {
                0 | 1 => String::new(),
                seats => format::counted(seats, "seat", "seats"),
            };
            table.row(vec![format!("  {}", plan.name), plan.price_line(), minimum, yes(plan.sso), yes(plan.scim)]);
        }
        text += &table.render();
        text += &facts(card);
    }
    super::print(&text)
}

fn facts(app: &AppCard) -> String {
    let mut lines: Vec<String> = app.idp_lines().collect();
    lines.push(app.deprovisioning.clone());
    lines.extend(app.prerequisites.iter().map(|needed| format!("Needed: {needed}")));
    lines.extend(app.constraints.iter().map(|bound| format!("Bound: {bound}")));
    lines.push(format!("{}, checked {}", app.source, format::date(app.checked_on)));
    lines.into_iter().map(|line| format!("  {line}\n")).collect()
}

fn refused(fault: NotInCatalog) -> Failure {
    eprintln!("error: {}\n  hint: {}", fault.message, fault.hint);
    Failure::Input
}
