use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::{AccessReview, FindingRows, LineChart, Removals, Report, Scenarios, Workbook, Worklist};
use crate::analysis::{Analysis, Earlier};
use crate::workspace::LogEntry;

/// A part of a report that can be left out of it. What is left of a workbook still computes.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub enum Section {
    /// Headline figures, and impact beside upgrade.
    Summary,
    /// Each app with its recommendation.
    Apps,
    /// Courses of action.
    Scenarios,
    /// What can be dropped when.
    Renewals,
    /// What was removed since the last time.
    SinceLast,
    /// Accounts one by one.
    Findings,
    /// What an auditor asks about access.
    AccessReview,
    /// Assumptions, files, problems.
    Sources,
}

impl Section {
    /// All of them, in the order of a report.
    pub const ALL: [Self; 8] = [
        Self::Summary,
        Self::Apps,
        Self::Scenarios,
        Self::Renewals,
        Self::SinceLast,
        Self::Findings,
        Self::AccessReview,
        Self::Sources,
    ];

    /// The word used on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Apps => "apps",
            Self::Scenarios => "scenarios",
            Self::Renewals => "renewals",
            Self::SinceLast => "since-last",
            Self::Findings => "findings",
            Self::AccessReview => "access-review",
            Self::Sources => "sources",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.as_str() == word.trim().to_lowercase())
    }

    /// What it is, for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Summary => "Summary and chart",
            Self::Apps => "Apps",
            Self::Scenarios => "Scenarios",
            Self::Renewals => "Renewals",
            Self::SinceLast => "Since last time",
            Self::Findings => "Findings",
            Self::AccessReview => "Access review",
            Self::Sources => "Method and sources",
        }
    }
}

/// Something that not all formats ask for, made when the first does.
pub type Lazy<'a, T> = LazyCell<T, Box<dyn FnOnce() -> T + 'a>>;

/// All that reports are made of, whatever their format.
pub struct Dossier<'a> {
    /// The figures.
    pub report: Report,
    /// Accounts, one at a time.
    pub rows: FindingRows<'a>,
    /// What is to be done.
    pub worklist: Lazy<'a, Worklist>,
    /// What was removed since the last time; `None` if there was none.
    pub removals: Option<Removals>,
    /// What an auditor asks.
    pub access: Lazy<'a, AccessReview>,
    /// Sheets with formulas.
    pub workbook: Lazy<'a, Workbook>,
    /// What a year costs by the size of the team, by app.
    pub curves: Lazy<'a, BTreeMap<String, LineChart>>,
    /// What is to be in it.
    pub sections: Vec<Section>,
}

impl<'a> Dossier<'a> {
    /// Collects what an analysis, the one before it and the log of the workspace tell.
    pub fn new(analysis: &'a Analysis, then: &[Earlier], log: &'a [LogEntry], sections: &[Section]) -> Self {
        let removals = Removals::new(then, analysis);
        // As many as have gone, and as are still there.
        let since = removals.as_ref().map(|removals| (removals.count(), removals.left()));
        Self {
            report: Report::new(analysis),
            rows: FindingRows::new(analysis),
            worklist: LazyCell::new(Box::new(|| Worklist::new(analysis))),
            access: LazyCell::new(Box::new(move || AccessReview::new(analysis, log, since))),
            removals,
            workbook: LazyCell::new(Box::new(|| Workbook::new(analysis))),
            curves: LazyCell::new(Box::new(|| curves(analysis))),
            sections: sections.to_vec(),
        }
    }

    /// Whether a section is wanted.
    pub fn has(&self, section: Section) -> bool {
        self.sections.contains(&section)
    }
}

fn curves(analysis: &Analysis) -> BTreeMap<String, LineChart> {
    let apps = analysis.costs.apps.iter();
    // What is not sold by the seat costs the same whatever the size of the team.
    let curve = apps.filter(|cost| cost.terms.sold_by_seat()).map(|cost| {
        let scenarios = Scenarios::new(analysis, Some(&cost.app));
        (cost.app.to_string(), LineChart::by_seats(&analysis.curve(cost), &scenarios))
    });
    curve.collect()
}
