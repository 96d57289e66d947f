//! Code points of the icons in `assets/fonts/Icons.ttf`, a subset of Phosphor.

pub(super) const CHART_BAR: &str = "\u{e150}";
pub(super) const UPLOAD: &str = "\u{e4c0}";
pub(super) const USERS: &str = "\u{e4d6}";
pub(super) const CHECK: &str = "\u{e184}";
pub(super) const WARNING: &str = "\u{e4e0}";
pub(super) const INFO: &str = "\u{e2ce}";
pub(super) const CLOSE: &str = "\u{e4f6}";
pub(super) const SEARCH: &str = "\u{e30c}";
pub(super) const CARET_DOWN: &str = "\u{e136}";
pub(super) const CARET_UP: &str = "\u{e13c}";
pub(super) const FILE: &str = "\u{e230}";
pub(super) const GEAR: &str = "\u{e270}";
pub(super) const MOON: &str = "\u{e330}";
pub(super) const SUN: &str = "\u{e472}";
pub(super) const UNDO: &str = "\u{e038}";
pub(super) const RECEIPT: &str = "\u{e3ec}";
pub(super) const SCALES: &str = "\u{e750}";
pub(super) const FILE_TEXT: &str = "\u{e23a}";
