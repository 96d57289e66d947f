//! Derived state as a screen or a report shows it: rows chosen, ordered and put into words. Decides nothing.

mod access_review;
mod accounts;
mod changes;
mod chart;
mod chart_table;
mod contracts;
mod dossier;
pub mod figures;
pub mod format;
mod found;
mod imports;
mod line_chart;
mod lists;
mod mapping;
mod overview;
mod plans;
mod removals;
mod report;
mod review;
mod scenarios;
mod seats;
mod settings;
mod since_last;
pub mod terms;
mod trend;
pub mod words;
mod workbook;
mod worklist;

// Words of earlier stages that views are made of.
pub use crate::classify::Kind;
pub use crate::compare::{Band, Choice, Curve, ScenarioKind, Study, Swing};
pub use crate::correlate::AccountId;
pub use crate::price::{Total, Unpriced};

pub use access_review::{AccessReview, Answer, Exempt, ReviewedApp, Settled};
pub use accounts::{AccountDetail, AccountRow, Accounts, Chip, ChipCount, Column, Filter, Sort, accounts_tsv};
pub use changes::changes;
pub use chart::{ImpactBar, ImpactChart, UpgradeBar};
pub use chart_table::ChartTable;
pub use contracts::{ContractRow, Contracts, PlanChoice, PlanChoices, PlanFact, Renewal};
pub use dossier::{Dossier, Lazy, Section};
pub use found::{Found, Hit, HitKind};
pub use imports::{ImportRow, ImportState, Imports};
pub use line_chart::{ChartLine, ChartMark, LineChart, NearestAmount};
pub use mapping::{ColumnDraft, MappingDraft, MappingPreview, WordDraft};
pub use overview::{AppRow, Card, Has, NextStep, Overview, StepKind, Target, Tone};
pub use plans::{AppCard, NotInCatalog, PlanCard, PlanSheet, PlanSheetRow, PriceSource, catalog_cards};
pub use removals::{AppRemovals, Removals, RemovedAccount};
pub use report::{
    AppReport, FindingRow, FindingRows, ImpactReport, Input, RecommendationReport, RecoverableReport, Report,
    ScenarioReport, UpgradeReport,
};
pub(crate) use review::former_domain_proposals;
pub use review::{AliasProposal, CandidateCard, Review, ReviewCase, ReviewItem, ReviewSheet, ReviewSheetRow};
pub use scenarios::{CardLine, ScenarioCard, Scenarios, WhyCard, assumption, swing_words};
pub use seats::{SeatsBar, SeatsChart};
pub use settings::{AppThreshold, OwnedDomain, ServiceWord, Settings, find_service_words};
pub use since_last::{SinceLast, SinceLastRow};
pub use trend::{Trend, TrendPoint};
pub use workbook::{Cell, Sheet, SheetColumn, Shown, Workbook, letters};
pub use worklist::{WorkRow, Worklist};
