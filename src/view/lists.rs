//! Lists of a report as sheets, for workbooks.

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::workbook::{Cell, Sheet, Shown, sheet};
use super::{AccessReview, Removals, Report, ReviewedApp, format, words};
use crate::model::Money;

fn money(amount: Option<Money>) -> Cell {
    amount.map_or(Cell::Empty, |money| Cell::Value(money.amount, Shown::Money))
}

fn at(at: Option<Timestamp>) -> Cell {
    Cell::text(format::moment_told(at))
}

fn who(who: &str) -> Cell {
    Cell::text(format::who_told(who))
}

fn headings(cells: &[&str]) -> Vec<Cell> {
    cells.iter().map(|cell| Cell::Heading((*cell).to_owned())).collect()
}

impl AccessReview {
    /// All of it on one sheet, with the files it rests on.
    pub fn sheet(&self, report: &Report) -> Sheet {
        let columns = [
            ("Access review", 34),
            ("", 30),
            ("", 34),
            ("", 14),
            ("", 14),
            ("", 14),
            ("", 14),
            ("", 14),
            ("", 14),
            ("", 14),
            ("", 14),
            ("", 14),
        ];
        let mut sheet = sheet("Access review", &columns);
        let rows = &mut sheet.rows;
        rows.push(vec![Cell::text(Self::ABOUT)]);
        rows.push(vec![Cell::text("As of"), Cell::Day(report.as_of)]);
        rows.push(Vec::new());
        rows.push(headings(&["What an auditor asks", "Asked under", "What these files say"]));
        for answer in &self.answers {
            rows.push(vec![Cell::text(answer.question), Cell::text(answer.criteria), Cell::text(&answer.answer)]);
        }
        rows.push(Vec::new());
        let counted = ReviewedApp::COUNTS.map(|(name, _)| name);
        rows.push(headings(&[&["App", "List of"], counted.as_slice()].concat()));
        for app in &self.apps {
            let mut cells =
                vec![Cell::text(&app.app), app.exported.map_or_else(|| Cell::text("no day told"), Cell::Day)];
            cells.extend(ReviewedApp::COUNTS.map(|(_, count)| Cell::count(count(app))));
            rows.push(cells);
        }
        rows.push(Vec::new());
        rows.push(headings(&["Rules in force", "Value"]));
        rows.extend(self.rules.iter().map(|(rule, value)| vec![Cell::text(rule), Cell::text(value)]));
        rows.push(Vec::new());
        rows.push(headings(&["Files", "Read as", "SHA-256", "Rows", "Records", "Left out"]));
        for input in &report.inputs {
            let count = |number: usize| Cell::Value(Decimal::from(number), Shown::Count);
            rows.push(vec![
                Cell::text(&input.name),
                Cell::text(input.role),
                Cell::text(&input.sha256),
                count(input.rows),
                count(input.records),
                count(input.skipped),
            ]);
        }
        rows.push(Vec::new());
        rows.push(headings(&["Exemptions: app", "Account", "Reason", "Until", "Holds", "By", "On"]));
        if self.exemptions.is_empty() {
            rows.push(vec![Cell::text("none")]);
        }
        for exempt in &self.exemptions {
            rows.push(vec![
                Cell::text(&exempt.app),
                Cell::text(&exempt.account),
                Cell::text(&exempt.reason),
                exempt.until.map_or_else(|| Cell::text("for good"), Cell::Day),
                Cell::text(if exempt.holds { "yes" } else { "ended" }),
                who(&exempt.who),
                at(exempt.at),
            ]);
        }
        rows.push(Vec::new());
        rows.push(headings(&["Decisions: when", "Who", "What", "App", "Account", "Before"]));
        if self.decisions.is_empty() {
            rows.push(vec![Cell::text("none is written down")]);
        }
        for settled in &self.decisions {
            rows.push(vec![
                at(settled.at),
                who(&settled.who),
                Cell::text(&settled.what),
                Cell::text(&settled.app),
                Cell::text(&settled.account),
                Cell::text(&settled.before),
            ]);
        }
        sheet
    }
}

impl Removals {
    /// All of it on one sheet.
    pub fn sheet(&self) -> Sheet {
        let columns = [
            ("App", 18),
            ("List before", 14),
            ("List now", 14),
            ("Went", 10),
            ("Still there", 10),
            ("Seats freed", 10),
            ("Their cost a year", 14),
            ("Saved a year", 14),
            ("Still paid for nobody", 14),
            ("Goes on", 14),
            ("Can stop from", 14),
            ("More", 50),
        ];
        let mut sheet = sheet("Since last time", &columns);
        for app in &self.apps {
            sheet.rows.push(vec![
                Cell::text(&app.app),
                Cell::day(app.before),
                Cell::day(app.after),
                Cell::count(app.removed),
                Cell::count(app.left),
                Cell::count(app.seats),
                money(app.freed),
                money(app.saved),
                money(app.pending),
                money(app.kept),
                Cell::day(app.pending_from),
                Cell::text(app.unpriced.as_ref().map(|reason| format!("not priced: {reason}")).unwrap_or_default()),
            ]);
        }
        let mut sums = vec![Cell::Heading("All apps".into())];
        sums.extend([Cell::Empty, Cell::Empty]);
        let all = |count: fn(&super::AppRemovals) -> u32| Cell::count(self.apps.iter().map(count).sum());
        sums.extend([all(|app| app.removed), all(|app| app.left), all(|app| app.seats)]);
        sums.extend([self.freed, self.saved, self.pending, self.kept].map(|sum| money(Some(sum))));
        sheet.rows.push(sums);
        sheet.rows.push(Vec::new());
        sheet.rows.push(headings(&[
            "App",
            "Was",
            "Became",
            "",
            "",
            "",
            "Cost a year",
            "",
            "Account",
            "Name",
            "Person",
            "Why it was to go",
        ]));
        for gone in &self.accounts {
            let named = if gone.email.is_empty() { &gone.account } else { &gone.email };
            sheet.rows.push(vec![
                Cell::text(&gone.app),
                Cell::text(words::kind(gone.finding)),
                Cell::text(gone.became),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                money(gone.annual_cost),
                Cell::Empty,
                Cell::text(named),
                Cell::text(&gone.display_name),
                Cell::text(&gone.person_name),
                Cell::text(&gone.reason),
            ]);
        }
        sheet
    }
}
