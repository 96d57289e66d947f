use crate::analysis::Analysis;

use super::chart_table::ChartTable;
use super::format;

/// Seats bought, assigned and used, by app.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeatsChart {
    /// Apps with seats, by name.
    pub bars: Vec<SeatsBar>,
}

/// The seats of one app.
#[derive(Clone, Debug, PartialEq)]
pub struct SeatsBar {
    /// The app.
    pub app: String,
    /// Seats bought.
    pub bought: u32,
    /// Seats somebody holds.
    pub assigned: u32,
    /// Of them, in use by people who work here.
    pub in_use: u32,
    /// Of them, held by accounts without an owner.
    pub orphaned: u32,
    /// Of them, held by people who do not use them, or hold two.
    pub idle: u32,
    /// Everything in one sentence.
    pub said: String,
}

impl SeatsChart {
    /// The seats of all apps that sell seats and whose list of accounts is known.
    pub fn new(analysis: &Analysis) -> Self {
        let apps = analysis.costs.apps.iter().filter(|cost| cost.counts.purchased > 0 && cost.counts.accounts > 0);
        let bars: Vec<SeatsBar> = apps
            .map(|cost| {
                let counts = &cost.counts;
                let idle = counts.unused + counts.duplicate;
                let of = |count: u32, what: &str| format!("{} {what}", format::count(count));
                let said = format!(
                    "{}: {}, {}, {}, {}, {}",
                    cost.app,
                    of(counts.purchased, "bought"),
                    of(counts.billed, "assigned"),
                    of(counts.in_use, "in use"),
                    of(counts.orphaned_billed, "orphaned"),
                    of(idle, "not used"),
                );
                SeatsBar {
                    app: cost.app.to_string(),
                    bought: counts.purchased,
                    assigned: counts.billed,
                    in_use: counts.in_use,
                    orphaned: counts.orphaned_billed,
                    idle,
                    said,
                }
            })
            .collect();
        Self { bars }
    }

    /// The same in rows.
    pub fn table(&self) -> ChartTable {
        let head = ["App", "Bought", "Assigned", "In use", "Orphaned", "Not used", "Not assigned"];
        let row = |bar: &SeatsBar| {
            let free = bar.bought.saturating_sub(bar.assigned);
            let counts = [bar.bought, bar.assigned, bar.in_use, bar.orphaned, bar.idle, free];
            std::iter::once(bar.app.clone()).chain(counts.map(format::count)).collect()
        };
        ChartTable { head: head.map(String::from).to_vec(), rows: self.bars.iter().map(row).collect() }
    }
}
