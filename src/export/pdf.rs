use std::collections::BTreeMap;
use std::io::{self, Write};
use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use krilla::text::TextDirection;
use krilla::{Document, SerializeSettings};

use super::fonts::{Fonts, MoreFonts};
use super::paper::{Bars, Color, Element, Paper, Part, SHEET, Shape};
use crate::view::{
    Cell, Dossier, ImpactBar, ImpactChart, Kind, Removals, Report, Section, Sheet, UpgradeBar, Workbook, format,
};

/// Writes what a board needs: headline figures, impact beside upgrade, courses of action with the recommendation and its reasons,
/// renewals, what was removed since the last time, method and sources. Fonts are embedded, text can be selected, and the structure
/// is told as PDF/UA-1 (ISO 14289-1) asks, for those who hear the page. Accounts one by one are left to other formats.
///
/// # Errors
/// Those of the writer.
pub fn report_pdf(dossier: &Dossier<'_>, more: &dyn MoreFonts, out: &mut dyn Write) -> io::Result<()> {
    let fonts = Fonts::new(more)?;
    let paper = lay_out(dossier, &fonts);
    out.write_all(&print(&paper, &fonts, &dossier.report)?)
}

/// The pages as they would be printed, without structure.
///
/// # Errors
/// A built-in font that is damaged.
pub fn report_pages(dossier: &Dossier<'_>, more: &dyn MoreFonts) -> io::Result<Vec<Vec<Shape>>> {
    let fonts = Fonts::new(more)?;
    let paper = lay_out(dossier, &fonts);
    let pages = paper.pages().iter().zip(1..).map(|(marks, number)| {
        let footer = paper.footer(number, paper.pages().len());
        marks.iter().chain(&footer).map(|mark| mark.shape.clone()).collect()
    });
    Ok(pages.collect())
}

fn lay_out<'a>(dossier: &Dossier<'_>, fonts: &'a Fonts<'a>) -> Paper<'a> {
    let mut paper = Paper::new(fonts);
    let report = &dossier.report;
    title(&mut paper, report);
    if dossier.has(Section::Summary) {
        headline(&mut paper, report);
        chart(&mut paper, &report.chart);
    }
    if dossier.has(Section::Apps) {
        apps(&mut paper, report);
    }
    if dossier.has(Section::Scenarios) {
        courses(&mut paper, report);
    }
    if dossier.has(Section::Renewals) {
        renewals(&mut paper, report);
    }
    if let Some(removals) = dossier.removals.as_ref().filter(|_| dossier.has(Section::SinceLast)) {
        since_last(&mut paper, removals);
    }
    if dossier.has(Section::Sources) {
        method(&mut paper, report, &dossier.workbook);
    }
    let lacking = fonts.lacking();
    if !lacking.is_empty() {
        let signs: Vec<String> =
            lacking.iter().take(20).map(|letter| format!("U+{:04X}", u32::from(*letter))).collect();
        paper.dim(&format!("No font on this computer has {}; a question mark stands for each.", signs.join(", ")));
    }
    paper
}

/// Puts what was laid out on pages.
fn print(paper: &Paper<'_>, fonts: &Fonts<'_>, report: &Report) -> io::Result<Vec<u8>> {
    let fault = |fault: &dyn std::fmt::Debug| io::Error::other(format!("the PDF cannot be made: {fault:?}"));
    let accessible = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = accessible.map_err(|wrong| fault(&wrong))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let title = format!("Software seats and accounts, as of {}", format::date(report.as_of));
    document.set_metadata(Metadata::new().title(title).language("en".into()).creator("Truedown".into()));
    let pages = paper.pages();
    let mut content: BTreeMap<usize, Vec<Identifier>> = BTreeMap::new();
    for (number, marks) in (1..).zip(pages) {
        let settings = PageSettings::from_wh(SHEET.0, SHEET.1).ok_or_else(|| io::Error::other("a page has no size"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in marks.iter().chain(&paper.footer(number, pages.len())) {
            let tag = match (mark.of, &mark.shape) {
                (None, _) => ContentTag::Artifact(Artifact::default()),
                // Viewers lose the places of words whose text is told apart from what is drawn, so only where they differ.
                (Some(_), Shape::Text { text, weight, .. }) => {
                    let other = (!fonts.tells(text, *weight)).then_some(text.as_str());
                    ContentTag::Span(SpanTag::empty().with_actual_text(other))
                }
                (Some(_), Shape::Box { .. }) => ContentTag::Other,
            };
            let made = surface.start_tagged(tag);
            draw(&mut surface, &mark.shape, fonts);
            surface.end_tagged();
            if let Some(element) = mark.of {
                content.entry(element).or_default().push(made);
            }
        }
        surface.finish();
        page.finish();
    }
    document.set_outline(outline(paper.elements()));
    let mut inner: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (number, element) in paper.elements().iter().enumerate() {
        inner.entry(element.within).or_default().push(number);
    }
    document.set_tag_tree(TagTree::from(structure(paper.elements(), &inner, None, &content)));
    document.finish().map_err(|wrong| fault(&wrong))
}

fn draw(surface: &mut Surface<'_>, shape: &Shape, fonts: &Fonts<'_>) {
    let fill = |color: &Color| Fill {
        paint: rgb::Color::new(color.0, color.1, color.2).into(),
        opacity: NormalizedF32::ONE,
        ..Fill::default()
    };
    match shape {
        Shape::Text { x, y, size, weight, color, text } => {
            surface.set_fill(Some(fill(color)));
            let mut x = *x;
            for piece in fonts.pieces(text, *weight) {
                let Some(font) = fonts.of(&piece) else { continue };
                let direction = if piece.leftwards { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
                surface.draw_text(Point::from_xy(x, *y), font, *size, &piece.text, false, direction);
                x += piece.width * size;
            }
        }
        Shape::Box { x, y, width, height, color } => {
            if let Some(path) = rectangle(*x, *y, *width, *height) {
                surface.set_fill(Some(fill(color)));
                surface.draw_path(&path);
            }
        }
    }
}

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width.max(0.1), height.max(0.1))?);
    path.finish()
}

/// The headings, to jump to.
fn outline(elements: &[Element]) -> Outline {
    let mut outline = Outline::new();
    for element in elements {
        if let Part::Heading(_, text) = &element.part {
            let (page, y) = element.at;
            let place = XyzDestination::new(page, Point::from_xy(0.0, (y - 24.0).max(0.0)));
            outline.push_child(OutlineNode::new(text.clone(), place));
        }
    }
    outline
}

/// The elements within one, each with what is drawn of it.
fn structure(
    elements: &[Element],
    inner: &BTreeMap<Option<usize>, Vec<usize>>,
    within: Option<usize>,
    content: &BTreeMap<usize, Vec<Identifier>>,
) -> Vec<Node> {
    let of_it = inner.get(&within).into_iter().flatten();
    of_it
        .filter_map(|number| {
            let mut group = TagGroup::new(tag(&elements.get(*number)?.part));
            content.get(number).into_iter().flatten().for_each(|made| group.push(*made));
            structure(elements, inner, Some(*number), content).into_iter().for_each(|node| group.push(node));
            Some(Node::Group(group))
        })
        .collect()
}

fn tag(part: &Part) -> TagKind {
    match part {
        Part::Heading(level, text) => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(text.clone())).into()
        }
        Part::Paragraph => Tag::P.into(),
        Part::Figure(said) => Tag::Figure(Some(said.clone())).into(),
        Part::Table => Tag::Table.into(),
        Part::Row => Tag::TR.into(),
        Part::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Part::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Part::Cell => Tag::TD.into(),
    }
}

fn title(paper: &mut Paper<'_>, report: &Report) {
    paper.title("Software seats and accounts");
    let people = format::counted(report.headcount, "person", "people");
    let apps = format::counted(u32::try_from(report.apps.len()).unwrap_or(u32::MAX), "app", "apps");
    paper.dim(&format!("As of {} · {people} · {apps} · amounts in {}", format::date(report.as_of), report.currency));
}

fn headline(paper: &mut Paper<'_>, report: &Report) {
    let total = &report.total;
    let range =
        total.range().map_or_else(|| "a year, if nothing changes".to_owned(), |range| format!("{range} a year"));
    let orphaned: u32 = report.apps.iter().map(|app| app.count(Kind::Orphaned)).sum();
    paper.figures(&[
        ("Annual financial impact", format::money(total.total.point), range),
        (
            "Unused licenses",
            format::count(total.unused_license_count),
            format::money_known(total.unused_licenses) + " a year",
        ),
        ("Orphaned accounts", format::count(orphaned), format::money_known(total.compliance_misses) + " a year"),
        ("To decide", format::count(report.review), "owner not yet settled".into()),
    ]);
    const SAID: usize = 6;
    for missing in total.total.missing.iter().take(SAID) {
        paper.text(&format!("Not in these figures: {}.", missing.0));
    }
    if let Some(further @ 1..) = total.total.missing.len().checked_sub(SAID) {
        let further = format::counted(u32::try_from(further).unwrap_or(u32::MAX), "app is", "apps are");
        paper.text(&format!("{further} not in these figures, either; the other formats say why."));
    }
}

/// Bars shown; more would leave no room for words.
const MOST_BARS: usize = 14;

fn chart(paper: &mut Paper<'_>, chart: &ImpactChart) {
    paper.heading("What manual costs today, next to the tier upgrade that would automate it");
    let mut legend = vec![
        (Color::UNUSED, "Unused licenses"),
        (Color::LABOR, "IT labor"),
        (Color::RISK, "Compliance misses"),
        (Color::UPGRADE, "SCIM tier upgrade, per year"),
    ];
    let fee = chart.fee.map(|fee| format!("Flat-fee automation, {}", format::money_short(fee)));
    legend.extend(fee.as_deref().map(|fee| (Color::FEE, fee)));
    paper.legend(&legend);
    let most = format::coordinate(chart.most).max(1.0);
    let mut bars: Vec<&ImpactBar> = chart.bars.iter().collect();
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.total.amount));
    for bar in bars.iter().take(MOST_BARS) {
        let (upgrade, label) = match &bar.upgrade {
            UpgradeBar::Premium { amount, label } => (format::coordinate(amount.amount) / most, label.clone()),
            UpgradeBar::OnRequest(reason) | UpgradeBar::None(reason) => (0.0, reason.clone()),
        };
        let colors = [Color::UNUSED, Color::LABOR, Color::RISK];
        let parts = bar.parts();
        let named = parts.iter().map(|(name, amount, _)| format!("{name} {}", format::money_known(*amount)));
        let named = named.collect::<Vec<_>>().join(", ");
        let amount = format::money(bar.total);
        paper.bars(&Bars {
            name: &bar.app,
            stack: colors.into_iter().zip(parts).map(|(color, (_, _, width))| (color, width / most)).collect(),
            said: format!("{}: impact {amount} a year ({named}); upgrade: {label}", bar.app),
            amount,
            below: (Color::UPGRADE, upgrade),
            label,
            line: chart.fee.map(|fee| format::coordinate(fee.amount) / most),
        });
    }
    if bars.len() > MOST_BARS {
        let others = u32::try_from(bars.len() - MOST_BARS).unwrap_or(u32::MAX);
        paper.dim(&format!("and {} with a smaller impact", format::counted(others, "app", "apps")));
    }
}

fn apps(paper: &mut Paper<'_>, report: &Report) {
    paper.heading("What to do with each app");
    let header = ["App", "Seats", "In use", "Orphaned", "Unused", "Impact a year", "Recommendation"];
    let widths = [0.18, 0.08, 0.08, 0.10, 0.09, 0.17, 0.30];
    let rows = report.apps.iter().map(|app| {
        vec![
            app.app.clone(),
            app.seats_label(),
            app.in_use_label(),
            format::count(app.count(Kind::Orphaned)),
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

fn courses(paper: &mut Paper<'_>, report: &Report) {
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
            let gains =
                scenario.saving.is_some_and(|saving| saving.amount.is_sign_positive() && !saving.amount.is_zero());
            let months = scenario.payback_months.filter(|_| gains).map(|months| match months {
                0 => "at once".to_owned(),
                months => format::counted(months, "month", "months"),
            });
            rows.push(vec![
                app.app.clone(),
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

fn renewals(paper: &mut Paper<'_>, report: &Report) {
    let due = report.renewals();
    if due.is_empty() {
        return;
    }
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

fn since_last(paper: &mut Paper<'_>, removals: &Removals) {
    paper.heading("Since last time: what was removed, and what that saves");
    paper.text(&removals.said());
    let rows = removals.apps.iter().map(|app| {
        let known = |amount| format::money_known(amount);
        vec![
            app.app.clone(),
            format!("{} – {}", format::date_told(app.before), format::date_told(app.after)),
            format::count(app.removed),
            format::count(app.left),
            known(app.saved),
            known(app.pending),
            known(app.kept),
            app.pending_from.map(format::date).unwrap_or_default(),
        ]
    });
    let header = ["App", "Lists of", "Went", "Still there", "Saved", "Not held", "Goes on", "Can stop from"];
    let widths = [0.15, 0.25, 0.07, 0.10, 0.10, 0.10, 0.10, 0.13];
    paper.table(&header, &widths, &[2, 3, 4, 5, 6], &rows.collect::<Vec<_>>());
    for missing in &removals.missing {
        paper.dim(&format!("Not in these figures: {missing}."));
    }
}

fn method(paper: &mut Paper<'_>, report: &Report, workbook: &Workbook) {
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
