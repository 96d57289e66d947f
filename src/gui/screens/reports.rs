use std::path::PathBuf;
use std::sync::{Arc, Weak};

use eframe::egui::{Color32, FontId, Margin, Rect, Role, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::Ask;
use crate::gui::dialogs::Purpose;
use crate::gui::text::{common, reports as say};
use crate::gui::theme::{BELOW_PAGE, CARD_GAP, GAP, Tokens, regular, semibold};
use crate::gui::{icons, widgets};
use crate::session::{Color, Format, ReportOrder, ReportPages, SHEET, Shape, Snapshot, Weight, data_folder};
use crate::view::{Section, Target};

/// What is to be written, and where.
#[derive(Debug)]
pub(in crate::gui) struct Reporting {
    /// The folder, as it is typed.
    pub(in crate::gui) folder: String,
    /// Where the key to a pseudonymized report goes, as it is typed.
    pub(in crate::gui) key: String,
    /// The pages as they would be printed.
    pub(in crate::gui) pages: Option<Arc<ReportPages>>,
    formats: Vec<Format>,
    sections: Vec<Section>,
    pseudonymize: bool,
    /// What pages were asked for last.
    asked: Option<(Weak<Snapshot>, Vec<Section>)>,
}

impl Default for Reporting {
    fn default() -> Self {
        let documents = directories::UserDirs::new().and_then(|user| user.document_dir().map(PathBuf::from));
        let folder = documents.unwrap_or_else(data_folder).join("truedown-report");
        Self {
            folder: folder.display().to_string(),
            key: String::new(),
            pages: None,
            formats: Format::ALL.to_vec(),
            sections: Section::ALL.to_vec(),
            pseudonymize: false,
            asked: None,
        }
    }
}

impl Reporting {
    fn order(&self) -> ReportOrder {
        let key = Some(self.key.trim()).filter(|key| self.pseudonymize && !key.is_empty());
        ReportOrder {
            formats: self.formats.clone(),
            sections: self.sections.clone(),
            pseudonymize: self.pseudonymize,
            key: key.map(PathBuf::from),
        }
    }

    /// Asks for the pages, where those shown are of something else.
    fn refresh(&mut self, snapshot: &Arc<Snapshot>) -> Option<Ask> {
        let same = |(of, sections): &(Weak<Snapshot>, Vec<Section>)| {
            of.as_ptr() == Arc::as_ptr(snapshot) && *sections == self.sections
        };
        if self.asked.as_ref().is_some_and(same) {
            return None;
        }
        self.asked = Some((Arc::downgrade(snapshot), self.sections.clone()));
        Some(Ask::PreviewReport(self.sections.clone()))
    }
}

/// Width of what is chosen, beside the pages.
const CHOICES: f32 = 400.0;
/// Pages are shown no wider than they are printed.
const WIDEST: f32 = SHEET.0 * 1.25;

/// What can be written and handed on, and how it will look.
pub(in crate::gui) fn reports(ui: &mut Ui, snapshot: &Arc<Snapshot>, looks: &mut Reporting) -> Vec<Ask> {
    let mut asks: Vec<Ask> = looks.refresh(snapshot).into_iter().collect();
    let whole = ui.available_rect_before_wrap();
    let left = Rect::from_min_size(whole.min, vec2(CHOICES.min(whole.width() * 0.48), whole.height()));
    let right = Rect::from_min_max(pos2(left.right() + CARD_GAP, whole.top()), whole.max);
    ui.scope_builder(eframe::egui::UiBuilder::new().max_rect(left), |ui| {
        ScrollArea::vertical().id_salt("choices").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(CARD_GAP, CARD_GAP);
            choices(ui, looks);
            privacy(ui, looks, &mut asks);
            destination(ui, looks, &mut asks);
            ui.add_space(BELOW_PAGE);
        });
    });
    ui.scope_builder(eframe::egui::UiBuilder::new().max_rect(right), |ui| {
        // Paper is white in both themes; what fades into the background would stain it.
        ui.spacing_mut().scroll.fade.strength = 0.0;
        ScrollArea::vertical().id_salt("pages").auto_shrink(false).show(ui, |ui| {
            if snapshot.overview.apps.is_empty() {
                if widgets::empty(ui, icons::FILE_TEXT, say::NOT_YET, say::NOT_YET_WHY, Some(common::IMPORT_FILES)) {
                    asks.push(Ask::Go(Target::Imports));
                }
                return;
            }
            pages(ui, looks);
            ui.add_space(BELOW_PAGE);
        });
    });
    ui.advance_cursor_after_rect(whole);
    asks
}

fn choices(ui: &mut Ui, looks: &mut Reporting) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(GAP, 4.0);
        widgets::card_title(ui, say::FORMATS);
        two_columns(ui, &mut looks.formats, &Format::ALL, |format| (format.title(), format.about()));
        ui.add_space(8.0);
        widgets::card_title(ui, say::SECTIONS);
        two_columns(ui, &mut looks.sections, &Section::ALL, |section| (section.title(), ""));
        widgets::dim(ui, say::SECTIONS_WHY);
    });
}

/// Boxes that take things into a list, which keeps the order of all of them.
fn two_columns<T: Copy + Ord>(
    ui: &mut Ui,
    chosen: &mut Vec<T>,
    all: &[T],
    told: impl Fn(T) -> (&'static str, &'static str),
) {
    let halves = all.split_at(all.len().div_ceil(2));
    ui.columns_const(|[left, right]| {
        for (column, half) in [(left, halves.0), (right, halves.1)] {
            for of in half {
                let (title, about) = told(*of);
                let mut wanted = chosen.contains(of);
                let response = widgets::checkbox(column, &mut wanted, title);
                if response.clicked() {
                    chosen.retain(|known| known != of);
                    chosen.extend(wanted.then_some(*of));
                    chosen.sort_unstable();
                }
                if !about.is_empty() {
                    response.on_hover_text(about);
                }
            }
        }
    });
}

fn privacy(ui: &mut Ui, looks: &mut Reporting, asks: &mut Vec<Ask>) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(GAP, 6.0);
        widgets::card_title(ui, say::PRIVACY);
        widgets::checkbox(ui, &mut looks.pseudonymize, say::PSEUDONYMIZE);
        if looks.pseudonymize {
            widgets::dim(ui, say::PSEUDONYMIZED);
            path_field(ui, say::KEY_FILE, &mut looks.key, Purpose::KeyFile, asks);
        } else {
            widgets::dim(ui, say::NAMED);
        }
    });
}

fn destination(ui: &mut Ui, looks: &mut Reporting, asks: &mut Vec<Ask>) {
    widgets::card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(GAP, 6.0);
        widgets::card_title(ui, say::WHERE);
        path_field(ui, say::FOLDER, &mut looks.folder, Purpose::ExportFolder, asks);
        let ready = !looks.formats.is_empty() && !looks.folder.trim().is_empty();
        if ui.add_enabled_ui(ready, |ui| widgets::primary_button(ui, say::WRITE)).inner.clicked() {
            asks.push(Ask::Export(PathBuf::from(looks.folder.trim()), Box::new(looks.order())));
        }
        widgets::dim(ui, say::WRITE_WHY);
    });
}

fn path_field(ui: &mut Ui, name: &str, path: &mut String, purpose: Purpose, asks: &mut Vec<Ask>) {
    let label = widgets::dim(ui, name);
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 96.0).max(120.0);
        let field = widgets::field(path).desired_width(width).margin(Margin::symmetric(8, 6));
        ui.add(field).labelled_by(label.id);
        if widgets::button(ui, say::CHOOSE).on_hover_text(say::choose(name)).clicked() {
            asks.push(Ask::Dialog(purpose));
        }
    });
}

fn pages(ui: &mut Ui, looks: &Reporting) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = CARD_GAP;
    let Some(shown) = &looks.pages else {
        widgets::dim(ui, say::LAYING_OUT);
        return;
    };
    // A wider window shows the pages in the middle of the space there is.
    let width = (ui.available_width() - 2.0).min(WIDEST);
    let aside = (ui.available_width() - width) / 2.0;
    let scale = width / SHEET.0;
    let many = shown.len();
    for (number, shapes) in shown.iter().enumerate() {
        let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), SHEET.1 * scale), Sense::hover());
        let sheet = Rect::from_min_size(place.min + vec2(aside, 1.0), vec2(width, SHEET.1 * scale - 2.0));
        let name = say::page(number + 1, many);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
        if ui.is_rect_visible(sheet) {
            // Paper is white, whatever the theme.
            ui.painter().rect_filled(sheet, 2.0, Color32::WHITE);
            ui.painter().rect_stroke(sheet, 2.0, (1.0, tokens.line), StrokeKind::Outside);
            shapes.iter().for_each(|shape| draw(ui, sheet, scale, shape));
        }
    }
}

fn draw(ui: &Ui, sheet: Rect, scale: f32, shape: &Shape) {
    let at = |x: f32, y: f32| sheet.min + vec2(x, y) * scale;
    let color = |Color(red, green, blue): &Color| Color32::from_rgb(*red, *green, *blue);
    match shape {
        Shape::Box { x, y, width, height, color: fill } => {
            let size = vec2(*width, *height) * scale;
            ui.painter().rect_filled(Rect::from_min_size(at(*x, *y), size.max(vec2(0.5, 0.5))), 0.0, color(fill));
        }
        Shape::Text { x, y, size, weight, color: ink, text } => {
            let size = size * scale;
            let font: FontId = match weight {
                Weight::Regular => regular(size),
                Weight::Bold => semibold(size),
            };
            let galley = ui.painter().layout_no_wrap(text.clone(), font, color(ink));
            // The place is that of the baseline.
            let ascent = galley.rows.first().and_then(|row| row.glyphs.first()).map_or(size, |glyph| glyph.pos.y);
            ui.painter().galley(at(*x, *y) - vec2(0.0, ascent), galley, color(ink));
        }
    }
}
