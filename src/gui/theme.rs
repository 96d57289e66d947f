//! Colors, fonts and spacing: the one place where they are written down.

use std::sync::Arc;

use eframe::egui::style::{Selection, WidgetVisuals, Widgets};
use eframe::egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle,
    Theme, Ui, Visuals, vec2,
};

use crate::view::{Kind, Tone};

/// Colors of one meaning: a mark in charts, and a chip with its text.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Bars, dots and lines.
    pub mark: Color32,
    /// Text on the chip and elsewhere.
    pub text: Color32,
    /// The chip.
    pub chip: Color32,
}

/// The colors of a theme. Marks are a color-blind-safe set after Okabe and Ito; a color never carries meaning alone.
#[derive(Clone, Copy, Debug)]
pub struct Tokens {
    /// Behind everything.
    pub bg: Color32,
    /// Cards and side bar.
    pub panel: Color32,
    /// Lines around cards and between rows.
    pub line: Color32,
    /// Lines within charts, quiet chips.
    pub grid: Color32,
    /// Text.
    pub text: Color32,
    /// Text in the background.
    pub dim: Color32,
    /// Ornaments that are no text.
    pub faint: Color32,
    /// What can be acted on.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Behind the chosen entry of the navigation.
    pub accent_bg: Color32,
    /// Behind a chosen row.
    pub selection: Color32,
    /// Paid for nothing.
    pub unused: Mark,
    /// Labor, questions.
    pub labor: Mark,
    /// Access that should not be.
    pub risk: Mark,
    /// As it should be.
    pub good: Mark,
    /// The tier upgrade.
    pub upgrade: Color32,
    /// Text on the bar of the upgrade.
    pub on_upgrade: Color32,
    /// Over everything, while files are held above the window.
    pub scrim: Color32,
    /// Text on it.
    pub on_scrim: Color32,
    /// Over everything, while something else is to be looked at.
    pub veil: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const fn mark(mark: u32, text: u32, chip: u32) -> Mark {
    Mark { mark: rgb(mark), text: rgb(text), chip: rgb(chip) }
}

impl Tokens {
    /// The light theme.
    pub const LIGHT: Self = Self {
        bg: rgb(0xF6F7F9),
        panel: rgb(0xFFFFFF),
        line: rgb(0xE3E6EB),
        grid: rgb(0xEEF0F3),
        text: rgb(0x1B2430),
        dim: rgb(0x5E6B7D),
        faint: rgb(0x8C97A6),
        accent: rgb(0x1F6F5C),
        on_accent: rgb(0xFFFFFF),
        accent_bg: rgb(0xE3F1ED),
        selection: rgb(0xEAF4F1),
        unused: mark(0xE69F00, 0x855600, 0xFFF4DC),
        labor: mark(0x0072B2, 0x00568A, 0xE4F0F8),
        risk: mark(0xD55E00, 0xA33F00, 0xFDEBE1),
        good: mark(0x009E73, 0x00634A, 0xE2F4EE),
        upgrade: rgb(0x8E5BB5),
        on_upgrade: rgb(0xFFFFFF),
        scrim: Color32::from_black_alpha(160),
        on_scrim: rgb(0xFFFFFF),
        veil: Color32::from_black_alpha(60),
    };

    /// The dark theme.
    pub const DARK: Self = Self {
        bg: rgb(0x12161C),
        panel: rgb(0x1A2029),
        line: rgb(0x2A323E),
        grid: rgb(0x242B35),
        text: rgb(0xE6EAF0),
        dim: rgb(0xA3AEBD),
        faint: rgb(0x76828F),
        accent: rgb(0x4FB79C),
        on_accent: rgb(0x12161C),
        accent_bg: rgb(0x1D3630),
        selection: rgb(0x1C2F2B),
        unused: mark(0xF0B429, 0xF5C65B, 0x3A2F14),
        labor: mark(0x56A8DC, 0x7FC4F0, 0x16303F),
        risk: mark(0xF07B3F, 0xFF9E6E, 0x3C2318),
        good: mark(0x3CC79B, 0x5FDBB5, 0x16342A),
        upgrade: rgb(0xB48AD8),
        on_upgrade: rgb(0x12161C),
        scrim: Color32::from_black_alpha(190),
        on_scrim: rgb(0xE6EAF0),
        veil: Color32::from_black_alpha(120),
    };

    /// The colors in force.
    pub fn of(ui: &Ui) -> &'static Self {
        Self::in_theme(ui.visuals().dark_mode)
    }

    /// The colors in force, outside of a panel.
    pub(super) fn of_context(ctx: &Context) -> &'static Self {
        Self::in_theme(ctx.theme() == Theme::Dark)
    }

    fn in_theme(dark: bool) -> &'static Self {
        if dark { &Self::DARK } else { &Self::LIGHT }
    }

    /// Text and chip of a finding.
    pub(super) fn kind(&self, kind: Kind) -> (Color32, Color32) {
        let mark = match kind {
            Kind::Orphaned => self.risk,
            Kind::Unused | Kind::Duplicate => self.unused,
            Kind::InUse => self.good,
            Kind::Service | Kind::External | Kind::Closed | Kind::Unknown => return (self.dim, self.grid),
        };
        (mark.text, mark.chip)
    }

    /// Text and chip of a tone.
    pub(super) fn tone(&self, tone: Tone) -> (Color32, Color32) {
        let mark = match tone {
            Tone::Plain => return (self.text, self.grid),
            Tone::Quiet => return (self.dim, self.grid),
            Tone::Good => self.good,
            Tone::Risk => self.risk,
            Tone::Waste => self.unused,
            Tone::Notice => self.labor,
        };
        (mark.text, mark.chip)
    }
}

/// Space between things, on a grid of 2, 4, 8, 14 and 20.
pub(super) const GAP: f32 = 8.0;
/// Space between cards.
pub(super) const CARD_GAP: f32 = 14.0;
/// Space around a page.
pub(super) const PAGE: f32 = 20.0;
/// Space below a page that is scrolled, beside the one between its cards.
pub(super) const BELOW_PAGE: f32 = PAGE - CARD_GAP;
/// Corners of controls.
pub(super) const RADIUS: u8 = 6;
/// Corners of cards.
pub(super) const CARD_RADIUS: u8 = 8;

/// Sizes of text.
pub(super) mod size {
    pub(in crate::gui) const SMALL: f32 = 11.5;
    pub(in crate::gui) const BODY: f32 = 12.5;
    pub(in crate::gui) const CARD: f32 = 13.0;
    pub(in crate::gui) const PAGE: f32 = 16.0;
    pub(in crate::gui) const FIGURE: f32 = 26.0;
}

/// Text in medium weight.
pub(super) fn medium(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("medium".into()))
}

/// Text in semibold weight.
pub(super) fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("semibold".into()))
}

/// Text in bold weight.
pub(super) fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("bold".into()))
}

/// Text in regular weight.
pub(super) fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Installs fonts and both themes.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    for (theme, tokens) in [(Theme::Light, &Tokens::LIGHT), (Theme::Dark, &Tokens::DARK)] {
        ctx.style_mut_of(theme, |style| {
            style.visuals = visuals(theme, tokens);
            style.text_styles = [
                (TextStyle::Small, regular(size::SMALL)),
                (TextStyle::Body, regular(size::BODY)),
                (TextStyle::Button, medium(size::BODY)),
                (TextStyle::Heading, bold(size::PAGE)),
                (TextStyle::Monospace, regular(size::BODY)),
            ]
            .into();
            style.spacing.item_spacing = vec2(GAP, 4.0);
            style.spacing.button_padding = vec2(12.0, 6.0);
            style.spacing.interact_size.y = 28.0;
            style.spacing.menu_margin = Margin::same(6);
            style.interaction.selectable_labels = false;
            style.interaction.tooltip_delay = 0.3;
        });
    }
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let files: [(&str, &'static [u8]); 5] = [
        ("regular", include_bytes!("../../assets/fonts/Inter-Regular.ttf")),
        ("medium", include_bytes!("../../assets/fonts/Inter-Medium.ttf")),
        ("semibold", include_bytes!("../../assets/fonts/Inter-SemiBold.ttf")),
        ("bold", include_bytes!("../../assets/fonts/Inter-Bold.ttf")),
        ("icons", include_bytes!("../../assets/fonts/Icons.ttf")),
    ];
    for (name, bytes) in files {
        fonts.font_data.insert(name.into(), Arc::new(FontData::from_static(bytes)));
    }
    let with_icons = |name: &str| vec![name.to_owned(), "icons".to_owned()];
    fonts.families.insert(FontFamily::Proportional, with_icons("regular"));
    fonts.families.insert(FontFamily::Monospace, with_icons("regular"));
    for weight in ["medium", "semibold", "bold"] {
        fonts.families.insert(FontFamily::Name(weight.into()), with_icons(weight));
    }
    fonts
}

fn visuals(theme: Theme, tokens: &Tokens) -> Visuals {
    let base = if theme == Theme::Dark { Visuals::dark() } else { Visuals::light() };
    let line = Stroke::new(1.0, tokens.line);
    let widget = |fill: Color32, stroke: Stroke, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: stroke,
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let strong = Stroke::new(1.0, tokens.accent);
    Visuals {
        override_text_color: Some(tokens.text),
        weak_text_color: Some(tokens.dim),
        widgets: Widgets {
            noninteractive: widget(tokens.panel, line, tokens.text),
            inactive: widget(tokens.panel, line, tokens.text),
            hovered: widget(tokens.selection, strong, tokens.text),
            active: widget(tokens.accent_bg, strong, tokens.text),
            open: widget(tokens.accent_bg, line, tokens.text),
        },
        selection: Selection { bg_fill: tokens.accent_bg, stroke: Stroke::new(1.5, tokens.accent) },
        hyperlink_color: tokens.accent,
        faint_bg_color: tokens.bg,
        extreme_bg_color: tokens.panel,
        text_edit_bg_color: Some(tokens.panel),
        code_bg_color: tokens.grid,
        warn_fg_color: tokens.unused.text,
        error_fg_color: tokens.risk.text,
        window_corner_radius: CornerRadius::same(CARD_RADIUS),
        window_shadow: Shadow::NONE,
        window_fill: tokens.panel,
        window_stroke: line,
        menu_corner_radius: CornerRadius::same(CARD_RADIUS),
        panel_fill: tokens.bg,
        popup_shadow: Shadow::NONE,
        ..base
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast of two colors after WCAG 2.1.
    fn contrast(a: Color32, b: Color32) -> f64 {
        let luminance = |color: Color32| {
            let channel = |value: u8| {
                let value = f64::from(value) / 255.0;
                if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
        };
        let (light, dark) = (luminance(a).max(luminance(b)), luminance(a).min(luminance(b)));
        (light + 0.05) / (dark + 0.05)
    }

    #[test]
    fn text_can_be_read() {
        for (name, tokens) in [("light", Tokens::LIGHT), ("dark", Tokens::DARK)] {
            let mut pairs = vec![
                ("text on bg", tokens.text, tokens.bg),
                ("text on panel", tokens.text, tokens.panel),
                ("text on selection", tokens.text, tokens.selection),
                ("dim on bg", tokens.dim, tokens.bg),
                ("dim on panel", tokens.dim, tokens.panel),
                ("dim on grid", tokens.dim, tokens.grid),
                ("dim on selection", tokens.dim, tokens.selection),
                ("accent on panel", tokens.accent, tokens.panel),
                ("accent on its bg", tokens.accent, tokens.accent_bg),
                ("on accent", tokens.on_accent, tokens.accent),
                ("on upgrade", tokens.on_upgrade, tokens.upgrade),
            ];
            for (meaning, mark) in
                [("unused", tokens.unused), ("labor", tokens.labor), ("risk", tokens.risk), ("good", tokens.good)]
            {
                pairs.push((meaning, mark.text, mark.chip));
                pairs.push((meaning, mark.text, tokens.panel));
            }
            for (what, text, behind) in pairs {
                let ratio = contrast(text, behind);
                assert!(ratio >= 4.5, "{name}: {what} has a contrast of {ratio:.2}");
            }
        }
    }
}
