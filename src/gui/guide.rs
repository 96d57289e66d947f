use eframe::egui::{
    Align, Align2, Area, Context, CornerRadius, Frame, Id, Layout, Margin, Order, RichText, Stroke, vec2,
};

use super::text::guide as say;
use super::theme::{CARD_RADIUS, Tokens, semibold, size};
use super::{Screen, widgets};

/// A walk through the screens, for somebody who sees them for the first time.
#[derive(Debug, Default)]
pub(super) struct Guide {
    at: usize,
    /// How high it was drawn.
    height: f32,
}

/// Where the walk leads, in the order of [`say::STEPS`].
const SCREENS: [Screen; 6] =
    [Screen::Overview, Screen::Accounts, Screen::Review, Screen::Contracts, Screen::Scenarios, Screen::Imports];

/// What comes of a frame of it.
pub(super) enum Walk {
    /// It stays where it is.
    Stay,
    /// It goes on to a screen.
    To(Screen),
    /// It is over.
    End,
}

const WIDTH: f32 = 340.0;

impl Guide {
    /// Where it begins.
    pub(super) fn first() -> Screen {
        SCREENS[0]
    }

    /// How much of the corner it takes.
    pub(super) fn height(&self) -> f32 {
        self.height + 8.0
    }

    /// Draws the step, at the lower right; on the sample it says what that is.
    pub(super) fn show(&mut self, ctx: &Context, sample: bool) -> Walk {
        let tokens = Tokens::of_context(ctx);
        let Some((title, text)) = say::STEPS.get(self.at) else { return Walk::End };
        let last = self.at + 1 == SCREENS.len();
        let mut walk = Walk::Stay;
        let area = Area::new(Id::unique("guide")).order(Order::Foreground);
        let shown = area.anchor(Align2::RIGHT_BOTTOM, vec2(-24.0, -24.0)).show(ctx, |ui| {
            let frame = Frame::new()
                .fill(tokens.panel)
                .stroke(Stroke::new(1.5, tokens.accent))
                .corner_radius(CornerRadius::same(CARD_RADIUS))
                .inner_margin(Margin::symmetric(16, 14));
            frame.show(ui, |ui| {
                ui.set_width(WIDTH);
                ui.horizontal(|ui| {
                    ui.label(RichText::new(*title).font(semibold(size::CARD)));
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        widgets::dim(ui, say::step(self.at + 1, SCREENS.len()));
                    });
                });
                ui.add_space(2.0);
                if sample && self.at == 0 {
                    widgets::dim(ui, say::SAMPLE);
                }
                widgets::dim(ui, *text);
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    let next = if last { say::DONE } else { say::NEXT };
                    if widgets::primary_button(ui, next).clicked() {
                        self.at += 1;
                        walk = SCREENS.get(self.at).map_or(Walk::End, |screen| Walk::To(*screen));
                    }
                    if self.at > 0 && widgets::button(ui, say::BACK).clicked() {
                        self.at -= 1;
                        walk = Walk::To(SCREENS[self.at]);
                    }
                    if !last {
                        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                            if widgets::link(ui, say::SKIP).clicked() {
                                walk = Walk::End;
                            }
                        });
                    }
                });
            });
        });
        self.height = shown.response.rect.height();
        walk
    }
}
