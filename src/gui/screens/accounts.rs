use eframe::egui::{
    Align, ComboBox, CursorIcon, Event, Key, Label, Layout, Margin, Modifiers, RichText, Role, ScrollArea, Sense,
    Stroke, TextEdit, Ui, UiBuilder, WidgetInfo, vec2,
};
use egui_table::{CellInfo, Column as TableColumn, HeaderCellInfo, HeaderRow, PrefetchInfo, Table, TableDelegate};

use super::Ask;
use crate::gui::app::Looks;
use crate::gui::theme::{CARD_GAP, Tokens, semibold, size};
use crate::gui::{icons, widgets};
use crate::session::Listing;
use crate::view::{AccountDetail, AccountId, AccountRow, Chip, Column, Sort};
use crate::workspace::{AccountKey, Exemption, Verdict};

const DETAIL: f32 = 300.0;

/// Which accounts exactly.
pub(in crate::gui) fn accounts(ui: &mut Ui, listing: &Listing, looks: &mut Looks) -> Vec<Ask> {
    let mut asks = Vec::new();
    filters(ui, listing, looks, &mut asks);
    ui.add_space(CARD_GAP - 4.0);
    keys(ui, listing, looks, &mut asks);
    let space = ui.available_size() - vec2(0.0, 26.0);
    // In a narrow window the table has all the room until an account is chosen.
    let detail = space.x > 1000.0 || looks.selected.is_some();
    let table_width = if detail { space.x - DETAIL - CARD_GAP } else { space.x };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = CARD_GAP;
        let (rect, _) = ui.allocate_exact_size(vec2(table_width, space.y), Sense::hover());
        let frame = widgets::card_frame(ui).inner_margin(Margin::symmetric(8, 6));
        let mut inside = ui.new_child(UiBuilder::new().id_salt("table").max_rect(rect));
        frame.show(&mut inside, |ui| {
            ui.set_min_size(rect.size() - vec2(18.0, 14.0));
            ui.set_max_size(rect.size() - vec2(18.0, 14.0));
            table(ui, listing, looks, &mut asks);
        });
        if detail {
            let (rect, _) = ui.allocate_exact_size(vec2(DETAIL, space.y), Sense::hover());
            let frame = widgets::card_frame(ui);
            let layout = Layout::top_down(Align::Min);
            let mut inside = ui.new_child(UiBuilder::new().id_salt("detail").max_rect(rect).layout(layout));
            frame.show(&mut inside, |ui| {
                ui.set_min_size(rect.size() - vec2(34.0, 30.0));
                ui.set_max_size(rect.size() - vec2(34.0, 30.0));
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| about(ui, listing, looks, &mut asks));
            });
        }
    });
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        widgets::dim(ui, listing.summary.clone());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            widgets::dim(ui, "↑ ↓ choose · Ctrl C copy the row · Ctrl F search");
        });
    });
    asks
}

fn filters(ui: &mut Ui, listing: &Listing, looks: &mut Looks, asks: &mut Vec<Ask>) {
    let mut changed = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
        for chip in &listing.accounts.chips {
            // A part of the orphaned ones: it is shown once something has led to it.
            if chip.chip == Chip::OrphanedAdmin && looks.filter.chip != chip.chip {
                continue;
            }
            if widgets::filter_chip(ui, &chip.label, looks.filter.chip == chip.chip).clicked() {
                looks.choose(chip.chip);
                changed = true;
            }
        }
        let said = looks.filter.app.clone().unwrap_or_else(|| "any".into());
        ComboBox::from_id_salt("app").selected_text(format!("App: {said}")).width(118.0).show_ui(ui, |ui| {
            changed |= ui.selectable_value(&mut looks.filter.app, None, "any").clicked();
            for app in &listing.accounts.apps {
                changed |= ui.selectable_value(&mut looks.filter.app, Some(app.clone()), app).clicked();
            }
        });
        if widgets::filter_chip(ui, "Paid seats only", looks.filter.paid_only).clicked() {
            looks.filter.paid_only = !looks.filter.paid_only;
            changed = true;
        }
    });
    if changed {
        asks.push(Ask::Relist);
    }
}

/// Arrow keys choose, copying takes the chosen row.
fn keys(ui: &Ui, listing: &Listing, looks: &mut Looks, asks: &mut Vec<Ask>) {
    if ui.memory(|memory| memory.focused().is_some()) {
        return;
    }
    let last = listing.accounts.shown.len().saturating_sub(1);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        looks.selected = Some(looks.selected.map_or(0, |row| (row + 1).min(last)));
    }
    if pressed(Key::ArrowUp) {
        looks.selected = Some(looks.selected.map_or(0, |row| row.saturating_sub(1)));
    }
    let copy = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)));
    if copy && let Some(id) = looks.selected.and_then(|row| listing.accounts.shown.get(row)) {
        let row = AccountRow::new(&listing.snapshot.analysis, *id);
        let cells: Vec<&str> = Column::ALL.iter().map(|column| text(&row, *column)).collect();
        asks.push(Ask::Copy(cells.join("\t")));
    }
}

fn text(row: &AccountRow, column: Column) -> &str {
    match column {
        Column::App => &row.app,
        Column::Account => &row.account,
        Column::Name => &row.name,
        Column::Finding => row.finding,
        Column::Person => &row.person,
        Column::MatchedBy => &row.matched_by,
        Column::LastActive => &row.last_active,
        Column::Cost => &row.cost,
    }
}

fn width(column: Column) -> f32 {
    match column {
        Column::App => 78.0,
        Column::Account => 208.0,
        Column::Name => 128.0,
        Column::Finding => 92.0,
        Column::Person => 176.0,
        Column::MatchedBy => 110.0,
        Column::LastActive => 96.0,
        Column::Cost => 80.0,
    }
}

/// The table asks every cell for its width once; texts that are cut to fit have none of their own.
fn sized(ui: &mut Ui, column: Column) -> bool {
    if ui.is_sizing_pass() {
        ui.allocate_space(vec2(width(column), 1.0));
    }
    ui.is_sizing_pass()
}

fn table(ui: &mut Ui, listing: &Listing, looks: &mut Looks, asks: &mut Vec<Ask>) {
    if listing.accounts.shown.is_empty() {
        ui.add_space(24.0);
        ui.vertical_centered(|ui| {
            ui.label(RichText::new("No account fits").font(semibold(size::CARD)));
            widgets::dim(ui, "Take a filter off, or search for something else.");
        });
        return;
    }
    let selected = looks.selected;
    let columns: Vec<TableColumn> =
        Column::ALL.iter().map(|column| TableColumn::new(width(*column)).range(50.0..=600.0).resizable(true)).collect();
    let mut delegate = Rows { listing, looks, asks, rows: Vec::new(), first: 0 };
    let mut table = Table::new()
        .id_salt("accounts")
        .num_rows(listing.accounts.shown.len() as u64)
        .columns(columns)
        .num_sticky_cols(1)
        .headers(vec![HeaderRow::new(34.0)]);
    let moved = ui.input(|input| input.key_down(Key::ArrowDown) || input.key_down(Key::ArrowUp));
    if moved && let Some(row) = selected {
        table = table.scroll_to_row(row as u64, None);
    }
    // Rows are told apart by their own lines; columns need none.
    ui.visuals_mut().widgets.noninteractive.bg_stroke = Stroke::NONE;
    table.show(ui, &mut delegate);
}

struct Rows<'a> {
    listing: &'a Listing,
    looks: &'a mut Looks,
    asks: &'a mut Vec<Ask>,
    /// The rows in view, put into words once a frame.
    rows: Vec<AccountRow>,
    first: u64,
}

impl Rows<'_> {
    fn row(&self, number: u64) -> Option<&AccountRow> {
        self.rows.get(usize::try_from(number.checked_sub(self.first)?).ok()?)
    }

    fn sort_by(&mut self, column: Column) {
        let descending = self.looks.sort.is_some_and(|sort| sort.column == column && !sort.descending);
        self.looks.sort = Some(Sort { column, descending });
        self.asks.push(Ask::Relist);
    }
}

impl TableDelegate for Rows<'_> {
    fn prepare(&mut self, info: &PrefetchInfo) {
        self.first = info.visible_rows.start;
        let wanted =
            info.visible_rows.clone().filter_map(|row| self.listing.accounts.shown.get(usize::try_from(row).ok()?));
        self.rows = wanted.map(|id| AccountRow::new(&self.listing.snapshot.analysis, *id)).collect();
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let Some(column) = Column::ALL.get(cell.col_range.start).copied() else { return };
        if sized(ui, column) {
            return;
        }
        let tokens = Tokens::of(ui);
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click());
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, tokens.line));
        let mut inside = ui.new_child(
            UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 0.0))).layout(Layout::left_to_right(Align::Center)),
        );
        inside.add(Label::new(RichText::new(column.title()).color(tokens.dim)).truncate());
        if let Some(sort) = self.looks.sort.filter(|sort| sort.column == column) {
            let icon = if sort.descending { icons::CARET_DOWN } else { icons::CARET_UP };
            inside.label(RichText::new(icon).color(tokens.accent));
        }
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Sort by {}", column.title())));
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            self.sort_by(column);
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, number: u64) {
        let tokens = Tokens::of(ui);
        let rect = ui.max_rect();
        if self.looks.selected == usize::try_from(number).ok() {
            ui.painter().rect_filled(rect, 0.0, tokens.accent_bg);
        } else if ui.rect_contains_pointer(rect) {
            ui.painter().rect_filled(rect, 0.0, tokens.selection);
        }
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, tokens.line));
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let (Some(column), Some(row)) = (Column::ALL.get(cell.col_nr).copied(), self.row(cell.row_nr)) else { return };
        if sized(ui, column) {
            return;
        }
        let tokens = Tokens::of(ui);
        // One stop for the keyboard in each row; the other cells take the pointer alone.
        let sense = if column == Column::Account { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(ui.max_rect(), ui.scope_id().with("cell"), sense);
        let layout = widgets::cell_layout(column == Column::Cost);
        let mut inside = ui.new_child(UiBuilder::new().max_rect(ui.max_rect().shrink2(vec2(8.0, 0.0))).layout(layout));
        match column {
            Column::Finding => {
                let colors = if row.review { (tokens.labor.text, tokens.labor.chip) } else { tokens.kind(row.kind) };
                widgets::chip(&mut inside, row.finding, colors);
            }
            Column::MatchedBy | Column::LastActive => {
                inside.add(Label::new(RichText::new(text(row, column)).color(tokens.dim)).truncate());
            }
            _ => {
                inside.add(Label::new(text(row, column)).truncate());
            }
        }
        if column == Column::Account {
            let name = format!("{} in {}: {}", row.account, row.app, row.finding);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.clone()));
            widgets::focus_ring(ui, &response);
        }
        if response.clicked() {
            self.looks.selected = usize::try_from(cell.row_nr).ok();
        }
    }

    fn default_row_height(&self) -> f32 {
        widgets::ROW
    }
}

fn about(ui: &mut Ui, listing: &Listing, looks: &mut Looks, asks: &mut Vec<Ask>) {
    let Some(id) = looks.selected.and_then(|row| listing.accounts.shown.get(row)) else {
        widgets::card_title(ui, "Choose an account");
        widgets::dim(ui, "Here stands whose it is, why the program thinks so, and what the finding rests on.");
        return;
    };
    let tokens = Tokens::of(ui);
    let detail = AccountDetail::new(&listing.snapshot.analysis, *id);
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.add(Label::new(RichText::new(&detail.account).font(semibold(size::CARD))).wrap());
    widgets::dim(ui, detail.about.clone());
    ui.add_space(10.0);
    if let Some(person) = &detail.person {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(person).font(semibold(size::CARD)));
            if let Some((status, tone)) = detail.person_status {
                widgets::chip(ui, status, tokens.tone(tone));
            }
        });
        for line in &detail.person_about {
            widgets::dim(ui, line.clone());
        }
        ui.add_space(10.0);
    }
    widgets::card_title(ui, &detail.match_title);
    let lines = detail.evidence.iter().map(|line| (line, false)).chain(detail.rivals.iter().map(|line| (line, true)));
    for ((said, weight), rival) in lines {
        let color = if rival { tokens.dim } else { tokens.text };
        let said = if rival { format!("Next best: {said}") } else { said.clone() };
        ui.horizontal_top(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                ui.label(RichText::new(weight).color(color));
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    ui.add(Label::new(RichText::new(said).color(color)).wrap());
                });
            });
        });
        ui.separator();
    }
    ui.add_space(6.0);
    widgets::card_title(ui, &detail.finding_title);
    widgets::dim(ui, detail.reason.clone());
    if !detail.cost.is_empty() {
        widgets::dim(ui, detail.cost.clone());
    }
    ui.add_space(10.0);
    widgets::card_title(ui, "Where it stands");
    widgets::dim(ui, detail.source.clone());
    ui.add_space(10.0);
    actions(ui, listing, *id, &detail, &mut looks.acting, asks);
}

/// What is being filled in about an account.
#[derive(Debug, Default)]
pub(in crate::gui) struct Acting {
    /// Of which account; another one begins anew.
    about: Option<AccountKey>,
    keeping: bool,
    reason: String,
    until: String,
    answers: String,
}

/// Whose it is, who answers for it, and whether it is kept.
fn actions(
    ui: &mut Ui,
    listing: &Listing,
    id: AccountId,
    detail: &AccountDetail,
    acting: &mut Acting,
    asks: &mut Vec<Ask>,
) {
    let analysis = &listing.snapshot.analysis;
    let key = analysis.roster.key(id);
    if acting.about.as_ref() != Some(&key) {
        let answers = detail.answers.clone().unwrap_or_default();
        *acting = Acting { about: Some(key), answers, ..Acting::default() };
    }
    let mut settle = |change| asks.push(Ask::Settle(Box::new(change)));
    widgets::card_title(ui, "What to do with it");
    if let Some(exemption) = &detail.exemption {
        widgets::dim(ui, format!("Kept: {exemption}"));
    }
    if detail.answers.is_some() {
        let label = ui.label("Answers for it");
        ui.horizontal(|ui| {
            let edit = TextEdit::singleline(&mut acting.answers).hint_text("a person or a team").desired_width(150.0);
            ui.add(edit.margin(Margin::symmetric(8, 6))).labelled_by(label.id);
            if widgets::button(ui, "Save").clicked() {
                let verdict = Verdict::Service { owner: acting.answers.trim().to_owned() };
                settle(analysis.decide(id, Some(verdict)));
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        if detail.person.is_some() && widgets::button(ui, "Not this person").clicked() {
            settle(analysis.decide(id, Some(Verdict::Nobody)));
        }
        if detail.answers.is_none() && widgets::button(ui, "Service account").clicked() {
            settle(analysis.decide(id, Some(Verdict::Service { owner: String::new() })));
        }
        if detail.is_decided && widgets::button(ui, "Take the decision back").clicked() {
            settle(analysis.decide(id, None));
        }
        match detail.exemption {
            Some(_) if widgets::button(ui, "No longer keep").clicked() => settle(analysis.exempt(id, None)),
            None if !acting.keeping && widgets::button(ui, "Keep…").clicked() => acting.keeping = true,
            _ => {}
        }
    });
    if !acting.keeping || detail.exemption.is_some() {
        return;
    }
    let label = ui.label("Why it is kept");
    ui.add(TextEdit::singleline(&mut acting.reason).margin(Margin::symmetric(8, 6))).labelled_by(label.id);
    let label = ui.label("Until (YYYY-MM-DD, or nothing)");
    ui.add(TextEdit::singleline(&mut acting.until).margin(Margin::symmetric(8, 6))).labelled_by(label.id);
    let until = match acting.until.trim() {
        "" => Ok(None),
        day => day.parse().map(Some),
    };
    let reason = acting.reason.trim().to_owned();
    let ready = !reason.is_empty() && until.is_ok();
    let kept = ui.add_enabled_ui(ready, |ui| widgets::primary_button(ui, "Keep it").clicked()).inner;
    if kept && let Ok(until) = until {
        settle(analysis.exempt(id, Some(Exemption { reason, until })));
        acting.keeping = false;
    } else if until.is_err() {
        widgets::dim(ui, "That is no date; expected one such as 2026-12-31.");
    }
}
