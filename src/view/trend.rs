use jiff::civil::Date;

use crate::analysis::Analysis;
use crate::model::Money;

use super::chart::{round_ticks, with_one_above};
use super::chart_table::ChartTable;
use super::format;

/// What was found on the days of earlier lists and is found now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trend {
    /// Oldest first.
    pub points: Vec<TrendPoint>,
}

/// What is found on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendPoint {
    /// The day.
    pub day: Date,
    /// Orphaned accounts.
    pub orphaned: u32,
    /// Unused licenses.
    pub unused: u32,
    /// Annual financial impact.
    pub impact: Money,
}

impl TrendPoint {
    /// What an analysis adds to a trend.
    pub fn new(analysis: &Analysis) -> Self {
        let apps = &analysis.costs.apps;
        Self {
            day: analysis.as_of,
            orphaned: apps.iter().map(|cost| cost.counts.orphaned.point).sum(),
            unused: apps.iter().map(|cost| cost.counts.unused_licenses.point).sum(),
            impact: analysis.costs.impact.point,
        }
    }
}

impl Trend {
    /// Round counts for the left side, from zero to the greatest one.
    pub fn ticks(&self) -> Vec<f64> {
        let counts = self.points.iter().flat_map(|point| [point.orphaned, point.unused]);
        let most = f64::from(counts.max().unwrap_or(0));
        let mut ticks = round_ticks(most, 3.0);
        ticks.retain(|tick| tick.fract() == 0.0);
        with_one_above(ticks, most)
    }

    /// The days as they stand below the chart: months, or days where several lie in one month.
    pub fn day_labels(&self) -> Vec<String> {
        let month = |point: &TrendPoint| (point.day.year(), point.day.month());
        let days = self.points.windows(2).any(|pair| matches!(pair, [a, b] if month(a) == month(b)));
        let label = |point: &TrendPoint| {
            let name = format::month(point.day);
            if days { format!("{} {name}", point.day.day()) } else { name }
        };
        self.points.iter().map(label).collect()
    }

    /// The same in rows.
    pub fn table(&self) -> ChartTable {
        ChartTable {
            head: ["Day", "Orphaned", "Unused", "Annual impact"].map(String::from).to_vec(),
            rows: self
                .points
                .iter()
                .map(|point| {
                    let counts = [point.orphaned, point.unused].map(format::count);
                    let [orphaned, unused] = counts;
                    vec![format::date(point.day), orphaned, unused, format::money(point.impact)]
                })
                .collect(),
        }
    }

    /// The chart in words, for those who do not see it.
    pub fn said(&self) -> String {
        let said = |point: &TrendPoint| {
            format!("{}: {} orphaned, {} unused. ", format::date(point.day), point.orphaned, point.unused)
        };
        self.points.iter().map(said).collect::<String>().trim_end().to_owned()
    }
}
