use maud::{Markup, html};

use crate::view::{ChartLine, ImpactChart, LineChart, ScenarioKind, UpgradeBar, format};

const WIDTH: f64 = 960.0;
const LEFT: f64 = 110.0;
/// Room for the label behind the longest bar.
const RIGHT: f64 = 230.0;
const ROW: f64 = 58.0;
const BAR: f64 = 17.0;
const TOP: f64 = 8.0;
/// Width of a letter at the size used, for deciding whether a label fits into a bar.
const LETTER: f64 = 6.6;

/// The impact of manual work beside the upgrade that would automate it, as inline SVG. Colors come from the page's style.
pub(super) fn impact_chart(chart: &ImpactChart) -> Markup {
    let ticks = chart.ticks();
    let most = ticks.last().copied().unwrap_or(1.0).max(format::coordinate(chart.most)).max(1.0);
    let x = |amount: f64| LEFT + amount / most * (WIDTH - LEFT - RIGHT);
    let fee = chart.fee.map(|fee| x(format::coordinate(fee.amount)));
    let height = TOP + ROW * chart.bars.len() as f64 + 26.0;
    let floor = height - 26.0;
    html! {
        svg.chart viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-labelledby="chart-title" {
            title #chart-title { "Annual financial impact of each app beside the cost of the tier upgrade; the table below has the same figures" }
            @for tick in &ticks {
                line.grid x1=(point(x(*tick))) x2=(point(x(*tick))) y1=(TOP) y2=(floor) {}
                text.axis x=(point(x(*tick))) y=(height - 8.0) text-anchor="middle" { (chart.tick_label(*tick)) }
            }
            @for (row, bar) in chart.bars.iter().enumerate() {
                @let top = TOP + ROW * row as f64 + 6.0;
                text.app x=(LEFT - 10.0) y=(top + BAR + 5.0) text-anchor="end" { (bar.app) }
                @for (part, from, width) in stacked(bar) {
                    rect class=(["unused", "labor", "misses"].get(part.0).copied().unwrap_or_default())
                        x=(point(x(from))) y=(point(top)) width=(point(x(from + width) - x(from))) height=(BAR) {
                        title { (bar.app) ": " (part.1) " " (part.2) }
                    }
                }
                text.label x=(point(x(format::coordinate(bar.total.amount)) + 6.0)) y=(top + 13.0) { (format::money(bar.total)) }
                @let below = top + BAR + 2.0;
                @match &bar.upgrade {
                    UpgradeBar::Premium { amount, label } => {
                        @let end = x(format::coordinate(amount.amount));
                        rect.upgrade x=(point(x(0.0))) y=(point(below)) width=(point((end - x(0.0)).max(1.0))) height=(BAR) {
                            title { (bar.app) ": " (label) }
                        }
                        @if end + 8.0 + label.chars().count() as f64 * LETTER > WIDTH {
                            text.inside x=(point(end - 8.0)) y=(below + 13.0) text-anchor="end" { (label) }
                        } @else {
                            text.label.plain x=(point(end + 6.0)) y=(below + 13.0) { (label) }
                        }
                    }
                    UpgradeBar::OnRequest(reason) | UpgradeBar::None(reason) => {
                        text.label.dim x=(point(fee.unwrap_or(LEFT) + 8.0)) y=(below + 13.0) { (reason) }
                    }
                }
                @if let Some(fee) = fee {
                    line.fee x1=(point(fee)) x2=(point(fee)) y1=(point(top - 3.0)) y2=(point(below + BAR + 3.0)) {}
                }
            }
        }
    }
}

type Part = (usize, &'static str, String);

/// The parts of a bar with where each begins and how long it is.
fn stacked(bar: &crate::view::ImpactBar) -> Vec<(Part, f64, f64)> {
    let mut from = 0.0;
    let parts = bar.parts().into_iter().enumerate();
    parts
        .map(|(index, (name, money, width))| {
            let start = from;
            from += width;
            ((index, name, format::money_known(money)), start, width)
        })
        .collect()
}

fn point(number: f64) -> String {
    format!("{number:.1}")
}

/// Height of a chart of lines.
const TALL: f64 = 260.0;
/// Room below it for the axis.
const FOOT: f64 = 34.0;
/// Left of the lines.
const EDGE: f64 = 64.0;

/// Lines over a number, as inline SVG, with what they are called behind their ends.
pub(super) fn line_chart(chart: &LineChart) -> Markup {
    let most_up = chart.up_ticks().last().copied().unwrap_or(1.0).max(chart.most_up());
    let x = |at: f64| EDGE + at / chart.most_across() * (WIDTH - EDGE - RIGHT);
    let floor = TALL - FOOT;
    let y = |amount: f64| floor - amount / most_up * (floor - TOP);
    let drawn = |points: &[[f64; 2]]| {
        let each = points.iter().map(|[across, up]| format!("{},{}", point(x(*across)), point(y(*up))));
        each.collect::<Vec<_>>().join(" ")
    };
    html! {
        svg.chart viewBox=(format!("0 0 {WIDTH} {TALL}")) role="img" aria-label=(chart.said()) {
            @for tick in chart.up_ticks() {
                line.grid x1=(EDGE) x2=(WIDTH - RIGHT) y1=(point(y(tick))) y2=(point(y(tick))) {}
                text.axis x=(EDGE - 8.0) y=(point(y(tick) + 4.0)) text-anchor="end" { (chart.amount_label(tick)) }
            }
            @for tick in chart.across_ticks() {
                text.axis x=(point(x(tick))) y=(floor + 16.0) text-anchor="middle" { (format!("{tick:.0}")) }
            }
            text.axis x=(point(x(chart.most_across()))) y=(TALL - 4.0) text-anchor="end" { (chart.across) }
            @if let Some((here, said)) = &chart.here {
                line.here x1=(point(x(*here))) x2=(point(x(*here))) y1=(TOP) y2=(floor) {}
                text.axis x=(point(x(*here) + 5.0)) y=(TOP + 10.0) { (said) }
            }
            @for line in &chart.lines {
                polyline class=(format!("line {}", class(line))) points=(drawn(&line.points)) { title { (line.name) } }
            }
            @for mark in &chart.marks {
                circle.mark cx=(point(x(mark.at[0]))) cy=(point(y(mark.at[1]))) r="4" { title { (mark.text) } }
            }
            @for (line, height) in ends(chart, &y) {
                text class=(format!("end {}", class(line))) x=(WIDTH - RIGHT + 8.0) y=(point(height + 4.0)) { (line.name) }
            }
        }
        @if !chart.marks.is_empty() {
            p.dim { @for (index, mark) in chart.marks.iter().enumerate() { @if index > 0 { " · " } (mark.text) } }
        }
    }
}

fn class(line: &ChartLine) -> &'static str {
    match line.kind {
        Some(ScenarioKind::StayManual) | None => "stay",
        Some(ScenarioKind::CleanUp) => "clean",
        Some(ScenarioKind::Upgrade) => "upgrade",
        Some(ScenarioKind::NativeScim) => "native",
        Some(ScenarioKind::Automate) => "automate",
    }
}

/// Where names stand behind the ends of lines: so far apart that all can be read.
fn ends<'a>(chart: &'a LineChart, y: &dyn Fn(f64) -> f64) -> Vec<(&'a ChartLine, f64)> {
    const APART: f64 = 15.0;
    let last = |line: &'a ChartLine| line.points.last().map(|end| (line, y(end[1])));
    let mut ends: Vec<(&ChartLine, f64)> = chart.lines.iter().filter_map(last).collect();
    ends.sort_by(|a, b| b.1.total_cmp(&a.1));
    // From the lowest up, each at least so far above the one before.
    let mut below = f64::MAX;
    for (_, height) in &mut ends {
        *height = height.min(below - APART);
        below = *height;
    }
    ends
}
