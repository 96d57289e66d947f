//! What a view says, as files: CSV, JSON, a self-contained HTML page, a workbook, a PDF. Writes into any writer; opens nothing itself.

mod csv;
mod evidence;
mod fonts;
mod html;
mod html_lists;
mod json;
mod key;
mod manifest;
mod paper;
mod pdf;
mod plans;
mod review;
mod svg;
mod worklist;
mod xlsx;

pub use csv::findings_csv;
pub use evidence::evidence_csv;
pub use fonts::{FontFile, MoreFonts, Weight};
pub use html::report_html;
pub use json::{SCHEMA_VERSION, report_json};
pub use key::key_csv;
pub use manifest::{WrittenFile, manifest_json};
pub use paper::{Color, SHEET, Shape};
pub use pdf::{report_pages, report_pdf};
pub use plans::{catalog_json, plans_json};
pub use review::review_csv;
pub use worklist::worklist_csv;
pub use xlsx::report_xlsx;
