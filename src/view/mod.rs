//! Derived state as a screen or a report shows it: rows chosen, ordered and put into words. Decides nothing.

mod accounts;
mod chart;
pub mod format;
mod imports;
mod mapping;
mod overview;
mod plans;
mod report;
mod review;
mod settings;
mod since_last;
pub mod words;

// Words of earlier stages that views are made of.
pub use crate::classify::Kind;
pub use crate::correlate::AccountId;
pub use crate::price::{Total, Unpriced};

pub use accounts::{AccountDetail, AccountRow, Accounts, Chip, ChipCount, Column, Filter, Sort};
pub use chart::{ImpactBar, ImpactChart, UpgradeBar};
pub use imports::{ImportRow, ImportState, Imports};
pub use mapping::{ColumnDraft, MappingDraft, MappingPreview, WordDraft};
pub use overview::{AppRow, Card, NextStep, Overview, StepKind, Target, Tone};
pub use plans::{AppCard, NotInCatalog, PlanCard, PlanSheet, PlanSheetRow, PriceSource, catalog_cards};
pub use report::{
    AppReport, FindingRow, FindingRows, ImpactReport, Input, RecommendationReport, RecoverableReport, Report,
    ScenarioReport, UpgradeReport,
};
pub use review::{AliasProposal, CandidateCard, Review, ReviewCase, ReviewItem, ReviewSheet, ReviewSheetRow};
pub use settings::{AppThreshold, OwnedDomain, ServiceWord, Settings, find_service_words};
pub use since_last::{SinceLast, SinceLastRow};
