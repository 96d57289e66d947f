use std::fmt::Write as _;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::report::Report;
use super::{format, words};
use crate::analysis::Analysis;
use crate::compare::{Choice, Comparison, Scenario, ScenarioKind};
use crate::model::{Currency, Money};
use crate::price::{AppCost, LaborBasis, Priced, Tariff, Unpriced, convert, month_of, rises};
use crate::workspace::Policy;

/// The sheets of a workbook whose computed cells are formulas: change an assumption, and everything that rests on it follows.
/// Lists of accounts are not among them; there may be a million.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// In the order of the tabs.
    pub sheets: Vec<Sheet>,
    /// Names of cells, for formulas: `LaborRate` stands for `Assumptions!$B$4`.
    pub names: Vec<(String, String)>,
    /// The day it is for.
    pub as_of: Date,
    /// Its title, by which the program knows it again.
    pub title: &'static str,
}

/// A sheet: a header and rows.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<SheetColumn>,
    /// Its rows, below the header.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a sheet.
#[derive(Clone, Debug)]
pub struct SheetColumn {
    /// Its header.
    pub header: String,
    /// Its width, in letters.
    pub width: u8,
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shown {
    /// A whole number.
    Count,
    /// A number with decimals.
    Number,
    /// An amount in the reporting currency, with cents.
    Money,
    /// A share.
    Percent,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words; never run as a formula.
    Text(String),
    /// A heading within a sheet.
    Heading(String),
    /// A number that is not computed here.
    Value(Decimal, Shown),
    /// A day.
    Day(Date),
    /// A formula, and what comes out of it.
    Formula(String, Decimal, Shown),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn count(count: u32) -> Self {
        Self::Value(Decimal::from(count), Shown::Count)
    }

    pub(super) fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }
}

/// A cell that is computed where everything it rests on is known, and says why it is not otherwise.
fn computed(formula: String, value: &Priced<Decimal>, shown: Shown) -> Cell {
    match value {
        Ok(value) => Cell::Formula(formula, *value, shown),
        Err(Unpriced(reason)) => Cell::Text(format!("not priced: {reason}")),
    }
}

/// The letters of a column, from 0.
pub fn letters(mut column: usize) -> String {
    let mut letters = String::new();
    loop {
        letters.insert(0, char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        column /= 26;
        if column == 0 {
            return letters;
        }
        column -= 1;
    }
}

impl Cell {
    /// What a reader of the cell sees.
    pub fn shown(&self, currency: Currency) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Heading(text) => text.clone(),
            Self::Day(day) => format::date(*day),
            // What is entered is shown as it is, what is computed in whole units.
            Self::Value(value, Shown::Money) => format::money_trim(Money::new(*value, currency)),
            Self::Value(value, shown) | Self::Formula(_, value, shown) => match shown {
                Shown::Count => format::count(*value),
                Shown::Number => value.normalize().to_string(),
                Shown::Money => format::money(Money::new(*value, currency)),
                Shown::Percent => format::percent(*value),
            },
        }
    }
}

impl Workbook {
    /// The workbook of an analysis.
    pub fn new(analysis: &Analysis) -> Self {
        let (assumptions, names) = assumptions(analysis);
        let flows = Flows::new(analysis);
        let report = Report::new(analysis);
        let sheets = vec![
            summary(analysis, &report),
            apps(analysis),
            contracts(analysis),
            upgrades(analysis),
            scenarios(analysis, &flows),
            flows.sheet(analysis),
            assumptions,
            sources(&report),
        ];
        Self { sheets, names, as_of: analysis.as_of, title: crate::import::WORKBOOK_TITLE }
    }
}

pub(super) fn sheet(name: &'static str, columns: &[(&str, u8)]) -> Sheet {
    let columns = columns.iter().map(|(header, width)| SheetColumn { header: (*header).to_owned(), width: *width });
    Sheet { name, columns: columns.collect(), rows: Vec::new() }
}

fn amount(money: Money, policy: &Policy) -> Decimal {
    // What has no rate is not in any formula that uses it.
    convert(money, policy).map_or(money.amount, |money| money.amount)
}

fn assumptions(analysis: &Analysis) -> (Sheet, Vec<(String, String)>) {
    let policy = &analysis.policy;
    let mut sheet = sheet(
        "Assumptions",
        &[("Assumption", 44), ("Value", 14), ("Unit", 22), ("Where it is from", 70), ("Name", 22)],
    );
    let currency = policy.currency.to_string();
    let mut names = Vec::new();
    let mut add = |label: &str, value: Decimal, shown: Shown, unit: &str, from: &str, name: &str| {
        let row = sheet.rows.len() + 2;
        names.push((name.to_owned(), format!("=Assumptions!$B${row}")));
        sheet.rows.push(vec![
            Cell::text(label),
            Cell::Value(value, shown),
            Cell::text(unit),
            Cell::text(from),
            Cell::text(name),
        ]);
    };
    let workforce = &analysis.costs.workforce;
    let effort = &policy.bottom_up;
    let people = Decimal::from(workforce.headcount);
    add("People who work here", people, Shown::Count, "people", "the directory", "Headcount");
    add(
        "Labor rate",
        amount(policy.labor_rate, policy),
        Shown::Money,
        &format!("{currency} an hour"),
        "published: fits three guides' hours and labor cost, unless altered",
        "LaborRate",
    );
    add(
        "Hours for each person and app",
        policy.hours_per_person,
        Shown::Number,
        "hours a year",
        "published aggregate: 101.47 hours for 500 people, unless altered",
        "HoursPerPerson",
    );
    add(
        "Cost of an orphaned account",
        amount(policy.cost_per_orphan, policy),
        Shown::Money,
        &format!("{currency} a year"),
        "published aggregate: $1,741 for 7 accounts, unless altered",
        "CostPerOrphan",
    );
    add(
        "Automation fee",
        amount(policy.flat_fee, policy),
        Shown::Money,
        &format!("{currency} a year and app"),
        "published: under $5K a year, unless altered",
        "AutomationFee",
    );
    add(
        "Labor that remains when automated",
        policy.residual_labor,
        Shown::Percent,
        "share",
        "assumption",
        "ResidualLabor",
    );
    add(
        "Seats kept above those in use",
        policy.seat_buffer,
        Shown::Percent,
        "share, at least 1 seat",
        "assumption",
        "SeatBuffer",
    );
    add("Discount rate", policy.discount_rate, Shown::Percent, "a year", "assumption", "DiscountRate");
    add(
        "Rise of prices at each renewal",
        policy.uplift,
        Shown::Percent,
        "share",
        "assumption; a contract can have its own",
        "Uplift",
    );
    add("Hours to set SCIM up", policy.scim_setup_hours, Shown::Number, "hours, once", "assumption", "ScimSetupHours");
    add(
        "Hours to hand an app over",
        policy.automation_setup_hours,
        Shown::Number,
        "hours, once",
        "assumption",
        "AutomationSetupHours",
    );
    add(
        "Minutes for each account in a clean-up",
        policy.cleanup_minutes_per_account,
        Shown::Number,
        "minutes",
        "assumption",
        "CleanupMinutes",
    );
    add(
        "Minutes for each joiner, leaver or mover and app",
        effort.minutes_per_change,
        Shown::Number,
        "minutes",
        "assumption, for bottom-up hours",
        "MinutesPerChange",
    );
    add(
        "Access reviews a year",
        Decimal::from(effort.reviews_a_year),
        Shown::Count,
        "reviews",
        "assumption, for bottom-up hours",
        "ReviewsAYear",
    );
    add(
        "Minutes for each account in a review",
        effort.minutes_per_review,
        Shown::Number,
        "minutes",
        "assumption, for bottom-up hours",
        "MinutesPerReview",
    );
    (sheet, names)
}

/// Columns of a tariff in a sheet, from the given one on: unit, price, times a year, discount, minimum, pack, included, base
/// fee, least bill, currency, rate.
struct TariffColumns {
    sheet: &'static str,
    first: usize,
}

/// Headers of those columns.
const TARIFF: [(&str, u8); 12] = [
    ("Unit", 20),
    ("Price", 12),
    ("Times a year", 8),
    ("Discount", 10),
    ("Minimum seats", 9),
    ("Sold in packs of", 9),
    ("Seats in base fee", 9),
    ("Base fee a year", 12),
    ("Least bill a year", 12),
    ("Currency", 9),
    ("Worth in reporting currency", 12),
    ("Add-on for each seat", 10),
];

impl TariffColumns {
    fn cell(&self, place: usize, row: usize) -> String {
        format!("{}!${}${row}", self.sheet, letters(self.first + place))
    }

    fn cells(tariff: &Tariff, policy: &Policy) -> Vec<Cell> {
        let own = Cell::Value;
        let rate = convert(Money::new(Decimal::ONE, tariff.currency), policy);
        vec![
            Cell::text(tariff.unit.as_str()),
            own(tariff.amount_high.unwrap_or(tariff.amount), Shown::Money),
            own(tariff.unit.times_a_year(), Shown::Count),
            own(tariff.discount, Shown::Percent),
            Cell::count(tariff.minimum),
            Cell::count(tariff.pack),
            Cell::count(tariff.included),
            own(tariff.base_fee, Shown::Money),
            own(tariff.commitment, Shown::Money),
            Cell::text(tariff.currency.to_string()),
            rate.map_or_else(
                |unknown| Cell::Text(format!("not priced: {}", unknown.0)),
                |rate| own(rate.amount, Shown::Number),
            ),
            own(tariff.add_on, Shown::Money),
        ]
    }

    /// Seats billed for a number of them.
    fn billed(&self, row: usize, seats: &str, tariff: &Tariff) -> String {
        let most = format!("MAX({seats},{})", self.cell(4, row));
        match tariff.pack {
            0 | 1 => most,
            _ => format!("ROUNDUP({most}/{pack},0)*{pack}", pack = self.cell(5, row)),
        }
    }

    /// The bill of a year for a number of seats, in the tariff's currency.
    fn bill(&self, row: usize, seats: &str, tariff: &Tariff) -> String {
        let billed = self.billed(row, seats, tariff);
        let price = self.rate(row, &billed, tariff);
        let units = match (tariff.unit.is_per_seat(), tariff.pack) {
            (false, _) => "1".to_owned(),
            (true, 0 | 1) => format!("MAX(0,{billed}-{})", self.cell(6, row)),
            (true, _) => format!("ROUNDUP(MAX(0,{billed}-{})/{},0)", self.cell(6, row), self.cell(5, row)),
        };
        let year = format!("{}*(1-{})", self.cell(2, row), self.cell(3, row));
        let units = match tariff.graduated && tariff.unit.is_per_seat() {
            true => self.graduated(row, &billed, tariff),
            false => format!("{units}*{price}"),
        };
        let units = match tariff.add_on.is_zero() || !tariff.unit.is_per_seat() {
            true => units,
            false => format!("{units}+MAX(0,{billed}-{})*{}", self.cell(6, row), self.cell(11, row)),
        };
        let sum = format!("({units})*{year}");
        format!("MAX({},{sum}+{})", self.cell(8, row), self.cell(7, row))
    }

    /// The price of a unit at a number of billed seats.
    fn rate(&self, row: usize, billed: &str, tariff: &Tariff) -> String {
        let mut price = self.cell(1, row);
        // The last band that holds decides, so it is asked first.
        for band in tariff.bands() {
            let list = band.amount.map_or_else(|| self.cell(1, row), |amount| amount.to_string());
            let rate = format!("{list}*(1-{})", band.discount_low);
            let holds = match band.to_seats {
                Some(to) => format!("AND({billed}>={},{billed}<={to})", band.from_seats),
                None => format!("{billed}>={}", band.from_seats),
            };
            price = format!("IF({holds},{rate},{price})");
        }
        price
    }

    /// Each band prices the seats within it alone: for each span of seats, how many of it are billed times its price.
    fn graduated(&self, row: usize, billed: &str, tariff: &Tariff) -> String {
        let mut sum = String::new();
        for (from, to, rate) in tariff.spans() {
            let until = to.map_or_else(|| billed.to_owned(), |to| format!("MIN({billed},{to})"));
            let units = match tariff.pack {
                0 | 1 => format!("MAX(0,{until}-{})", from - 1),
                _ => format!("ROUNDUP(MAX(0,{until}-{})/{},0)", from - 1, self.cell(5, row)),
            };
            let rate = rate.map_or_else(|| self.cell(1, row), |rate| rate.to_string());
            let _ = write!(sum, "{}{units}*{rate}", if sum.is_empty() { "" } else { "+" });
        }
        if sum.is_empty() { "0".into() } else { sum }
    }

    /// The cheapest number of seats from `enough` to `bought`: where volume bands begin, more can cost less. Each place where
    /// one begins is asked, from the lowest on, so that the lower number wins where both cost the same.
    fn cheapest(&self, row: usize, enough: &str, bought: &str, tariff: &Tariff) -> String {
        let mut best = enough.to_owned();
        let mut edges: Vec<u32> = tariff.bands().iter().map(|band| band.from_seats).collect();
        edges.sort_unstable();
        for edge in edges {
            let at_edge = self.bill(row, &edge.to_string(), tariff);
            let at_best = self.bill(row, &format!("({best})"), tariff);
            best = format!("IF(AND({edge}>({best}),{edge}<={bought},{at_edge}<{at_best}),{edge},{best})");
        }
        best
    }

    /// The bill in the reporting currency.
    fn in_total(&self, row: usize, seats: &str, tariff: &Tariff) -> String {
        format!("{}*{}", self.bill(row, seats, tariff), self.cell(10, row))
    }
}

const CONTRACT: TariffColumns = TariffColumns { sheet: "Contracts", first: 3 };
const TARGET: TariffColumns = TariffColumns { sheet: "Upgrades", first: 3 };
/// Where seats stand in both sheets.
const SEATS: &str = "C";

/// The row of an app in all sheets that have one for each.
fn row_of(place: usize) -> usize {
    place + 2
}

fn contracts(analysis: &Analysis) -> Sheet {
    let mut columns = vec![("App", 18), ("Plan", 18), ("Seats bought", 9)];
    columns.extend(TARIFF);
    columns.extend([
        ("Billed seats", 9),
        ("Bill a year", 13),
        ("Bill a year, reporting currency", 14),
        ("Seat a year, reporting currency", 13),
        ("Bound for", 12),
        ("Renews on", 12),
        ("Days of notice", 9),
        ("Term, months", 8),
        ("Rise at renewal", 10),
        ("Where it stands", 28),
    ]);
    let mut sheet = sheet("Contracts", &columns);
    let policy = &analysis.policy;
    for (place, cost) in analysis.costs.apps.iter().enumerate() {
        let (row, terms) = (row_of(place), &cost.terms);
        let mut cells = vec![Cell::text(cost.app.as_str()), Cell::text(&terms.plan), Cell::count(terms.seats)];
        match &terms.tariff {
            Ok(tariff) => {
                cells.extend(TariffColumns::cells(tariff, policy));
                let seats = format!("${SEATS}${row}");
                let billed = Decimal::from(tariff.billed(terms.seats));
                let bill = tariff.annual(terms.seats);
                let converted = convert(bill, policy).map(|bill| bill.amount);
                cells.push(Cell::Formula(format!("={}", CONTRACT.billed(row, &seats, tariff)), billed, Shown::Count));
                cells.push(Cell::Formula(
                    format!("={}", CONTRACT.bill(row, &seats, tariff)),
                    bill.amount,
                    Shown::Money,
                ));
                cells.push(computed(format!("=Q{row}*{}", CONTRACT.cell(10, row)), &converted, Shown::Money));
                cells.push(match terms.seat_price() {
                    None => Cell::text("not sold by the seat"),
                    Some(price) => {
                        let price = price.and_then(|price| convert(price, policy)).map(|price| price.amount);
                        let fee = CONTRACT.cell(7, row);
                        let rate = CONTRACT.cell(10, row);
                        computed(format!("=MAX(0,Q{row}-{fee})/MAX(1,P{row})*{rate}"), &price, Shown::Money)
                    }
                });
            }
            Err(Unpriced(reason)) => {
                cells.push(Cell::Text(format!("not priced: {reason}")));
                cells.extend(std::iter::repeat_n(Cell::Empty, 15));
            }
        }
        cells.extend([
            Cell::text(match terms.billing {
                crate::model::BillingCycle::Monthly => "monthly",
                crate::model::BillingCycle::Annual => "annual",
            }),
            Cell::day(terms.renewal),
            Cell::count(terms.notice_days),
            Cell::count(terms.term_months),
            terms.uplift.map_or(Cell::Empty, |uplift| Cell::Value(uplift, Shown::Percent)),
            Cell::text(terms.place.as_ref().map_or_else(
                || if terms.by_hand { "entered by hand".to_owned() } else { String::new() },
                ToString::to_string,
            )),
        ]);
        sheet.rows.push(cells);
    }
    sheet
}

/// The plan each app could go to: what it charges, and what it costs more by the list.
fn upgrades(analysis: &Analysis) -> Sheet {
    let mut columns = vec![("App", 18), ("To plan", 18), ("Seats bought", 9)];
    columns.extend(TARIFF);
    columns.extend([
        ("Once", 12),
        ("Bill a year, reporting currency", 14),
        ("More than now by the list, a year", 14),
        ("What speaks against it, or comes first", 80),
    ]);
    let mut sheet = sheet("Upgrades", &columns);
    let policy = &analysis.policy;
    for (place, (cost, comparison)) in analysis.costs.apps.iter().zip(&analysis.comparisons).enumerate() {
        let row = row_of(place);
        let mut cells = vec![Cell::text(cost.app.as_str())];
        let upgrade = find(comparison, ScenarioKind::Upgrade);
        let plan = upgrade.and_then(|scenario| scenario.plan.clone());
        cells.push(plan.as_ref().map_or_else(|| Cell::text("none"), Cell::text));
        cells.push(Cell::count(cost.terms.seats));
        let tariff = target_tariff(analysis, cost, plan.as_deref());
        match &tariff {
            Some(Ok(tariff)) => {
                cells.extend(TariffColumns::cells(tariff, policy));
                let bill = convert(tariff.annual(cost.terms.seats), policy).map(|bill| bill.amount);
                cells.push(Cell::Value(tariff.one_off, Shown::Money));
                let seats = format!("${SEATS}${row}");
                cells.push(computed(format!("={}", TARGET.in_total(row, &seats, tariff)), &bill, Shown::Money));
            }
            Some(Err(Unpriced(reason))) => {
                cells.push(Cell::Text(format!("not priced: {reason}")));
                cells.extend(std::iter::repeat_n(Cell::Empty, 13));
            }
            None => cells.extend(std::iter::repeat_n(Cell::Empty, 14)),
        }
        let premium = comparison.upgrade.as_ref().and_then(|upgrade| upgrade.premium.as_ref().ok());
        cells.push(premium.map_or(Cell::Empty, |premium| Cell::Value(premium.usual.amount, Shown::Money)));
        let vetoes: Vec<String> = upgrade.iter().flat_map(|scenario| &scenario.vetoes).map(words::veto).collect();
        cells.push(Cell::text(vetoes.join("; ")));
        sheet.rows.push(cells);
    }
    sheet
}

fn target_tariff(analysis: &Analysis, cost: &AppCost, plan: Option<&str>) -> Option<Priced<Tariff>> {
    let app = analysis.catalog.app(&cost.app)?;
    app.plan(plan?).map(Tariff::of_plan)
}

fn find(comparison: &Comparison, kind: ScenarioKind) -> Option<&Scenario> {
    comparison.scenarios.iter().find(|scenario| scenario.kind == kind)
}

/// Columns of the sheet of apps, by name, with their widths.
const APPS: [(&str, u8); 28] = [
    ("App", 18),
    ("Plan", 18),
    ("Seats bought", 9),
    ("Accounts", 9),
    ("On paid seats", 9),
    ("In use", 9),
    ("Unused", 9),
    ("Duplicate", 9),
    ("Orphaned", 9),
    ("Orphaned on paid seats", 10),
    ("Not assigned", 9),
    ("Unused licenses", 9),
    ("Unused licenses, a year", 13),
    ("IT hours a year", 11),
    ("IT labor", 13),
    ("Compliance misses", 13),
    ("Annual financial impact", 14),
    ("Unused licenses, least", 9),
    ("Unused licenses, most", 9),
    ("Orphaned, least", 9),
    ("Orphaned, most", 9),
    ("Impact, least", 13),
    ("Impact, most", 13),
    ("Seats needed", 9),
    ("Seats to drop", 9),
    ("Saves a year", 13),
    ("From", 12),
    ("Notice by", 12),
];

fn apps(analysis: &Analysis) -> Sheet {
    let mut columns = APPS.to_vec();
    columns.push(("Recommendation", 22));
    let mut sheet = sheet("Apps", &columns);
    for (place, (cost, comparison)) in analysis.costs.apps.iter().zip(&analysis.comparisons).enumerate() {
        sheet.rows.push(app_row(row_of(place), cost, comparison));
    }
    sheet
}

fn app_row(row: usize, cost: &AppCost, comparison: &Comparison) -> Vec<Cell> {
    let (counts, impact) = (&cost.counts, &cost.impact);
    let priced = |money: &Priced| money.as_ref().map(|money| money.amount).map_err(Clone::clone);
    let number = |count: u32| Ok(Decimal::from(count));
    let by_seat = cost.terms.sold_by_seat() && counts.is_listed();
    let formula = |text: String, value: Priced<Decimal>, shown| computed(format!("={text}"), &value, shown);
    let billed = match &cost.terms.tariff {
        Ok(_) => format!("Contracts!P{row}"),
        Err(_) => format!("C{row}"),
    };
    let licenses = |count: &str| match cost.terms.seat_price() {
        None => "0".to_owned(),
        Some(_) => format!("{count}*Contracts!S{row}"),
    };
    let sum = |licenses: String, orphans: &str| {
        let mut parts = Vec::new();
        parts.extend(impact.licenses.is_ok().then_some(licenses));
        parts.extend(impact.labor.is_ok().then(|| format!("O{row}")));
        parts.extend(impact.misses.is_ok().then(|| format!("{orphans}*CostPerOrphan")));
        if parts.is_empty() { "0".to_owned() } else { parts.join("+") }
    };
    let total = &impact.total;
    // Where the price is a range, what is certain is certain at the least price only.
    let least = match cost.terms.seat_price_bounds().and_then(Result::ok) {
        Some(bounds) if !bounds.is_certain() && !bounds.high.amount.is_zero() => {
            format!("{}*{}", licenses(&format!("R{row}")), bounds.low.amount / bounds.high.amount)
        }
        _ => licenses(&format!("R{row}")),
    };
    let mut cells = vec![
        Cell::text(cost.app.as_str()),
        Cell::text(&cost.terms.plan),
        Cell::count(cost.terms.seats),
        Cell::count(counts.accounts),
        Cell::count(counts.billed),
        formula(format!("E{row}-G{row}-H{row}-J{row}"), number(counts.in_use), Shown::Count),
        Cell::count(counts.unused),
        Cell::count(counts.duplicate),
        Cell::count(counts.orphaned.point),
        Cell::count(counts.orphaned_billed),
        match by_seat {
            true => formula(format!("MAX(0,C{row}-E{row})"), number(counts.shelfware), Shown::Count),
            false => Cell::count(counts.shelfware),
        },
        formula(
            format!("MIN(G{row}+H{row}+J{row}+K{row},{billed})"),
            number(counts.unused_licenses.point),
            Shown::Count,
        ),
        formula(licenses(&format!("L{row}")), priced(&impact.licenses), Shown::Money),
        hours(cost),
        formula(format!("N{row}*LaborRate"), priced(&impact.labor), Shown::Money),
        formula(format!("I{row}*CostPerOrphan"), priced(&impact.misses), Shown::Money),
        formula(sum(format!("M{row}"), &format!("I{row}")), Ok(total.point.amount), Shown::Money),
        Cell::count(counts.unused_licenses.low),
        Cell::count(counts.unused_licenses.high),
        Cell::count(counts.orphaned.low),
        Cell::count(counts.orphaned.high),
        formula(sum(least, &format!("T{row}")), Ok(total.low.amount), Shown::Money),
        formula(sum(licenses(&format!("S{row}")), &format!("U{row}")), Ok(total.high.amount), Shown::Money),
    ];
    let drop = cost.recoverable.as_ref().ok().and_then(|recoverable| recoverable.drop);
    match (&cost.recoverable, &cost.terms.tariff) {
        (Ok(recoverable), Ok(tariff)) => {
            cells.push(formula(needed(row, tariff), number(recoverable.needed), Shown::Count));
            cells.push(formula(format!("C{row}-X{row}"), number(recoverable.seats), Shown::Count));
            let bill = |seats: &str| CONTRACT.in_total(row, seats, tariff);
            let saved = format!("{}-{}", bill(&format!("C{row}")), bill(&format!("X{row}")));
            cells.push(formula(saved, Ok(recoverable.run_rate.amount), Shown::Money));
        }
        (Err(Unpriced(reason)), _) | (_, Err(Unpriced(reason))) => {
            cells.push(Cell::Text(format!("not known: {reason}")));
            cells.extend([Cell::Empty, Cell::Empty]);
        }
    }
    cells.push(Cell::day(drop.map(|drop| drop.from)));
    cells.push(Cell::day(drop.map(|drop| drop.notice_by)));
    cells.push(Cell::text(words::choice(comparison.recommendation.choice)));
    cells
}

/// Hours a year, by the estimate chosen for the app.
fn hours(cost: &AppCost) -> Cell {
    let hours = &cost.impact.hours;
    match &hours.basis {
        LaborBasis::Benchmark { .. } => computed("=Headcount*HoursPerPerson".into(), &hours.hours, Shown::Number),
        LaborBasis::BottomUp { changes, share, accounts, .. } => computed(
            format!("=({changes}*{share}*MinutesPerChange+{accounts}*ReviewsAYear*MinutesPerReview)/60"),
            &hours.hours,
            Shown::Number,
        ),
        LaborBasis::Own | LaborBasis::NotListed => {
            hours.hours.as_ref().map_or(Cell::Empty, |hours| Cell::Value(*hours, Shown::Number))
        }
    }
}

/// Seats in use and the buffer, whatever the plan.
fn required(row: usize) -> String {
    format!("(Apps!F{row}+MAX(1,ROUNDUP(Apps!F{row}*SeatBuffer,0)))")
}

/// Seats to keep: those needed, or more where that is cheaper; as many as are bought where dropping some would save nothing.
fn needed(row: usize, tariff: &Tariff) -> String {
    let bought = format!("Apps!C{row}");
    if !tariff.unit.is_per_seat() {
        return bought;
    }
    let enough = CONTRACT.billed(row, &required(row), tariff);
    let best = CONTRACT.cheapest(row, &enough, &bought, tariff);
    let (at_best, at_bought) = (CONTRACT.bill(row, &best, tariff), CONTRACT.bill(row, &bought, tariff));
    format!("IF({enough}>={bought},{bought},IF({at_best}<{at_bought},{best},{bought}))")
}

/// The courses of action of all apps, and where each has its months.
struct Flows<'a> {
    rows: Vec<FlowRow<'a>>,
    months: u32,
}

struct FlowRow<'a> {
    /// The row of the app in the other sheets.
    app: usize,
    cost: &'a AppCost,
    comparison: &'a Comparison,
    scenario: &'a Scenario,
    target: Option<Tariff>,
}

/// The first column of months.
const MONTHS: usize = 9;

impl<'a> Flows<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        let apps = analysis.costs.apps.iter().zip(&analysis.comparisons).enumerate();
        let rows = apps.flat_map(|(place, (cost, comparison))| {
            comparison.scenarios.iter().map(move |scenario| FlowRow {
                app: row_of(place),
                cost,
                comparison,
                scenario,
                target: target_tariff(analysis, cost, scenario.plan.as_deref()).and_then(Result::ok),
            })
        });
        Self { rows: rows.collect(), months: analysis.policy.horizon_years * 12 }
    }

    /// The row of a course of action among the months; below the header stands what a unit of each month is worth.
    fn row(place: usize) -> usize {
        place + 3
    }

    fn month(month: u32) -> String {
        letters(MONTHS + month as usize)
    }

    fn last(&self) -> String {
        Self::month(self.months.saturating_sub(1))
    }

    fn sheet(&self, analysis: &Analysis) -> Sheet {
        let mut sheet = sheet(
            "Cash flows",
            &[
                ("App", 18),
                ("Course of action", 22),
                ("Plan", 14),
                ("Seats once it is done", 9),
                ("First month with them", 9),
                ("Once", 12),
                ("IT labor a year", 13),
                ("Misses a year", 13),
                ("Fee a year", 13),
            ],
        );
        for month in 1..=self.months {
            sheet.columns.push(SheetColumn { header: format!("Month {month}"), width: 11 });
        }
        sheet.columns.push(SheetColumn { header: "A settled year".into(), width: 13 });
        let worth = crate::compare::Worth::new(analysis.policy.discount_rate, self.months);
        let mut factors = vec![Cell::text("What 1 paid at the end of the month is worth now")];
        factors.extend(std::iter::repeat_n(Cell::Empty, MONTHS - 1));
        factors.extend((1..).zip(worth.factors()).map(|(month, factor): (u32, &Decimal)| {
            Cell::Formula(format!("=(1+DiscountRate)^(-{month}/12)"), *factor, Shown::Number)
        }));
        sheet.rows.push(factors);
        for (place, flow) in self.rows.iter().enumerate() {
            sheet.rows.push(self.months_of(analysis, Self::row(place), flow));
        }
        sheet
    }

    fn months_of(&self, analysis: &Analysis, row: usize, flow: &FlowRow<'_>) -> Vec<Cell> {
        let (scenario, cost, app) = (flow.scenario, flow.cost, flow.app);
        let mut cells = vec![
            Cell::text(cost.app.as_str()),
            Cell::text(words::scenario(scenario.kind)),
            Cell::text(scenario.plan.clone().unwrap_or_default()),
        ];
        let Ok(flows) = &scenario.flows else {
            let reason = scenario.flows.as_ref().err().map(|reason| reason.0.clone()).unwrap_or_default();
            cells.push(Cell::Text(format!("not priced: {reason}")));
            return cells;
        };
        let drop = cost.recoverable.as_ref().ok().and_then(|recoverable| recoverable.drop);
        let drop = drop.and_then(|drop| month_of(analysis.as_of, drop.from, FARTHEST));
        let settled = flows.settled();
        let money = |text: String, value: Decimal| Cell::Formula(format!("={text}"), value, Shown::Money);
        let kind = scenario.kind;
        let is_upgrade = kind == ScenarioKind::Upgrade;
        let seats = match (kind, &flow.target) {
            (ScenarioKind::StayManual | ScenarioKind::NativeScim, _) => format!("Apps!C{app}"),
            (ScenarioKind::Upgrade, Some(target)) if cost.recoverable.is_ok() => {
                let enough = TARGET.billed(app, &required(app), target);
                let bought = format!("MAX({enough},Apps!C{app})");
                TARGET.cheapest(app, &enough, &bought, target)
            }
            (ScenarioKind::Upgrade, _) => scenario.seats.to_string(),
            _ => kept(flow),
        };
        cells.push(Cell::Formula(format!("={seats}"), Decimal::from(scenario.seats), Shown::Count));
        cells.push(match drop.filter(|_| !is_upgrade) {
            Some(drop) => Cell::count(drop + 1),
            None => Cell::Empty,
        });
        let cleaned = format!("(Apps!I{app}+Apps!G{app}+Apps!H{app})*CleanupMinutes/60*LaborRate");
        let once = match (kind, &flow.target) {
            (ScenarioKind::StayManual, _) => "0".to_owned(),
            (ScenarioKind::CleanUp, _) => cleaned,
            (ScenarioKind::Automate, _) => "AutomationSetupHours*LaborRate".into(),
            (ScenarioKind::NativeScim, _) => "ScimSetupHours*LaborRate".into(),
            (ScenarioKind::Upgrade, _) => {
                format!("ScimSetupHours*LaborRate+Upgrades!P{app}*{}", TARGET.cell(10, app))
            }
        };
        cells.push(money(once, flows.one_off()));
        let by_hand = !scenario.automated;
        cells.push(money(
            if by_hand { format!("Apps!O{app}") } else { format!("Apps!O{app}*ResidualLabor") },
            settled.labor,
        ));
        cells.push(money(if by_hand { format!("Apps!P{app}") } else { "0".into() }, settled.misses));
        let own_fee = analysis.policy.flat_fee_by_app.get(cost.app.key());
        cells.push(match kind {
            ScenarioKind::Automate if own_fee.is_some() => Cell::Value(settled.fee, Shown::Money),
            ScenarioKind::Automate => money("AutomationFee".into(), settled.fee),
            _ => money("0".into(), Decimal::ZERO),
        });
        let renewals = rises(&cost.terms, analysis.as_of, self.months);
        let last = self.months.saturating_sub(1);
        let risen = |month: u32| match is_upgrade {
            true => month.min(last) / 12,
            false => {
                let before = renewals.iter().filter(|rise| **rise <= month.min(last)).count();
                u32::try_from(before).unwrap_or(u32::MAX)
            }
        };
        let uplift = match cost.terms.uplift {
            Some(_) => format!("Contracts!X{app}"),
            None => "Uplift".to_owned(),
        };
        let pace = |month: u32| {
            let bought = format!("Apps!C{app}");
            let seats = match (kind, drop) {
                (ScenarioKind::Upgrade, _) => format!("$D{row}"),
                (ScenarioKind::CleanUp, Some(first)) if month >= first => {
                    let back = (month - first).min(12);
                    format!("($D{row}+ROUNDUP(({bought}-$D{row})*{back}/12,0))")
                }
                (_, Some(first)) if month >= first => format!("$D{row}"),
                _ => bought,
            };
            let bill = match (&flow.target, &cost.terms.tariff) {
                (Some(target), _) if is_upgrade => TARGET.in_total(app, &seats, target),
                (_, Ok(tariff)) => CONTRACT.in_total(app, &seats, tariff),
                _ => "0".into(),
            };
            let raised = match risen(month) {
                0 => bill,
                1 => format!("{bill}*(1+{uplift})"),
                times => format!("{bill}*(1+{uplift})^{times}"),
            };
            let misses = match kind {
                ScenarioKind::CleanUp => format!("$H{row}*{}/12", month.min(12)),
                _ => format!("$H{row}"),
            };
            format!("{raised}+$G{row}+{misses}+$I{row}")
        };
        for (month, paid) in (0..).zip(flows.months()) {
            cells.push(money(format!("({})/12", pace(month)), paid.total() / Decimal::from(12)));
        }
        // By then seats were dropped, and waste has grown back.
        let by_then = drop.map_or(last, |first| last.max(first + 12));
        cells.push(money(pace(by_then), settled.total()));
        cells
    }
}

/// As far as anything is looked ahead: fifty years.
const FARTHEST: u32 = 600;

/// The seats an app needs, where the sheet of apps has them.
fn kept(flow: &FlowRow<'_>) -> String {
    match flow.cost.recoverable {
        Ok(_) => format!("Apps!X{}", flow.app),
        Err(_) => format!("Apps!C{}", flow.app),
    }
}

fn scenarios(analysis: &Analysis, flows: &Flows<'_>) -> Sheet {
    let years = analysis.policy.horizon_years;
    let npv = format!("Present value, {years} years");
    let mut sheet = sheet(
        "Scenarios",
        &[
            ("App", 18),
            ("Course of action", 22),
            ("Plan", 14),
            ("Seats once it is done", 9),
            ("License bill a year", 14),
            ("IT labor a year", 13),
            ("Misses a year", 13),
            ("Fee a year", 13),
            ("A settled year", 14),
            ("Once", 12),
            ("First year", 14),
            (&npv, 14),
            ("Gained against staying manual", 14),
            ("Paid back after months, as exported", 10),
            ("Recommended", 12),
            ("What speaks against it, or comes first", 80),
        ],
    );
    let last = flows.last();
    let settled_column = Flows::month(flows.months);
    let first = Flows::month(0);
    let year = Flows::month(flows.months.min(12).saturating_sub(1));
    let worth = crate::compare::Worth::new(analysis.policy.discount_rate, flows.months);
    let mut manual = 0;
    for (place, flow) in flows.rows.iter().enumerate() {
        let (scenario, own, row) = (flow.scenario, Flows::row(place), place + 2);
        if scenario.kind == ScenarioKind::StayManual {
            manual = row;
        }
        let recommended = flow.comparison.recommendation.choice == Choice::Take(scenario.kind);
        let mut cells = vec![
            Cell::text(flow.cost.app.as_str()),
            Cell::text(words::scenario(scenario.kind)),
            Cell::text(scenario.plan.clone().unwrap_or_default()),
        ];
        match &scenario.flows {
            Ok(months) => {
                let settled = months.settled();
                let money = |text: String, value: Decimal| Cell::Formula(format!("={text}"), value, Shown::Money);
                cells.push(Cell::Formula(format!("='Cash flows'!D{own}"), Decimal::from(scenario.seats), Shown::Count));
                cells.push(money(format!("I{row}-F{row}-G{row}-H{row}"), settled.licenses));
                cells.push(money(format!("'Cash flows'!G{own}"), settled.labor));
                cells.push(money(format!("'Cash flows'!H{own}"), settled.misses));
                cells.push(money(format!("'Cash flows'!I{own}"), settled.fee));
                cells.push(money(format!("'Cash flows'!{settled_column}{own}"), months.run_rate()));
                cells.push(money(format!("'Cash flows'!F{own}"), months.one_off()));
                cells.push(money(format!("J{row}+SUM('Cash flows'!{first}{own}:{year}{own})"), months.year_1()));
                cells.push(money(
                    format!(
                        "-(J{row}+SUMPRODUCT('Cash flows'!{first}{own}:{last}{own},'Cash flows'!{first}$2:{last}$2))"
                    ),
                    months.npv(&worth),
                ));
                let saving = scenario.saving.as_ref().map(|saving| saving.amount).map_err(Clone::clone);
                cells.push(computed(format!("=L{row}-L{manual}"), &saving, Shown::Money));
                cells.push(scenario.payback_months.map_or(Cell::Empty, Cell::count));
            }
            Err(Unpriced(reason)) => {
                cells.push(Cell::Text(format!("not priced: {reason}")));
                cells.extend(std::iter::repeat_n(Cell::Empty, 10));
            }
        }
        cells.push(Cell::text(if recommended { "yes" } else { "" }));
        cells.push(Cell::text(scenario.vetoes.iter().map(words::veto).collect::<Vec<_>>().join("; ")));
        sheet.rows.push(cells);
    }
    sheet
}

fn summary(analysis: &Analysis, report: &Report) -> Sheet {
    let mut sheet = sheet("Summary", &[("What", 44), ("Figure", 18), ("More", 90)]);
    let policy = &analysis.policy;
    let apps = analysis.costs.apps.len() + 1;
    let total = &report.total;
    let mut line = |label: &str, cell: Cell, more: String| {
        sheet.rows.push(vec![Cell::text(label), cell, Cell::Text(more)]);
    };
    let column = |letter: &str| format!("Apps!{letter}2:{letter}{}", apps.max(2));
    let sum = |letter: &str, value: Option<Money>| {
        let value = value.map_or(Decimal::ZERO, |money| money.amount);
        Cell::Formula(format!("=SUM({})", column(letter)), value, Shown::Money)
    };
    let counted = |letter: &str, count: u32| {
        Cell::Formula(format!("=SUM({})", column(letter)), Decimal::from(count), Shown::Count)
    };
    let all = |count: fn(&AppCost) -> u32| analysis.costs.apps.iter().map(count).sum::<u32>();
    line("As of", Cell::Day(report.as_of), "the newest day in the files, unless another was asked for".into());
    line("Amounts are in", Cell::text(policy.currency.to_string()), String::new());
    line(
        "People who work here",
        Cell::Formula("=Headcount".into(), Decimal::from(report.headcount), Shown::Count),
        String::new(),
    );
    let missing: Vec<&str> = total.total.missing.iter().map(|Unpriced(reason)| reason.as_str()).collect();
    let more = match missing.is_empty() {
        true => "if nothing changes: unused licenses + IT labor + compliance misses".to_owned(),
        false => format!("not in it: {}", missing.join("; ")),
    };
    line("Annual financial impact", sum("Q", Some(total.total.point)), more);
    line("… at least", sum("V", Some(total.total.low)), "only what is certain".into());
    line(
        "… at most",
        sum("W", Some(total.total.high)),
        "as if every account that waits for a decision were waste".into(),
    );
    line("Unused licenses, a year", sum("M", total.unused_licenses), String::new());
    line("IT labor, a year", sum("O", total.it_labor), String::new());
    line("Compliance misses, a year", sum("P", total.compliance_misses), String::new());
    line(
        "Unused licenses",
        counted("L", total.unused_license_count),
        "paid seats nobody who works here uses, each once".into(),
    );
    line(
        "Orphaned accounts",
        counted("I", all(|cost| cost.counts.orphaned.point)),
        "their owner left or is suspended, or nobody owns them".into(),
    );
    let known = |amount: &dyn Fn(&AppCost) -> Decimal| analysis.costs.apps.iter().map(amount).sum::<Decimal>();
    let saved = known(&|cost| cost.recoverable.as_ref().map_or(Decimal::ZERO, |own| own.run_rate.amount));
    line(
        "Recoverable at next renewals, a year",
        sum("Z", Some(Money::new(saved, policy.currency))),
        "bill today − bill for the seats needed".into(),
    );
    let flows: usize = analysis.comparisons.iter().map(|comparison| comparison.scenarios.len()).sum();
    let range = |letter: &str| format!("Scenarios!{letter}$2:{letter}${}", (flows + 1).max(2));
    let taken = |value: &dyn Fn(&Scenario) -> Option<Decimal>| -> Decimal {
        let recommended = analysis.comparisons.iter().filter_map(|comparison| match comparison.recommendation.choice {
            Choice::Take(kind) => find(comparison, kind),
            _ => None,
        });
        recommended.filter_map(value).sum()
    };
    let gained = taken(&|scenario| scenario.saving.as_ref().ok().map(|saving| saving.amount));
    line(
        "Gained by what is recommended",
        Cell::Formula(format!("=SUMIF({},\"yes\",{})", range("O"), range("M")), gained, Shown::Money),
        format!("present value over {} years against staying manual", policy.horizon_years),
    );
    sheet.rows.push(Vec::new());
    sheet.rows.push(vec![Cell::Heading("What to do".into())]);
    for comparison in &analysis.comparisons {
        let recommendation = &comparison.recommendation;
        sheet.rows.push(vec![
            Cell::text(comparison.app.as_str()),
            Cell::text(words::choice(recommendation.choice)),
            Cell::text(recommendation.reasons.iter().map(words::why).collect::<Vec<_>>().join(". ")),
        ]);
    }
    sheet
}

fn sources(report: &Report) -> Sheet {
    let mut sheet = sheet(
        "Sources",
        &[
            ("File", 50),
            ("Read as", 26),
            ("Holds", 14),
            ("Of app", 18),
            ("Rows", 9),
            ("Records", 9),
            ("Left out", 9),
            ("SHA-256", 68),
        ],
    );
    for input in &report.inputs {
        let count = |number: usize| Cell::Value(Decimal::from(number), Shown::Count);
        sheet.rows.push(vec![
            Cell::text(&input.name),
            Cell::text(&input.format),
            Cell::text(input.role),
            Cell::text(input.app.clone().unwrap_or_default()),
            count(input.rows),
            count(input.records),
            count(input.skipped),
            Cell::text(&input.sha256),
        ]);
    }
    if !report.diagnostics.is_empty() {
        sheet.rows.push(Vec::new());
        sheet.rows.push(vec![Cell::Heading("Problems".into())]);
        for problem in &report.diagnostics {
            let place = problem.place.as_ref().map(ToString::to_string).unwrap_or_default();
            sheet.rows.push(vec![
                Cell::text(place),
                Cell::text(format!("{:?}", problem.severity).to_lowercase()),
                Cell::text(&problem.message),
            ]);
        }
    }
    sheet
}
