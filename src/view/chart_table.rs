use crate::compare::{ScenarioKind, Study};
use crate::model::Money;

use super::{ImpactChart, LineChart, Renewal, UpgradeBar, assumption, format};

/// What a chart shows, in rows: for those who would rather read it, and to be copied.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ChartTable {
    /// Headers.
    pub head: Vec<String>,
    /// Rows, each as long as the headers.
    pub rows: Vec<Vec<String>>,
}

impl ChartTable {
    /// Rows for a spreadsheet: cells parted by tabs, rows by line ends; what would part a cell becomes a space.
    pub fn tsv(&self) -> String {
        let line = |row: &Vec<String>| {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
            cells.join("\t")
        };
        std::iter::once(&self.head).chain(&self.rows).map(line).collect::<Vec<_>>().join("\n")
    }
}

/// What has no amount.
const NONE: &str = "—";

fn head<const N: usize>(titles: [&str; N]) -> Vec<String> {
    titles.map(String::from).to_vec()
}

impl ImpactChart {
    /// The same in rows.
    pub fn table(&self) -> ChartTable {
        let known = |amount: Option<Money>| amount.map_or_else(|| NONE.to_owned(), format::money);
        let rows = self.bars.iter().map(|bar| {
            let upgrade = match &bar.upgrade {
                UpgradeBar::Premium { label, .. } => label,
                UpgradeBar::OnRequest(reason) | UpgradeBar::None(reason) => reason,
            };
            let parts = [bar.licenses, bar.labor, bar.misses].map(known);
            let [licenses, labor, misses] = parts;
            vec![bar.app.clone(), licenses, labor, misses, format::money(bar.total), upgrade.clone()]
        });
        ChartTable {
            head: head([
                "App",
                "Unused licenses",
                "IT labor",
                "Compliance misses",
                "Annual impact",
                "SCIM tier upgrade",
            ]),
            rows: rows.collect(),
        }
    }
}

impl LineChart {
    /// The same in rows, at the round numbers below the chart and where one is now.
    pub fn table(&self) -> ChartTable {
        let mut places = self.across_ticks();
        places.extend(self.here.iter().map(|(here, _)| *here));
        places.extend(self.marks.iter().map(|mark| mark.at[0]));
        places.sort_by(f64::total_cmp);
        places.dedup();
        let first = self.across.chars().take(1).flat_map(char::to_uppercase);
        let across: String = first.chain(self.across.chars().skip(1)).collect();
        let names = self.lines.iter().map(|line| line.name.clone());
        let mut rows: Vec<Vec<String>> = Vec::new();
        for place in places {
            let Some((at, amounts)) = self.nearest(place) else { continue };
            let mut row = vec![format!("{at:.0}")];
            row.resize(self.lines.len() + 1, NONE.to_owned());
            for (line, _, _, amount) in amounts {
                if let Some(cell) = row.get_mut(line + 1) {
                    *cell = format::money(amount);
                }
            }
            if rows.last() != Some(&row) {
                rows.push(row);
            }
        }
        ChartTable { head: std::iter::once(across).chain(names).collect(), rows }
    }
}

impl ChartTable {
    /// What a course of action saves against staying manual, where each assumption is a fifth lower or higher.
    pub fn sensitivity(study: &Study, kind: ScenarioKind) -> Self {
        let rows = study.swings.iter().filter_map(|swing| {
            let (low, high) = swing.on(kind)?;
            Some(vec![assumption(swing.assumption).to_owned(), format::money(low), format::money(high)])
        });
        Self { head: head(["Assumption", "20% lower", "20% higher"]), rows: rows.collect() }
    }

    /// Ends of terms, in the order in which they come.
    pub fn renewals(renewals: &[Renewal]) -> Self {
        let rows = renewals.iter().map(|renewal| {
            let dates = [renewal.on, renewal.notice_by].map(format::date);
            let [on, notice_by] = dates;
            vec![renewal.app.clone(), on, notice_by, format::count(renewal.seats), format::money(renewal.saves)]
        });
        Self { head: head(["App", "Renews", "Notice by", "Seats to drop", "Saves a year"]), rows: rows.collect() }
    }
}
