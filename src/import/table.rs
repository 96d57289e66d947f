use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::csv_rows::CsvText;
use super::json_rows::JsonDocument;
use super::profile::{Container, More, Profile};
use super::workbook::Sheet;
use crate::model::{Place, header_key};

/// A file as headers and rows, whatever its container. Nested JSON is flattened: `attributes.email`, `emails[0].value`.
pub(super) enum Table<'a> {
    Csv(CsvText<'a>),
    Json(JsonDocument),
    Sheet(Sheet),
}

/// One row. A cell is `None` where the source has no such key or cell, which is not the same as an empty one.
pub(super) struct Row<'r> {
    /// Line of a text file, record number otherwise; from 1.
    pub(super) number: u64,
    /// One for each header.
    pub(super) cells: &'r [Option<Cow<'r, str>>],
    /// The number of cells, where it is not that of the header.
    pub(super) ragged: Option<Ragged>,
}

/// How a row differs from the header.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Ragged {
    pub(super) cells: usize,
    /// No cell can be trusted: cells beyond the header hold text, or a quote swallows other rows.
    pub(super) shifted: bool,
    pub(super) quote: Option<StrayQuote>,
}

/// A quote that takes the lines after it into its cell.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum StrayQuote {
    /// To the end of the file: so many lines.
    NeverClosed(usize),
    /// To the next quote of another row: so many lines.
    ClosedByAnother(usize),
}

impl Table<'_> {
    /// Which layouts can be those of the table.
    pub(super) fn container(&self) -> Container {
        match self {
            Self::Csv(_) | Self::Sheet(_) => Container::Csv,
            Self::Json(_) => Container::Json,
        }
    }

    pub(super) fn headers(&self) -> &[String] {
        match self {
            Self::Csv(csv) => &csv.headers,
            Self::Json(json) => &json.headers,
            Self::Sheet(sheet) => &sheet.headers,
        }
    }

    /// The headers as they are compared.
    pub(super) fn keys(&self) -> &[String] {
        match self {
            Self::Csv(csv) => &csv.keys,
            Self::Json(json) => &json.keys,
            Self::Sheet(sheet) => &sheet.keys,
        }
    }

    /// Where a row stands: by its line in a text file, by its number elsewhere.
    pub(super) fn place(&self, file: &Arc<str>, number: u64) -> Place {
        match self {
            Self::Csv(_) => Place::line(file, number),
            Self::Json(_) | Self::Sheet(_) => Place::record(file, number),
        }
    }

    /// The same table with its header some rows further down: reports carry titles above it.
    pub(super) fn below_titles(&self, rows: usize) -> Option<Self> {
        match self {
            Self::Csv(csv) => csv.below_titles(rows).map(Self::Csv),
            Self::Sheet(sheet) => sheet.below_titles(rows).map(Self::Sheet),
            Self::Json(_) => None,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        let mut any = false;
        self.each_row(&mut |_| {
            any = true;
            false
        });
        !any
    }

    pub(super) fn count_rows(&self) -> usize {
        let mut count = 0;
        self.each_row(&mut |_| {
            count += 1;
            true
        });
        count
    }

    /// Calls `each` with the rows in order until it returns false.
    pub(super) fn each_row(&self, each: &mut dyn FnMut(Row<'_>) -> bool) {
        match self {
            Self::Csv(csv) => csv.each_row(each),
            Self::Json(json) => json.each_row(each),
            Self::Sheet(sheet) => sheet.each_row(each),
        }
    }

    /// What of the file is neither a row nor an envelope, and how much of it.
    pub(super) fn left_out(&self) -> &[(String, usize)] {
        match self {
            Self::Csv(_) | Self::Sheet(_) => &[],
            Self::Json(json) => &json.left_out,
        }
    }

    /// Says what of a longer list is missing, where the file tells that it is one page of it.
    pub(super) fn unread_pages(&self, profile: &Profile) -> Option<String> {
        let Self::Json(json) = self else { return None };
        profile.more.iter().find_map(|more| {
            let next = more.next.as_ref().and_then(|next| next_page(json, next));
            next.or_else(|| missing_numbers(json, more)).or_else(|| {
                let total = number(&json.root, more.total.as_ref())?;
                let read = json.count_rows();
                (total > read).then(|| format!("it holds {read} of {total} entries"))
            })
        })
    }
}

/// Where the last page says that there is a next one.
fn next_page(json: &JsonDocument, next: &str) -> Option<String> {
    let value = json.root.get(&header_key(next)).filter(|value| !matches!(value.as_str(), "" | "false"))?;
    let mut value = value.clone();
    if value.chars().count() > 60 {
        value = value.chars().take(60).chain(['…']).collect();
    }
    Some(format!("{next} is \"{value}\""))
}

/// Which of the pages that are numbered are not there.
fn missing_numbers(json: &JsonDocument, more: &More) -> Option<String> {
    let pages = number(&json.root, more.pages.as_ref())?;
    let there: BTreeSet<usize> = json.roots().filter_map(|root| number(root, more.page.as_ref())).collect();
    if there.is_empty() {
        return None;
    }
    let missing: Vec<String> =
        (1..=pages).filter(|page| !there.contains(page)).take(6).map(|n| n.to_string()).collect();
    (!missing.is_empty()).then(|| format!("of {pages} pages these are not there: {}", missing.join(", ")))
}

fn number(root: &BTreeMap<String, String>, key: Option<&String>) -> Option<usize> {
    root.get(&header_key(key?))?.parse().ok()
}
