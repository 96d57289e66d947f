use std::path::{Path, PathBuf};
use std::time::Duration;

use eframe::egui::{Align2, Area, Context, Id, OpenUrl, Order, RichText, Ui, vec2};

use super::text::toasts as say;
use super::theme::{Tokens, size};
use super::{icons, widgets};
use crate::session::Command;

/// How long a message stays, in seconds.
const STAYS: f64 = 8.0;
/// How long one about an error stays that is not closed.
const ERROR_STAYS: f64 = 30.0;

/// Messages in the corner of the window.
#[derive(Debug, Default)]
pub(super) struct Toasts {
    shown: Vec<Toast>,
}

#[derive(Debug)]
struct Toast {
    text: String,
    error: bool,
    offer: Offer,
    since: Option<f64>,
}

/// What a message offers.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Offer {
    Nothing,
    /// To open the folder something was written into.
    Folder(PathBuf),
    /// To take back what was changed by the last of so many steps.
    Undo(usize),
    /// To do again what was taken back.
    Redo,
}

impl Toasts {
    pub(super) fn info(&mut self, text: impl Into<String>) {
        self.push(text.into(), false, Offer::Nothing);
    }

    pub(super) fn error(&mut self, text: impl Into<String>) {
        self.push(text.into(), true, Offer::Nothing);
    }

    /// Something was written into a folder.
    pub(super) fn written(&mut self, text: impl Into<String>, folder: PathBuf) {
        self.push(text.into(), false, Offer::Folder(folder));
    }

    /// Something was changed by the last of so many steps.
    pub(super) fn changed(&mut self, text: impl Into<String>, steps: usize) {
        self.forget_steps();
        self.push(text.into(), false, Offer::Undo(steps));
    }

    /// Something was taken back.
    pub(super) fn taken_back(&mut self, text: impl Into<String>) {
        self.forget_steps();
        self.push(text.into(), false, Offer::Redo);
    }

    /// Only the last step can be taken back from here.
    pub(super) fn forget_steps(&mut self) {
        self.shown.retain(|toast| !matches!(toast.offer, Offer::Undo(_) | Offer::Redo));
    }

    fn push(&mut self, text: String, error: bool, offer: Offer) {
        self.shown.retain(|toast| toast.text != text);
        self.shown.push(Toast { text, error, offer, since: None });
    }

    /// Draws the messages above what else stands in their corner; returns the step asked for on one of them.
    pub(super) fn show(&mut self, ctx: &Context, above: f32) -> Option<Command> {
        let now = ctx.input(|input| input.time);
        let stays = |toast: &Toast| if toast.error { ERROR_STAYS } else { STAYS };
        self.shown.retain(|toast| toast.since.is_none_or(|since| now - since < stays(toast)));
        if self.shown.is_empty() {
            return None;
        }
        let mut closed = None;
        let mut asked = None;
        Area::new(Id::unique("toasts"))
            .order(Order::Foreground)
            .anchor(Align2::RIGHT_BOTTOM, vec2(-24.0, -24.0 - above))
            .show(ctx, |ui| {
                for (index, toast) in self.shown.iter_mut().enumerate() {
                    toast.since.get_or_insert(now);
                    let (close, step) = draw(ui, toast);
                    if close {
                        closed = Some(index);
                    }
                    if step.is_some() {
                        asked = step;
                    }
                    ui.add_space(8.0);
                }
            });
        if let Some(index) = closed {
            self.shown.remove(index);
        }
        if !self.shown.is_empty() {
            ctx.request_repaint_after(Duration::from_secs(1));
        }
        asked
    }
}

/// Draws a message; whether it is to be closed, and the step that was asked for.
fn draw(ui: &mut Ui, toast: &Toast) -> (bool, Option<Command>) {
    let tokens = Tokens::of(ui);
    let color = if toast.error { tokens.risk.text } else { tokens.good.text };
    let mut asked = None;
    let close = widgets::card_frame(ui)
        .show(ui, |ui| {
            ui.set_max_width(420.0);
            ui.horizontal(|ui| {
                let icon = if toast.error { icons::WARNING } else { icons::CHECK };
                ui.label(RichText::new(icon).size(16.0).color(color));
                ui.vertical(|ui| {
                    ui.set_max_width(330.0);
                    ui.label(RichText::new(&toast.text).size(size::BODY));
                    match &toast.offer {
                        Offer::Nothing => {}
                        Offer::Folder(folder) => {
                            if widgets::link(ui, say::OPEN_FOLDER).clicked() {
                                ui.ctx().open_url(OpenUrl::new_tab(file_url(folder)));
                            }
                        }
                        Offer::Undo(steps) if widgets::link(ui, say::UNDO_THIS).clicked() => {
                            asked = Some(Command::UndoStep(*steps));
                        }
                        Offer::Redo if widgets::link(ui, say::REDO_THIS).clicked() => asked = Some(Command::Redo),
                        Offer::Undo(_) | Offer::Redo => {}
                    }
                });
                widgets::icon_button(ui, icons::CLOSE, say::CLOSE).clicked()
            })
            .inner
        })
        .inner;
    (close || asked.is_some(), asked)
}

/// A path as a link: absolute, with the signs escaped that mean something else in a link.
fn file_url(folder: &Path) -> String {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let text = folder.to_string_lossy().replace('\\', "/");
    let escaped = text.replace('%', "%25").replace(' ', "%20").replace('#', "%23").replace('?', "%3F");
    format!("file://{}{escaped}", if escaped.starts_with('/') { "" } else { "/" })
}
