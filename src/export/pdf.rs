use std::io::{self, Write};

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::text::{Font, TextDirection};
use krilla::{Document, geom::Path};

use super::paper::{Color, Face, Mark, Paper, SHEET};
use crate::view::{AppReport, Cell, ImpactChart, Report, Sheet, UpgradeBar, Workbook, format};

const INTER: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.ttf");
const INTER_BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.ttf");

/// Writes what a board needs: headline figures, impact beside upgrade, courses of action with the recommendation and its reasons,
/// renewals, method and sources. Fonts are embedded, and text can be selected.
///
/// # Errors
/// Those of the writer.
pub fn report_pdf(report: &Report, workbook: &Workbook, out: &mut dyn Write) -> io::Result<()> {
    let fonts = Fonts::new()?;
    let mut paper = Paper::new(INTER, INTER_BOLD).ok_or_else(|| io::Error::other("a built-in font is damaged"))?;
    headline(&mut paper, report);
    chart(&mut paper, &report.chart);
    apps(&mut paper, report);
    courses(&mut paper, report);
    renewals(&mut paper, report);
    method(&mut paper, report, workbook);
    let bytes = print(&paper, &fonts, report)?;
    out.write_all(&bytes)
}

struct Fonts {
    regular: Font,
    bold: Font,
}

impl Fonts {
    fn new() -> io::Result<Self> {
        let font = |bytes: &'static [u8]| {
            Font::new(bytes.to_vec().into(), 0).ok_or_else(|| io::Error::other("a built-in font is damaged"))
        };
        Ok(Self { regular: font(INTER)?, bold: font(INTER_BOLD)? })
    }
}

/// Puts what was laid out on pages.
fn print(paper: &Paper, fonts: &Fonts, report: &Report) -> io::Result<Vec<u8>> {
    let mut document = Document::new();
    let title = format!("Software seats and accounts, as of {}", format::date(report.as_of));
    document.set_metadata(Metadata::new().title(title).language("en".into()));
    let pages = paper.pages();
    for (number, marks) in (1..).zip(pages) {
        let settings = PageSettings::from_wh(SHEET.0, SHEET.1).ok_or_else(|| io::Error::other("a page has no size"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let footer = paper.footer(number, pages.len());
        for mark in marks.iter().chain(&footer) {
            let fill = |color: &Color| Fill {
                paint: rgb::Color::new(color.0, color.1, color.2).into(),
                opacity: NormalizedF32::ONE,
                ..Fill::default()
            };
            match mark {
                Mark::Text { x, y, size, face, color, text } => {
                    let font = if *face == Face::Bold { &fonts.bold } else { &fonts.regular };
                    surface.set_fill(Some(fill(color)));
                    surface.draw_text(Point::from_xy(*x, *y), font.clone(), *size, text, false, TextDirection::Auto);
                }
                Mark::Box { x, y, width, height, color } => {
                    if let Some(path) = rectangle(*x, *y, *width, *height) {
                        surface.set_fill(Some(fill(color)));
                        surface.draw_path(&path);
                    }
                }
            }
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|fault| io::Error::other(format!("{fault:?}")))
}

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width.max(0.1), height.max(0.1))?);
    path.finish()
}

fn headline(paper: &mut Paper, report: &Report) {
    paper.title("Software seats and accounts");
    let people = format::counted(report.headcount, "person", "people");
    let apps = format::counted(u32::try_from(report.apps.len()).unwrap_or(u32::MAX), "app", "apps");
    paper.dim(&format!("As of {} · {people} · {apps} · amounts in {}", format::date(report.as_of), report.currency));
    let total = &report.total;
    let range =
        total.range().map_or_else(|| "a year, if nothing changes".to_owned(), |range| format!("{range} a year"));
    let orphaned: u32 = report.apps.iter().map(|app| app.count(crate::view::Kind::Orphaned)).sum();
    paper.figures(&[
        ("Annual financial impact", format::money(total.total.point), range),
        (
            "Unused licenses",
            format::count(total.unused_license_count),
            format::money_known(total.unused_licenses) + " a year",
        ),
        ("Orphaned accounts", format::count(orphaned), format::money_known(total.compliance_misses) + " a year"),
        ("To decide", format::count(report.review), "accounts whose owner is uncertain".into()),
    ]);
    for missing in &total.total.missing {
        paper.text(&format!("Not in these figures: {}.", missing.0));
    }
}

/// Bars shown; more would leave no room for words.
const MOST_BARS: usize = 14;

fn chart(paper: &mut Paper, chart: &ImpactChart) {
    paper.heading("What manual costs today, next to the tier upgrade that would automate it");
    paper.legend(&[
        (Color::UNUSED, "Unused licenses"),
        (Color::LABOR, "IT labor"),
        (Color::RISK, "Compliance misses"),
        (Color::UPGRADE, "SCIM tier upgrade, per year"),
    ]);
    let most = format::coordinate(chart.most).max(1.0);
    let mut bars: Vec<_> = chart.bars.iter().collect();
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.total.amount));
    for bar in bars.iter().take(MOST_BARS) {
        let colors = [Color::UNUSED, Color::LABOR, Color::RISK];
        let parts = bar.parts();
        let stack: Vec<(Color, f64)> =
            colors.into_iter().zip(parts).map(|(color, (_, _, width))| (color, width / most)).collect();
        let (upgrade, label) = match &bar.upgrade {
            UpgradeBar::Premium { amount, label } => (format::coordinate(amount.amount) / most, label.clone()),
            UpgradeBar::None(reason) => (0.0, reason.clone()),
        };
        paper.bars(&bar.app, &stack, &format::money(bar.total), (Color::UPGRADE, upgrade), &label);
    }
    if bars.len() > MOST_BARS {
        paper.dim(&format!("and {} apps with a smaller impact", bars.len() - MOST_BARS));
    }
}

fn apps(paper: &mut Paper, report: &Report) {
    paper.heading("What to do with each app");
    let header = ["App", "Seats", "In use", "Orphaned", "Unused", "Impact a year", "Recommendation"];
    let widths = [0.18, 0.08, 0.08, 0.10, 0.09, 0.17, 0.30];
    let rows = report.apps.iter().map(|app| {
        vec![
            app.app.clone(),
            app.seats_label(),
            app.in_use_label(),
            format::count(app.count(crate::view::Kind::Orphaned)),
            format::count(app.impact.unused_license_count),
            format::money(app.impact.total.point),
            app.recommendation.label.to_owned(),
        ]
    });
    paper.table(&header, &widths, &[1, 2, 3, 4, 5], &rows.collect::<Vec<_>>());
    for app in &report.apps {
        let mut said = app.recommendation.reasons.join(". ");
        if !app.recommendation.would_change.is_empty() {
            said += &format!(". Would change the answer: {}", app.recommendation.would_change.join(", or "));
        }
        paper.named(&app.app, &format!("{said}."));
    }
}

fn courses(paper: &mut Paper, report: &Report) {
    paper.heading("Courses of action");
    paper.dim("Licenses, labor, misses, fees and what is paid once, each counted once. Present values gained are against staying manual.");
    let header = ["App", "Course of action", "First year", "A settled year", "Present value", "Gained", "Paid back"];
    let widths = [0.15, 0.22, 0.13, 0.14, 0.14, 0.12, 0.10];
    let known = |amount: Option<_>| amount.map_or_else(|| "not priced".to_owned(), format::money);
    let mut rows = Vec::new();
    for app in &report.apps {
        for (number, scenario) in app.scenarios.iter().enumerate() {
            let mark = if scenario.id == app.recommendation.id { " ●" } else { "" };
            let plan = scenario.plan.as_ref().map(|plan| format!(": {plan}")).unwrap_or_default();
            let months = scenario.payback_months.map(|months| match months {
                0 => "at once".to_owned(),
                months => format::counted(months, "month", "months"),
            });
            rows.push(vec![
                if number == 0 { app.app.clone() } else { String::new() },
                format!("{}{plan}{mark}", scenario.label),
                known(scenario.year_1),
                known(scenario.run_rate),
                known(scenario.npv),
                if number == 0 { String::new() } else { known(scenario.saving) },
                months.unwrap_or_default(),
            ]);
        }
    }
    paper.table(&header, &widths, &[2, 3, 4, 5, 6], &rows);
    paper.dim("● recommended");
}

fn renewals(paper: &mut Paper, report: &Report) {
    let mut due: Vec<(&AppReport, _, _)> = report
        .apps
        .iter()
        .filter_map(|app| {
            let recoverable = app.recoverable.as_ref().ok()?;
            Some((app, recoverable, recoverable.from?))
        })
        .collect();
    if due.is_empty() {
        return;
    }
    due.sort_by_key(|(app, _, from)| (*from, app.app.clone()));
    paper.heading("Renewals: what can be dropped, and when the notice is due");
    let rows = due.iter().map(|(app, recoverable, from)| {
        vec![
            app.app.clone(),
            recoverable.notice_by.map(format::date).unwrap_or_default(),
            format::date(*from),
            format::count(recoverable.seats),
            format::money(recoverable.run_rate),
        ]
    });
    let header = ["App", "Notice by", "From", "Seats to drop", "Saves a year"];
    paper.table(&header, &[0.28, 0.18, 0.18, 0.18, 0.18], &[3, 4], &rows.collect::<Vec<_>>());
}

fn method(paper: &mut Paper, report: &Report, workbook: &Workbook) {
    paper.heading("Method and sources");
    paper.text(
        "Annual financial impact is unused licenses (paid seats nobody who works here uses, each once, at most what is bought) plus IT \
         labor (hours × rate) plus compliance misses (orphaned accounts × cost of one). A course of action costs its license bill, \
         labor, misses, fees and what is paid once, month by month; its present value discounts each month from its end.",
    );
    let assumptions = workbook.sheets.iter().find(|sheet: &&Sheet| sheet.name == "Assumptions");
    let rows = assumptions.into_iter().flat_map(|sheet| &sheet.rows).map(|cells| {
        let cell = |at: usize| cells.get(at).map(|cell: &Cell| cell.shown(report.currency)).unwrap_or_default();
        vec![cell(0), cell(1), cell(2), cell(3)]
    });
    let widths = [0.34, 0.12, 0.18, 0.36];
    paper.table(&["Assumption", "Value", "Unit", "From"], &widths, &[1], &rows.collect::<Vec<_>>());
    let rows = report.inputs.iter().map(|input| {
        let short: String = input.sha256.chars().take(16).collect();
        vec![input.name.clone(), input.role.to_owned(), input.records.to_string(), input.skipped.to_string(), short]
    });
    let header = ["File", "Holds", "Records", "Left out", "SHA-256 begins"];
    paper.table(&header, &[0.44, 0.14, 0.11, 0.11, 0.20], &[2, 3], &rows.collect::<Vec<_>>());
}
