use eframe::egui::{CursorIcon, Id, Key, Label, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2};
use egui_table::{CellInfo, Column as TableColumn, HeaderCellInfo, HeaderRow, PrefetchInfo, Table, TableDelegate};

use super::{Ask, accounts};
use crate::gui::app::Looks;
use crate::gui::text::accounts as say;
use crate::gui::theme::{Tokens, size};
use crate::gui::{icons, widgets};
use crate::session::Listing;
use crate::view::{AccountId, AccountRow, Chip, Column, Sort};

/// Accounts marked for something to be done with all of them: a bit for each, since it may be a million.
#[derive(Debug, Default)]
pub(in crate::gui) struct Marked {
    bits: Vec<u64>,
    count: usize,
}

impl Marked {
    pub(super) fn all(shown: &[AccountId]) -> Self {
        let mut marked = Self::default();
        shown.iter().for_each(|id| marked.insert(*id));
        marked
    }

    pub(in crate::gui) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes the marks off all but these.
    pub(in crate::gui) fn keep_only(&mut self, shown: &[AccountId]) {
        if !self.is_empty() {
            *self = Self::all(&self.in_order(shown));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    fn contains(&self, id: AccountId) -> bool {
        self.bits.get(id.index() / 64).is_some_and(|bits| bits >> (id.index() % 64) & 1 == 1)
    }

    fn insert(&mut self, id: AccountId) {
        let place = id.index() / 64;
        if self.bits.len() <= place {
            self.bits.resize(place + 1, 0);
        }
        if !self.contains(id)
            && let Some(bits) = self.bits.get_mut(place)
        {
            *bits |= 1 << (id.index() % 64);
            self.count += 1;
        }
    }

    pub(super) fn toggle(&mut self, id: AccountId) {
        match self.bits.get_mut(id.index() / 64) {
            Some(bits) if *bits >> (id.index() % 64) & 1 == 1 => {
                *bits &= !(1 << (id.index() % 64));
                self.count -= 1;
            }
            _ => self.insert(id),
        }
    }

    /// The marked ones among those shown, in their order.
    pub(super) fn in_order(&self, shown: &[AccountId]) -> Vec<AccountId> {
        shown.iter().copied().filter(|id| self.contains(*id)).collect()
    }

    /// All from the one chosen last to this one.
    fn extend(&mut self, shown: &[AccountId], from: Option<usize>, to: usize) {
        let from = from.unwrap_or(to);
        shown.iter().take(from.max(to) + 1).skip(from.min(to)).for_each(|id| self.insert(*id));
    }
}

/// Width of the boxes that mark.
const MARKS: f32 = 30.0;

fn width(column: Column) -> f32 {
    match column {
        Column::App => 78.0,
        Column::Account => 212.0,
        Column::Name => 124.0,
        Column::Finding => 92.0,
        Column::Person => 164.0,
        Column::MatchedBy => 104.0,
        Column::LastActive => 96.0,
        Column::Cost => 84.0,
    }
}

/// The table asks every cell for its width once; texts that are cut to fit have none of their own.
fn sized(ui: &mut Ui, width: f32) -> bool {
    if ui.is_sizing_pass() {
        ui.allocate_space(vec2(width, 1.0));
    }
    ui.is_sizing_pass()
}

pub(super) fn table(ui: &mut Ui, listing: &Listing, looks: &mut Looks, columns: &[Column], asks: &mut Vec<Ask>) {
    if listing.accounts.shown.is_empty() {
        let any = listing.accounts.chips.iter().any(|chip| chip.chip != Chip::All);
        accounts::nothing(ui, any, asks);
        return;
    }
    let marks = TableColumn::new(MARKS).range(MARKS..=MARKS).resizable(false).id(Id::unique("marks"));
    // Widths are remembered by name, whatever stands between.
    let column = |column: &Column| {
        let named = TableColumn::new(width(*column)).id(Id::unique(column.title()));
        named.range(50.0..=600.0).resizable(true)
    };
    let all: Vec<TableColumn> = std::iter::once(marks).chain(columns.iter().map(column)).collect();
    let reveal = std::mem::take(&mut looks.reveal).then_some(looks.selected).flatten();
    let mut delegate = Rows { listing, looks, columns, asks, rows: Vec::new(), first: 0 };
    let mut table = Table::new()
        .id_salt("accounts")
        .num_rows(listing.accounts.shown.len() as u64)
        .columns(all)
        .num_sticky_cols(1)
        .headers(vec![HeaderRow::new(34.0)]);
    if let Some(row) = reveal {
        table = table.scroll_to_row(row as u64, None);
    }
    // Rows are told apart by their own lines; columns need none.
    ui.visuals_mut().widgets.noninteractive.bg_stroke = Stroke::NONE;
    table.show(ui, &mut delegate);
}

struct Rows<'a> {
    listing: &'a Listing,
    looks: &'a mut Looks,
    columns: &'a [Column],
    asks: &'a mut Vec<Ask>,
    /// The rows in view, put into words once a frame.
    rows: Vec<(AccountId, AccountRow)>,
    first: u64,
}

impl Rows<'_> {
    fn row(&self, number: u64) -> Option<&(AccountId, AccountRow)> {
        self.rows.get(usize::try_from(number.checked_sub(self.first)?).ok()?)
    }

    /// The column at a place; `None` for the boxes before them.
    fn column(&self, place: usize) -> Option<Column> {
        self.columns.get(place.checked_sub(1)?).copied()
    }

    fn sort_by(&mut self, column: Column) {
        let descending = self.looks.sort.is_some_and(|sort| sort.column == column && !sort.descending);
        self.looks.sort = Some(Sort { column, descending });
        self.asks.push(Ask::Relist);
    }

    /// The box that marks all, or none.
    fn mark_all(&mut self, ui: &mut Ui) {
        if sized(ui, MARKS) {
            return;
        }
        let tokens = Tokens::of(ui);
        let (marked, shown) = (self.looks.marked.len(), self.listing.accounts.shown.len());
        let (icon, color) = match marked {
            0 => (icons::BOX, tokens.dim),
            all if all == shown => (icons::BOX_CHECKED, tokens.accent),
            _ => (icons::BOX_SOME, tokens.accent),
        };
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click());
        let font = crate::gui::theme::regular(size::PAGE);
        ui.painter().text(rect.center(), eframe::egui::Align2::CENTER_CENTER, icon, font, color);
        ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.0, tokens.line));
        let name = if marked > 0 { say::MARK_NONE } else { say::MARK_ALL };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        widgets::focus_ring(ui, &response);
        if response.on_hover_text(name).clicked() {
            self.looks.marked = if marked > 0 { Marked::default() } else { Marked::all(&self.listing.accounts.shown) };
        }
    }

    fn mark(&mut self, ui: &mut Ui, row: u64) {
        let Some((id, said)) = self.row(row) else { return };
        let (id, name) = (*id, say::mark(&said.account, &said.app));
        if sized(ui, MARKS) {
            return;
        }
        let tokens = Tokens::of(ui);
        let on = self.looks.marked.contains(id);
        let response = ui.interact(ui.max_rect(), ui.scope_id().with("mark"), Sense::CLICK);
        let (icon, color) = if on { (icons::BOX_CHECKED, tokens.accent) } else { (icons::BOX, tokens.faint) };
        let font = crate::gui::theme::regular(size::PAGE);
        ui.painter().text(ui.max_rect().center(), eframe::egui::Align2::CENTER_CENTER, icon, font, color);
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &name));
        if response.clicked() {
            let to = usize::try_from(row).unwrap_or(0);
            if ui.input(|input| input.modifiers.shift) {
                self.looks.marked.extend(&self.listing.accounts.shown, self.looks.selected, to);
            } else {
                self.looks.marked.toggle(id);
            }
            self.choose(to);
        }
    }

    fn choose(&mut self, row: usize) {
        self.looks.selected = Some(row);
        self.looks.by_hand = true;
    }
}

impl TableDelegate for Rows<'_> {
    fn prepare(&mut self, info: &PrefetchInfo) {
        self.first = info.visible_rows.start;
        let wanted =
            info.visible_rows.clone().filter_map(|row| self.listing.accounts.shown.get(usize::try_from(row).ok()?));
        self.rows = wanted.map(|id| (*id, AccountRow::new(&self.listing.snapshot.analysis, *id))).collect();
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let Some(column) = self.column(cell.col_range.start) else {
            self.mark_all(ui);
            return;
        };
        if sized(ui, width(column)) {
            return;
        }
        let tokens = Tokens::of(ui);
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click());
        ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.0, tokens.line));
        let mut inside = ui.new_child(
            UiBuilder::new()
                .max_rect(rect.shrink2(vec2(8.0, 0.0)))
                .layout(widgets::cell_layout(column == Column::Cost)),
        );
        inside.add(Label::new(RichText::new(column.title()).color(tokens.dim)).truncate());
        if let Some(sort) = self.looks.sort.filter(|sort| sort.column == column) {
            let icon = if sort.descending { icons::CARET_DOWN } else { icons::CARET_UP };
            inside.label(RichText::new(icon).color(tokens.accent));
        }
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, say::sort_by(column.title())));
        widgets::focus_ring(ui, &response);
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            self.sort_by(column);
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, number: u64) {
        let tokens = Tokens::of(ui);
        let rect = ui.max_rect();
        let marked = self.row(number).is_some_and(|(id, _)| self.looks.marked.contains(*id));
        if self.looks.selected == usize::try_from(number).ok() {
            ui.painter().rect_filled(rect, 0.0, tokens.accent_bg);
        } else if marked || ui.rect_contains_pointer(rect) {
            ui.painter().rect_filled(rect, 0.0, tokens.selection);
        }
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, tokens.grid));
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let Some(column) = self.column(cell.col_nr) else {
            self.mark(ui, cell.row_nr);
            return;
        };
        let Some((_, row)) = self.row(cell.row_nr) else { return };
        if sized(ui, width(column)) {
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
                inside.add(Label::new(RichText::new(row.cell(column)).color(tokens.dim)).truncate());
            }
            _ => {
                inside.add(Label::new(row.cell(column)).truncate());
            }
        }
        if column == Column::Account {
            let name = say::account(&row.account, &row.app, row.finding);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.clone()));
            widgets::focus_ring(ui, &response);
        }
        if response.clicked() {
            let to = usize::try_from(cell.row_nr).unwrap_or(0);
            let modifiers = ui.input(|input| input.modifiers);
            let id = self.row(cell.row_nr).map(|(id, _)| *id);
            // By the keyboard a row is chosen with Enter and marked with the space bar, as with the pointer in its box.
            let by_space = response.has_focus() && ui.input(|input| input.key_pressed(Key::Space));
            match id {
                Some(id) if by_space => self.looks.marked.toggle(id),
                Some(_) if modifiers.shift => {
                    self.looks.marked.extend(&self.listing.accounts.shown, self.looks.selected, to);
                }
                Some(id) if modifiers.command => self.looks.marked.toggle(id),
                _ => {}
            }
            self.choose(to);
        }
    }

    fn default_row_height(&self) -> f32 {
        widgets::ROW
    }
}
