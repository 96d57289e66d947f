use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use eframe::egui::{
    self, CentralPanel, Context, Frame, Id, Margin, Panel, RichText, Stroke, TextEdit, ThemePreference, Ui,
};
use serde::{Deserialize, Serialize};

use super::action::Action;
use super::dialogs::{Answer, Dialogs, Purpose};
use super::palette::{Palette, Picked};
use super::screens::{self, Acting, Ask, Contracting, Editing, Reporting, Reviewing, Setting, Studying};
use super::theme::{self, PAGE, Tokens, bold, size};
use super::toasts::Toasts;
use super::{icons, widgets};
use crate::model::Severity;
use crate::session::{Command, Event, Listing, Placing, Progress, Snapshot, Worker};
use crate::view::{AccountId, Chip, Filter, MappingDraft, SinceLast, Sort, Target, format};
use crate::workspace::ImportId;

/// What the window shows.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Screen {
    /// Nothing is open yet.
    #[default]
    Welcome,
    /// What it costs and what is urgent.
    Overview,
    /// The files.
    Imports,
    /// The accounts.
    Accounts,
    /// Decisions that wait.
    Review,
    /// What is paid, and when it can be less.
    Contracts,
    /// Courses of action.
    Scenarios,
    /// What can be written and handed on.
    Reports,
    /// Thresholds and rules.
    Settings,
}

impl Screen {
    pub(super) const NAVIGATION: [Self; 8] = [
        Self::Overview,
        Self::Imports,
        Self::Accounts,
        Self::Review,
        Self::Contracts,
        Self::Scenarios,
        Self::Reports,
        Self::Settings,
    ];

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Welcome => "Welcome",
            Self::Overview => "Overview",
            Self::Imports => "Imports",
            Self::Accounts => "Accounts",
            Self::Review => "Review",
            Self::Contracts => "Apps & contracts",
            Self::Scenarios => "Scenarios",
            Self::Reports => "Reports",
            Self::Settings => "Settings",
        }
    }

    pub(super) fn icon(self) -> &'static str {
        match self {
            Self::Welcome | Self::Overview => icons::CHART_BAR,
            Self::Imports => icons::UPLOAD,
            Self::Accounts => icons::USERS,
            Self::Review => icons::CHECK,
            Self::Contracts => icons::RECEIPT,
            Self::Scenarios => icons::SCALES,
            Self::Reports => icons::FILE_TEXT,
            Self::Settings => icons::GEAR,
        }
    }
}

/// What is remembered from one start to the next.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Remembered {
    /// Workspaces opened, the last one first.
    pub(super) recent: Vec<PathBuf>,
}

const REMEMBERED: &str = "remembered";
/// Workspaces kept in the list.
const RECENT: usize = 6;

/// State of the screens: nothing of it is about accounts or money.
#[derive(Debug, Default)]
pub(super) struct Looks {
    pub(super) filter: Filter,
    pub(super) sort: Option<Sort>,
    pub(super) selected: Option<usize>,
    /// The file chosen, and its name: its number is another one when it is read anew.
    pub(super) import: Option<(ImportId, String)>,
    /// The file whose columns are being settled.
    pub(super) editing: Option<Editing>,
    /// The unknown file that was left unknown.
    pub(super) left: Option<ImportId>,
    /// What has changed in the chosen file since the last one, asked for once.
    pub(super) since: Option<(ImportId, Option<Arc<SinceLast>>)>,
    pub(super) reviewing: Reviewing,
    pub(super) contracting: Contracting,
    pub(super) studying: Studying,
    pub(super) setting: Setting,
    pub(super) acting: Acting,
    pub(super) reporting: Reporting,
    pub(super) path: String,
}

/// The window.
pub struct App {
    worker: Worker,
    dialogs: Dialogs,
    toasts: Toasts,
    screen: Screen,
    looks: Looks,
    snapshot: Option<Arc<Snapshot>>,
    listing: Option<Arc<Listing>>,
    progress: Option<Progress>,
    /// The layout a dialog was opened for.
    saving: Option<(ImportId, Box<Placing>)>,
    /// Commands sent and not done with.
    waiting: usize,
    remembered: Remembered,
    /// Everything by its name, while it is open.
    palette: Option<Palette>,
}

impl App {
    /// A window on a workspace, or on the welcome screen.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn new(
        ctx: &Context,
        storage: Option<&dyn eframe::Storage>,
        workspace: Option<PathBuf>,
    ) -> std::io::Result<Self> {
        theme::install(ctx);
        let waker = ctx.clone();
        let worker = Worker::start(move || waker.request_repaint())?;
        let remembered = storage.and_then(|storage| eframe::get_value(storage, REMEMBERED)).unwrap_or_default();
        let mut app = Self {
            worker,
            dialogs: Dialogs::new(),
            toasts: Toasts::default(),
            screen: Screen::Welcome,
            looks: Looks::default(),
            snapshot: None,
            listing: None,
            progress: None,
            saving: None,
            waiting: 0,
            remembered,
            palette: None,
        };
        if let Some(path) = workspace {
            app.send(Command::Open(path));
        }
        Ok(app)
    }

    /// Opens a workspace file, or makes it if there is none.
    pub fn open(&mut self, path: PathBuf) {
        self.send(Command::Make(path));
    }

    /// Whether the worker is at work on something asked for.
    pub fn is_waiting(&self) -> bool {
        self.waiting > 0
    }

    /// The screen shown.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    fn send(&mut self, command: Command) {
        self.waiting += 1;
        self.worker.send(command);
    }

    /// Takes in what the worker and the dialogs told. Also called while the window is hidden.
    pub fn take_in(&mut self, ctx: &Context) {
        let events: Vec<Event> = self.worker.events().collect();
        for event in events {
            self.take_event(event);
        }
        match self.dialogs.answer() {
            Some(Answer::Chosen(Purpose::Import, paths)) => self.import(paths),
            Some(Answer::Chosen(Purpose::OpenWorkspace, paths)) => {
                paths.into_iter().take(1).for_each(|path| self.send(Command::Open(path)));
            }
            Some(Answer::Chosen(Purpose::NewWorkspace, paths)) => {
                paths.into_iter().take(1).for_each(|path| self.open(with_ending(path)));
            }
            Some(Answer::Chosen(Purpose::ExportFolder, paths)) => {
                if let Some(path) = paths.first() {
                    self.looks.reporting.folder = path.display().to_string();
                }
            }
            Some(Answer::Chosen(Purpose::KeyFile, paths)) => {
                if let Some(path) = paths.first() {
                    self.looks.reporting.key = path.display().to_string();
                }
            }
            Some(Answer::Chosen(Purpose::SaveLayout, paths)) => {
                let path = paths.into_iter().next();
                if let (Some((id, placing)), Some(path)) = (self.saving.take(), path) {
                    self.send(Command::SaveLayout(id, placing, path.with_extension("toml")));
                }
            }
            Some(Answer::Unavailable) => self.toasts.error(
                "This system shows no file dialog. Drop the files into the window, or type their path on Imports.",
            ),
            Some(Answer::Cancelled) | None => {}
        }
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() {
            self.import(dropped);
        }
    }

    fn take_event(&mut self, event: Event) {
        match event {
            Event::Progress(progress) => self.progress = Some(progress),
            Event::Loaded(snapshot) => {
                self.progress = None;
                let other = self.snapshot.as_ref().is_none_or(|before| before.path != snapshot.path);
                if let Some(path) = &snapshot.path {
                    self.remembered.recent.retain(|known| known != path);
                    self.remembered.recent.insert(0, path.clone());
                    self.remembered.recent.truncate(RECENT);
                }
                if other {
                    self.looks = Looks::default();
                    let empty = snapshot.imports.rows.is_empty();
                    self.screen = if empty { Screen::Imports } else { Screen::Overview };
                }
                let here = |id: ImportId| snapshot.imports.rows.iter().any(|row| row.id == id);
                self.looks.editing = self.looks.editing.take().filter(|editing| here(editing.id));
                self.looks.since = None;
                self.looks.reviewing.renew();
                self.looks.studying.settle(&snapshot);
                self.snapshot = Some(snapshot);
            }
            Event::Drafted(id, draft) => {
                if let Some(editing) = self.looks.editing.as_mut().filter(|editing| editing.id == id) {
                    let placing = draft.placing();
                    editing.draft = Some(MappingDraft::clone(&draft));
                    self.send(Command::Preview(id, Box::new(placing)));
                }
            }
            Event::Previewed(id, preview) => {
                if let Some(editing) = self.looks.editing.as_mut().filter(|editing| editing.id == id) {
                    editing.preview = Some(preview);
                }
            }
            Event::Compared(id, since) => self.looks.since = Some((id, since)),
            Event::LayoutSaved(path) => {
                let folder = path.parent().map(PathBuf::from).unwrap_or_default();
                self.toasts.written(format!("Layout written to {}", path.display()), folder);
            }
            Event::Listed(listing) => {
                // Rows have moved: what stood at the chosen place stands elsewhere, or is gone.
                self.looks.selected = self.chosen_account().and_then(|(app, key)| {
                    let roster = &listing.snapshot.analysis.roster;
                    let is_it = |id: &AccountId| roster.account(*id).key() == key && roster.app(*id).key() == app;
                    listing.accounts.shown.iter().position(is_it)
                });
                self.listing = Some(listing);
            }
            Event::Studied(studied) => self.looks.studying.studied = Some(studied),
            Event::Closed => {
                self.progress = None;
                self.snapshot = None;
                self.listing = None;
                self.looks = Looks::default();
                self.screen = Screen::Welcome;
            }
            Event::Done(count) => self.waiting = self.waiting.saturating_sub(count),
            Event::Noticed(problems) => {
                self.progress = None;
                for problem in problems {
                    let hint = problem.hints.first().map(|hint| format!(" — {hint}")).unwrap_or_default();
                    let place = problem.place.map(|place| format!("{place}: ")).unwrap_or_default();
                    let text = format!("{place}{}{hint}", problem.message);
                    if problem.severity == Severity::Info { self.toasts.info(text) } else { self.toasts.error(text) }
                }
            }
            Event::Stopped => {
                self.progress = None;
                self.toasts.info("Import stopped. Nothing was changed.");
            }
            Event::Found(text, found) => {
                if let Some(palette) = &mut self.palette {
                    palette.take(text, found);
                }
            }
            Event::ReportPreviewed(pages) => self.looks.reporting.pages = Some(pages),
            Event::Exported(paths) => {
                let folder = paths.first().and_then(|path| path.parent()).map(PathBuf::from).unwrap_or_default();
                let count = u32::try_from(paths.len()).unwrap_or(0);
                let text = format!("{} written to {}", format::counted(count, "file", "files"), folder.display());
                self.toasts.written(text, folder);
            }
            Event::Failed(text) => {
                self.progress = None;
                self.toasts.error(text);
            }
            Event::NothingToDo => {
                self.toasts.info("There is nothing to undo or redo.");
            }
        }
    }

    /// The account chosen in the table, by its app's key and its own.
    fn chosen_account(&self) -> Option<(String, String)> {
        let listing = self.listing.as_ref()?;
        let id = *listing.accounts.shown.get(self.looks.selected?)?;
        let roster = &listing.snapshot.analysis.roster;
        Some((roster.app(id).key().to_owned(), roster.account(id).key().to_owned()))
    }

    fn import(&mut self, paths: Vec<PathBuf>) {
        self.screen = Screen::Imports;
        self.send(Command::Import(paths));
    }

    /// Draws the window.
    pub fn show(&mut self, ui: &mut Ui) {
        self.shortcuts(ui);
        let mut asks = Vec::new();
        if self.snapshot.is_none() {
            CentralPanel::default().frame(page_frame(ui)).show(ui, |ui| {
                let waiting = self.waiting > 0;
                asks.extend(screens::welcome(ui, &self.remembered.recent, self.progress.as_ref(), waiting));
            });
        } else {
            self.side_bar(ui);
            self.top_bar(ui, &mut asks);
            self.screen_body(ui, &mut asks);
        }
        self.palette(ui.ctx());
        self.drop_hint(ui.ctx());
        self.toasts.show(ui.ctx());
        for ask in asks {
            self.answer(ask, ui.ctx());
        }
        if self.progress.is_some() {
            ui.ctx().request_repaint_after(Duration::from_millis(100));
        }
    }

    fn shortcuts(&mut self, ui: &Ui) {
        let in_text = ui.ctx().text_edit_focused();
        let pressed = |action: &Action| {
            let keys = action.shortcuts();
            let left_alone = action.is_of_the_toolkit() || (in_text && action.is_of_text());
            !left_alone && ui.input_mut(|input| keys.iter().any(|key| input.consume_shortcut(key)))
        };
        let pressed: Vec<Action> = Action::all().chain([Action::Palette]).filter(pressed).collect();
        for action in pressed {
            self.act(action, ui.ctx());
        }
    }

    /// Does what was asked for by a key, from a menu or by name.
    fn act(&mut self, action: Action, ctx: &Context) {
        let open = self.snapshot.is_some();
        match action {
            Action::Show(screen) if open => self.screen = screen,
            Action::Import => self.dialogs.open(Purpose::Import, ctx),
            Action::New => self.dialogs.open(Purpose::NewWorkspace, ctx),
            Action::Open => self.dialogs.open(Purpose::OpenWorkspace, ctx),
            Action::Close if open => self.send(Command::Close),
            Action::Undo if open => self.send(Command::Undo),
            Action::Redo if open => self.send(Command::Redo),
            Action::SwitchTheme => switch_theme(ctx),
            Action::Find if open => {
                self.screen = Screen::Accounts;
                ctx.memory_mut(|memory| memory.request_focus(Id::unique("search")));
            }
            Action::Palette if open => {
                self.palette = if self.palette.is_some() { None } else { Some(Palette::default()) };
            }
            Action::Larger => egui::gui_zoom::zoom_in(ctx),
            Action::Smaller => egui::gui_zoom::zoom_out(ctx),
            Action::NormalSize => ctx.set_zoom_factor(1.0),
            Action::Show(_) | Action::Close | Action::Undo | Action::Redo | Action::Find | Action::Palette => {}
        }
    }

    fn palette(&mut self, ctx: &Context) {
        let Some(palette) = &mut self.palette else { return };
        let picked = palette.show(ctx);
        if let Some(text) = palette.wants() {
            self.send(Command::Find(text));
        }
        match picked {
            None => return,
            Some(Picked::Nothing) => {}
            Some(Picked::Action(action)) => self.act(action, ctx),
            Some(Picked::Target(target)) => self.answer(Ask::Go(target), ctx),
        }
        self.palette = None;
    }

    /// How many accounts wait for a decision.
    fn reviews(&self) -> Option<String> {
        let waiting = self.snapshot.as_ref().map_or(0, |snapshot| snapshot.review.items.len());
        (waiting > 0).then(|| format::count(u64::try_from(waiting).unwrap_or(u64::MAX)))
    }

    fn side_bar(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let frame = Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(10, 16));
        Panel::left("navigation").resizable(false).exact_size(196.0).frame(frame).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.add_space(10.0);
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.label(RichText::new("true").font(bold(size::PAGE)));
                ui.label(RichText::new("down").font(bold(size::PAGE)).color(tokens.accent));
            });
            ui.add_space(14.0);
            ui.spacing_mut().item_spacing.y = 2.0;
            for screen in Screen::NAVIGATION {
                let chosen = self.screen == screen;
                let badge = (screen == Screen::Review).then(|| self.reviews()).flatten();
                if widgets::nav_item(ui, screen.icon(), screen.title(), badge.as_deref(), chosen).clicked() {
                    self.screen = screen;
                }
            }
            ui.with_layout(egui::Layout::bottom_up(egui::Align::Min), |ui| {
                ui.horizontal(|ui| {
                    ui.add_space(10.0);
                    theme_switch(ui);
                    if widgets::icon_button(ui, icons::UNDO, "Undo").clicked() {
                        self.send(Command::Undo);
                    }
                    ui.menu_button("Workspace", |ui| {
                        for action in [Action::New, Action::Open, Action::Close] {
                            let keys = action.keys(ui.ctx());
                            let name = action.title();
                            let button = egui::Button::new(name.split(" workspace").collect::<String>());
                            if ui.add(button.shortcut_text(keys.unwrap_or_default())).clicked() {
                                self.act(action, ui.ctx());
                            }
                        }
                    });
                });
                ui.add_space(4.0);
                let Some(snapshot) = &self.snapshot else { return };
                let lines = [
                    snapshot.title.clone(),
                    snapshot.overview.scope.clone(),
                    format!("As of {}", format::date(snapshot.overview.as_of)),
                    "Everything stays on this computer".into(),
                ];
                let text = RichText::new(lines.join("\n")).size(size::SMALL).color(tokens.dim);
                Frame::new().inner_margin(Margin { left: 10, ..Margin::ZERO }).show(ui, |ui| {
                    ui.add(egui::Label::new(text).wrap());
                });
            });
        });
    }

    fn top_bar(&mut self, ui: &mut Ui, asks: &mut Vec<Ask>) {
        let tokens = Tokens::of(ui);
        let frame = Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(PAGE as i8, 10));
        Panel::top("title").resizable(false).frame(frame).show(ui, |ui| {
            ui.horizontal(|ui| {
                let title =
                    if self.screen == Screen::Review { "Review uncertain matches" } else { self.screen.title() };
                ui.label(RichText::new(title).font(bold(size::PAGE)));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if self.screen == Screen::Review {
                        if let Some(snapshot) = &self.snapshot {
                            widgets::dim(ui, snapshot.review.summary.clone());
                        }
                    } else if self.screen == Screen::Imports {
                        if widgets::primary_button(ui, "Choose files…").clicked() {
                            asks.push(Ask::Dialog(Purpose::Import));
                        }
                    } else {
                        if self.screen != Screen::Reports && widgets::primary_button(ui, "Export report").clicked() {
                            asks.push(Ask::Go(Target::Reports));
                        }
                        if widgets::button(ui, "Import…").clicked() {
                            asks.push(Ask::Go(Target::Imports));
                        }
                    }
                    self.search(ui);
                });
            });
        });
    }

    fn search(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let keys = Action::Palette.keys(ui.ctx()).unwrap_or_default();
        let hint = format!("{}  Search people, accounts, apps   {keys}", icons::SEARCH);
        let edit = TextEdit::singleline(&mut self.looks.filter.search)
            .id(Id::unique("search"))
            .hint_text(RichText::new(hint).color(tokens.dim))
            .margin(Margin::symmetric(10, 6))
            .desired_width(290.0);
        let response = ui.add(edit);
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Search people, accounts, apps"));
        if response.changed() {
            self.screen = Screen::Accounts;
            self.list();
        }
    }

    fn list(&mut self) {
        self.looks.selected = None;
        let command = Command::List(self.looks.filter.clone(), self.looks.sort);
        self.send(command);
    }

    fn screen_body(&mut self, ui: &mut Ui, asks: &mut Vec<Ask>) {
        let Some(snapshot) = self.snapshot.clone() else { return };
        // Courses of action are looked at closely only while somebody looks.
        let looks = self.screen == Screen::Scenarios;
        let looked = std::mem::replace(&mut self.looks.studying.asked, looks);
        if looks && !looked {
            self.send(Command::Study(self.looks.studying.app.clone()));
        } else if looked && !looks {
            if self.looks.studying.is_trying() {
                self.send(Command::Try(None));
            }
            self.looks.studying = Studying::of(self.looks.studying.app.clone());
            self.send(Command::Leave);
        }
        CentralPanel::default().frame(page_frame(ui)).show(ui, |ui| match self.screen {
            Screen::Overview | Screen::Welcome => asks.extend(screens::overview(ui, &snapshot.overview)),
            Screen::Imports => {
                let progress = self.progress.as_ref();
                asks.extend(screens::imports(ui, &snapshot.imports, &mut self.looks, progress));
            }
            Screen::Review => asks.extend(screens::review(ui, &snapshot, &mut self.looks.reviewing)),
            Screen::Contracts => asks.extend(screens::contracts(ui, &snapshot, &mut self.looks.contracting)),
            Screen::Scenarios => asks.extend(screens::scenarios(ui, &snapshot, &mut self.looks.studying)),
            Screen::Reports => asks.extend(screens::reports(ui, &snapshot, &mut self.looks.reporting)),
            Screen::Settings => asks.extend(screens::settings(ui, &snapshot, &mut self.looks.setting)),
            Screen::Accounts => match &self.listing {
                Some(listing) => asks.extend(screens::accounts(ui, listing, &mut self.looks)),
                None => {
                    widgets::dim(ui, "Reading…");
                }
            },
        });
    }

    fn answer(&mut self, ask: Ask, ctx: &Context) {
        match ask {
            Ask::OpenSample => self.send(Command::OpenSample),
            Ask::Open(path) => self.send(Command::Open(path)),
            Ask::Dialog(purpose) => self.dialogs.open(purpose, ctx),
            Ask::Import(paths) => self.import(paths),
            Ask::Remove(id) => {
                self.looks.import = None;
                self.send(Command::Remove(id));
            }
            Ask::Map(id) => {
                self.looks.left = None;
                self.looks.editing = Some(Editing::new(id));
                self.send(Command::Draft(id));
            }
            Ask::StopMapping(id) => {
                self.looks.editing = None;
                self.looks.left = Some(id);
            }
            Ask::Preview(id, placing) => self.send(Command::Preview(id, placing)),
            Ask::Place(id, placing, remember) => self.send(Command::Place(id, placing, remember)),
            Ask::SaveLayout(id, placing) => {
                self.saving = Some((id, placing));
                self.dialogs.open(Purpose::SaveLayout, ctx);
            }
            Ask::Compare(id) => {
                self.looks.since = Some((id, None));
                self.send(Command::Compare(id));
            }
            Ask::Cancel => self.worker.cancel(),
            Ask::Relist => self.list(),
            Ask::Copy(text) => {
                ctx.copy_text(text);
                self.toasts.info("Copied.");
            }
            Ask::Go(Target::Imports) => self.screen = Screen::Imports,
            Ask::Go(Target::Accounts(filter)) => {
                self.screen = Screen::Accounts;
                self.looks.filter = filter;
                self.list();
            }
            Ask::Go(Target::None) => {}
            Ask::Go(Target::Contracts(app)) => {
                self.screen = Screen::Contracts;
                self.looks.contracting.chosen = app.or(self.looks.contracting.chosen.take());
            }
            Ask::Go(Target::Scenarios(app)) => {
                self.screen = Screen::Scenarios;
                self.looks.studying = Studying::of(app);
            }
            Ask::Go(Target::Reports) => self.screen = Screen::Reports,
            Ask::Study(app) => self.send(Command::Study(app)),
            Ask::Try(policy) => self.send(Command::Try(policy)),
            Ask::Tell(text) => self.toasts.error(text),
            Ask::Settle(change) => self.send(Command::Change(change)),
            Ask::Undo => self.send(Command::Undo),
            Ask::Redo => self.send(Command::Redo),
            Ask::Go(Target::Review) => self.screen = Screen::Review,
            Ask::Export(folder, order) => self.send(Command::Export(folder, order)),
            Ask::PreviewReport(sections) => self.send(Command::PreviewReport(sections)),
        }
    }

    /// Says that files held over the window can be dropped.
    fn drop_hint(&self, ctx: &Context) {
        let files = ctx.input(|input| input.raw.hovered_files.len());
        if files == 0 {
            return;
        }
        let tokens = Tokens::of_context(ctx);
        let rect = ctx.content_rect();
        let painter = ctx.layer_painter(egui::LayerId::new(egui::Order::Foreground, Id::unique("drop")));
        painter.rect_filled(rect, 0.0, tokens.scrim);
        let text = format!("Drop to import {}", format::counted(u32::try_from(files).unwrap_or(0), "file", "files"));
        painter.text(rect.center(), egui::Align2::CENTER_CENTER, text, bold(size::FIGURE), tokens.on_scrim);
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        self.take_in(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.show(ui);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, REMEMBERED, &self.remembered);
    }
}

fn page_frame(ui: &Ui) -> Frame {
    Frame::new().fill(Tokens::of(ui).bg).inner_margin(Margin::same(PAGE as i8)).stroke(Stroke::NONE)
}

fn theme_switch(ui: &mut Ui) {
    let dark = ui.visuals().dark_mode;
    let (icon, name) = if dark { (icons::SUN, "Light theme") } else { (icons::MOON, "Dark theme") };
    if widgets::icon_button(ui, icon, name).clicked() {
        switch_theme(ui.ctx());
    }
}

fn switch_theme(ctx: &Context) {
    let dark = ctx.theme() == egui::Theme::Dark;
    ctx.set_theme(if dark { ThemePreference::Light } else { ThemePreference::Dark });
}

/// A workspace's file ends in `.truedown`, also where the dialog lets one leave that out.
fn with_ending(path: PathBuf) -> PathBuf {
    if path.exists() || path.extension().is_some() { path } else { path.with_extension("truedown") }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("screen", &self.screen).field("waiting", &self.waiting).finish_non_exhaustive()
    }
}

impl Looks {
    /// Puts another chip on, keeping the rest of the filter.
    pub(super) fn choose(&mut self, chip: Chip) {
        self.filter.chip = chip;
    }
}
