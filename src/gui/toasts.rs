use std::path::{Path, PathBuf};
use std::time::Duration;

use eframe::egui::{Align2, Area, Context, Id, OpenUrl, RichText, Ui, vec2};

use super::theme::{Tokens, size};
use super::{icons, widgets};

/// How long a message stays that asks for nothing, in seconds.
const STAYS: f64 = 8.0;

/// Messages in the corner of the window. Errors stay until they are closed.
#[derive(Debug, Default)]
pub(super) struct Toasts {
    shown: Vec<Toast>,
}

#[derive(Debug)]
struct Toast {
    text: String,
    error: bool,
    folder: Option<PathBuf>,
    since: Option<f64>,
}

impl Toasts {
    pub(super) fn info(&mut self, text: impl Into<String>) {
        self.push(text.into(), false, None);
    }

    pub(super) fn error(&mut self, text: impl Into<String>) {
        self.push(text.into(), true, None);
    }

    /// Something was written into a folder.
    pub(super) fn written(&mut self, text: impl Into<String>, folder: PathBuf) {
        self.push(text.into(), false, Some(folder));
    }

    fn push(&mut self, text: String, error: bool, folder: Option<PathBuf>) {
        self.shown.retain(|toast| toast.text != text);
        self.shown.push(Toast { text, error, folder, since: None });
    }

    pub(super) fn show(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        self.shown.retain(|toast| toast.error || toast.since.is_none_or(|since| now - since < STAYS));
        if self.shown.is_empty() {
            return;
        }
        let mut closed = None;
        Area::new(Id::unique("toasts")).anchor(Align2::RIGHT_BOTTOM, vec2(-20.0, -20.0)).show(ctx, |ui| {
            for (index, toast) in self.shown.iter_mut().enumerate() {
                toast.since.get_or_insert(now);
                if draw(ui, toast) {
                    closed = Some(index);
                }
                ui.add_space(8.0);
            }
        });
        if let Some(index) = closed {
            self.shown.remove(index);
        }
        if self.shown.iter().any(|toast| !toast.error) {
            ctx.request_repaint_after(Duration::from_secs(1));
        }
    }
}

/// Draws a message; true if it is to be closed.
fn draw(ui: &mut Ui, toast: &Toast) -> bool {
    let tokens = Tokens::of(ui);
    let color = if toast.error { tokens.risk.text } else { tokens.good.text };
    widgets::card_frame(ui)
        .show(ui, |ui| {
            ui.set_max_width(420.0);
            ui.horizontal(|ui| {
                let icon = if toast.error { icons::WARNING } else { icons::CHECK };
                ui.label(RichText::new(icon).size(16.0).color(color));
                ui.vertical(|ui| {
                    ui.set_max_width(330.0);
                    ui.label(RichText::new(&toast.text).size(size::BODY));
                    if let Some(folder) = &toast.folder
                        && widgets::link(ui, "Open folder").clicked()
                    {
                        ui.ctx().open_url(OpenUrl::new_tab(file_url(folder)));
                    }
                });
                widgets::icon_button(ui, icons::CLOSE, "Close message").clicked()
            })
            .inner
        })
        .inner
}

/// A path as a link: absolute, with the signs escaped that mean something else in a link.
fn file_url(folder: &Path) -> String {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let text = folder.to_string_lossy().replace('\\', "/");
    let escaped = text.replace('%', "%25").replace(' ', "%20").replace('#', "%23").replace('?', "%3F");
    format!("file://{}{escaped}", if escaped.starts_with('/') { "" } else { "/" })
}
