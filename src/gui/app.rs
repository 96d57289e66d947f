use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui::{
    self, CentralPanel, ColorImage, Context, Frame, Id, Margin, Panel, RichText, Stroke, ThemePreference, Ui,
};
use serde::{Deserialize, Serialize};

use super::action::Action;
use super::dialogs::{Answer, Dialogs, Purpose};
use super::guide::{Guide, Walk};
use super::palette::{Palette, Picked};
use super::progress::{self, Running};
use super::screens::{
    self, Acting, Ask, Contracting, Editing, Marked, Reporting, Reviewing, Setting, Studying, TrendState,
};
use super::text::app as say;
use super::theme::{self, PAGE, Tokens, bold, size};
use super::toasts::Toasts;
use super::{chart_card, icons, text, widgets};
use crate::model::Severity;
use crate::session::{Command, Event, Listing, Placing, Snapshot, Stepped, Stopped, Way, Worker};
use crate::view::{Column, Filter, MappingDraft, SinceLast, Sort, Target, format};
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
            Self::Welcome => say::WELCOME,
            Self::Overview => say::OVERVIEW,
            Self::Imports => say::IMPORTS,
            Self::Accounts => say::ACCOUNTS,
            Self::Review => say::REVIEW,
            Self::Contracts => say::CONTRACTS,
            Self::Scenarios => say::SCENARIOS,
            Self::Reports => say::REPORTS,
            Self::Settings => say::SETTINGS,
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
    /// Columns of the table of accounts that are not shown.
    #[serde(default)]
    hidden: Vec<Column>,
    /// Somebody has been led through the screens, or did not want to be.
    #[serde(default)]
    guided: bool,
}

const REMEMBERED: &str = "remembered";
/// Below this width the navigation shows signs only.
const SIGNS_ONLY: f32 = 800.0;
/// Below this width the bar on top has room for one button.
const NARROW_BAR: f32 = 640.0;
/// Workspaces kept in the list.
const RECENT: usize = 6;
/// With more accounts than these the trend waits until somebody asks for it: each point takes as long as an audit.
const QUICK_TREND: usize = 25_000;

/// State of the screens: nothing of it is about accounts or money.
#[derive(Debug, Default)]
pub(super) struct Looks {
    pub(super) filter: Filter,
    pub(super) sort: Option<Sort>,
    pub(super) selected: Option<usize>,
    /// Somebody has chosen it; otherwise it is the first.
    pub(super) by_hand: bool,
    /// The chosen account is to be scrolled to.
    pub(super) reveal: bool,
    pub(super) marked: Marked,
    /// The file chosen, and its name: its number is another one when it is read anew.
    pub(super) import: Option<(ImportId, String)>,
    /// Files that newer ones have replaced are listed as well.
    pub(super) older: bool,
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
    running: Running,
    trend: TrendState,
    /// What a picture of a chart comes through.
    pictures: (Sender<ColorImage>, Receiver<ColorImage>),
    /// Files were brought, and nothing has come of them yet.
    importing: bool,
    guide: Option<Guide>,
    /// The worker is gone, and it was said.
    worker_gone: bool,
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
        let waker = ctx.clone();
        let worker = Worker::start(move || waker.request_repaint())?;
        let mut app = Self::with_worker(ctx, storage, worker);
        if let Some(path) = workspace {
            app.send(Command::Open(path));
        }
        Ok(app)
    }

    /// A window whose work is done by a given worker.
    pub fn with_worker(ctx: &Context, storage: Option<&dyn eframe::Storage>, worker: Worker) -> Self {
        theme::install(ctx);
        let remembered = storage.and_then(|storage| eframe::get_value(storage, REMEMBERED)).unwrap_or_default();
        Self {
            worker,
            dialogs: Dialogs::new(),
            toasts: Toasts::default(),
            screen: Screen::Welcome,
            looks: Looks::default(),
            snapshot: None,
            listing: None,
            running: Running::default(),
            trend: TrendState::default(),
            pictures: channel(),
            importing: false,
            guide: None,
            worker_gone: false,
            saving: None,
            waiting: 0,
            remembered,
            palette: None,
        }
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

    /// Asks for a step in the workspace that is on the screen.
    fn step(&mut self, command: Command) {
        if let Some(snapshot) = &self.snapshot {
            let opened = snapshot.opened;
            self.send(Command::In(opened, Box::new(command)));
        }
    }

    fn send(&mut self, command: Command) {
        if self.worker.send(command) {
            self.waiting += 1;
        } else if !std::mem::replace(&mut self.worker_gone, true) {
            self.running.end();
            self.toasts.error(say::WORKER_GONE);
        }
    }

    /// Takes in what the worker and the dialogs told. Also called while the window is hidden.
    pub fn take_in(&mut self, ctx: &Context) {
        let events: Vec<Event> = self.worker.events().collect();
        for event in events {
            self.take_event(event, ctx);
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
            Some(Answer::Unavailable) => self.toasts.error(say::NO_DIALOG),
            Some(Answer::Cancelled) | None => {}
        }
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() {
            self.import(dropped);
        }
        while let Ok(picture) = self.pictures.1.try_recv() {
            ctx.copy_image(picture);
            self.toasts.info(say::PICTURE_COPIED);
        }
    }

    fn take_event(&mut self, event: Event, ctx: &Context) {
        match event {
            Event::Progress(progress) => self.running.tell(progress),
            Event::Stepped(step) => self.take_step(step),
            Event::Loaded(snapshot) => {
                self.running.end();
                let other = self.snapshot.as_ref().is_none_or(|before| before.path != snapshot.path);
                if let Some(path) = &snapshot.path {
                    self.remembered.recent.retain(|known| known != path);
                    self.remembered.recent.insert(0, path.clone());
                    self.remembered.recent.truncate(RECENT);
                }
                if other {
                    self.toasts.forget_steps();
                    self.listing = None;
                    self.looks = Looks::default();
                    let empty = snapshot.imports.rows.is_empty();
                    // Whoever brought files wants to see what became of them.
                    let stays = empty || self.importing;
                    self.screen = if stays { Screen::Imports } else { Screen::Overview };
                    // Whoever opens the sample for the first time is led through it.
                    let first = snapshot.path.is_none() && !std::mem::replace(&mut self.remembered.guided, true);
                    self.guide = first.then(Guide::default);
                    self.trend = TrendState::default();
                }
                // A path that led to something is done with.
                if std::mem::take(&mut self.importing) {
                    self.looks.path.clear();
                }
                // What leads up to another state is looked at anew; until then the last trend stays.
                self.trend.ask_again();
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
                self.toasts.written(say::layout_written(&path), folder);
            }
            Event::Listed(listing) => {
                let same = |before: &Arc<Listing>| Arc::ptr_eq(&before.snapshot, &listing.snapshot);
                // Numbers of accounts are another snapshot's; what is not shown any more is not marked either.
                match &self.listing {
                    Some(before) if same(before) => self.looks.marked.keep_only(&listing.accounts.shown),
                    _ => self.looks.marked.clear(),
                }
                // Rows have moved: what was chosen stands elsewhere, or is gone.
                let chosen = self.looks.selected.filter(|_| self.looks.by_hand).zip(self.listing.as_ref());
                self.looks.selected = chosen.and_then(|(row, before)| listing.row_of(before, row));
                self.looks.by_hand &= self.looks.selected.is_some();
                self.listing = Some(listing);
            }
            Event::Studied(studied) => self.looks.studying.studied = Some(studied),
            Event::Closed => {
                self.running.end();
                self.toasts.forget_steps();
                self.guide = None;
                self.snapshot = None;
                self.listing = None;
                self.looks = Looks::default();
                self.screen = Screen::Welcome;
            }
            Event::Done(count) => {
                self.waiting = self.waiting.saturating_sub(count);
                self.importing &= self.waiting > 0;
            }
            Event::Noticed(problems) => {
                self.running.end();
                for problem in problems {
                    let text = say::problem(problem.place.as_ref(), &problem.message, problem.hints.first());
                    if problem.severity == Severity::Info { self.toasts.info(text) } else { self.toasts.error(text) }
                }
            }
            Event::Stopped(what) => {
                self.running.end();
                self.importing = false;
                self.toasts.info(match what {
                    Stopped::Import => say::IMPORT_STOPPED,
                    Stopped::Export => say::EXPORT_STOPPED,
                });
            }
            Event::NotTrended(why) => {
                self.trend.failed(why);
                self.running.end();
            }
            Event::Copied(rows) => {
                self.running.end();
                ctx.copy_text(rows);
                self.toasts.info(say::COPIED);
            }
            Event::Trended(snapshot, trend) => {
                if self.snapshot.as_ref().is_some_and(|here| Arc::ptr_eq(here, &snapshot)) {
                    self.trend.made(trend);
                    self.running.end();
                }
            }
            Event::Found(text, found) => {
                if let Some(palette) = &mut self.palette {
                    palette.take(text, found);
                }
            }
            Event::ReportPreviewed(pages) => self.looks.reporting.pages = Some(pages),
            Event::Exported(paths) => {
                self.running.end();
                let folder = paths.first().and_then(|path| path.parent()).map(PathBuf::from).unwrap_or_default();
                self.toasts.written(say::written(paths.len(), &folder), folder);
            }
            Event::Failed(text) => self.fail(text),
            Event::Refused(why) => self.fail(say::refused(why)),
            Event::NothingToDo => {
                self.running.end();
                self.toasts.info(say::NOTHING_TO_UNDO);
            }
        }
    }

    /// Says why something was not done.
    fn fail(&mut self, text: impl Into<String>) {
        self.running.end();
        self.importing = false;
        // What could not be written down is still to be decided.
        self.looks.reviewing.renew();
        self.toasts.error(text);
    }

    /// What was changed can be taken back from the message about it. The queue of decisions has its own way back and goes on too
    /// fast for messages; files that were brought are told of where they stand.
    fn take_step(&mut self, step: Stepped) {
        self.toasts.forget_steps();
        match step.way {
            Way::Done if self.screen != Screen::Review => self.toasts.changed(step.said, step.steps),
            Way::Back => self.toasts.taken_back(say::UNDONE),
            Way::Done | Way::Brought | Way::Again => {}
        }
    }

    /// Reads files into the workspace.
    pub fn import(&mut self, paths: Vec<PathBuf>) {
        self.importing = true;
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
                let running = self.running.told(ui.ctx());
                asks.extend(screens::welcome(ui, &self.remembered.recent, running, waiting));
                corner(ui);
            });
        } else {
            self.side_bar(ui);
            self.top_bar(ui, &mut asks);
            self.screen_body(ui, &mut asks);
        }
        self.float(ui.ctx());
        self.walk(ui.ctx());
        self.palette(ui.ctx());
        self.drop_hint(ui.ctx());
        let above = self.guide.as_ref().map_or(0.0, Guide::height);
        if let Some(step) = self.toasts.show(ui.ctx(), above) {
            self.step(step);
        }
        for ask in asks {
            self.answer(ask, ui.ctx());
        }
        self.copy_chart(ui.ctx());
    }

    /// What takes a while is told of on every screen.
    fn float(&mut self, ctx: &Context) {
        let has_its_own = self.snapshot.is_none() || self.screen == Screen::Imports;
        if let Some(under_way) = self.running.told(ctx).filter(|_| !has_its_own) {
            progress::float(ctx, under_way);
        }
    }

    fn walk(&mut self, ctx: &Context) {
        let Some(guide) = &mut self.guide else { return };
        let sample = self.snapshot.as_ref().is_some_and(|snapshot| snapshot.path.is_none());
        match guide.show(ctx, sample) {
            Walk::Stay => {}
            Walk::To(screen) => self.screen = screen,
            Walk::End => self.guide = None,
        }
    }

    /// Puts what was asked for of a chart on the clipboard.
    fn copy_chart(&mut self, ctx: &Context) {
        if let Some(rows) = chart_card::wanted_rows(ctx) {
            ctx.copy_text(rows);
            self.toasts.info(say::COPIED);
        }
        if let Some(place) = chart_card::wanted_picture(ctx) {
            let (sender, waker, scale) = (self.pictures.0.clone(), ctx.clone(), ctx.pixels_per_point());
            ctx.request_screenshot(move |image| {
                // What is scrolled out of the window is in no picture of it.
                let [width, height] = image.size.map(|size| size as f32 / scale);
                let place = place.intersect(egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(width, height)));
                if !place.is_positive() {
                    return;
                }
                // The window may be gone by now.
                let _ = sender.send(image.region(&place, Some(scale)));
                waker.request_repaint();
            });
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
            Action::Undo if open => self.step(Command::Undo),
            Action::Redo if open => self.step(Command::Redo),
            Action::Guide if open => self.begin_guide(),
            Action::SwitchTheme => switch_theme(ctx),
            Action::Find if open => self.search_for(ctx),
            Action::Palette if open => {
                self.palette = if self.palette.is_some() { None } else { Some(Palette::default()) };
            }
            Action::Larger => egui::gui_zoom::zoom_in(ctx),
            Action::Smaller => egui::gui_zoom::zoom_out(ctx),
            Action::NormalSize => ctx.set_zoom_factor(1.0),
            Action::Show(_)
            | Action::Close
            | Action::Undo
            | Action::Redo
            | Action::Find
            | Action::Guide
            | Action::Palette => {}
        }
    }

    fn begin_guide(&mut self) {
        self.screen = Guide::first();
        self.guide = Some(Guide::default());
    }

    fn search_for(&mut self, ctx: &Context) {
        self.screen = Screen::Accounts;
        ctx.memory_mut(|memory| memory.request_focus(Id::unique("search")));
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
        // Where everything is large there is room for signs only.
        let signs = ui.available_width() < SIGNS_ONLY;
        let (name, width) = if signs { ("signs", 62.0) } else { ("navigation", 196.0) };
        let panel = Panel::left(name).resizable(false).exact_size(width).frame(frame);
        panel.show(ui, |ui| {
            ui.horizontal(|ui| {
                if signs {
                    return;
                }
                ui.add_space(10.0);
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.label(RichText::new(say::NAME.0).font(bold(size::PAGE)));
                ui.label(RichText::new(say::NAME.1).font(bold(size::PAGE)).color(tokens.accent));
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
                if signs {
                    self.tools(ui);
                    return;
                }
                ui.horizontal(|ui| {
                    ui.add_space(10.0);
                    theme_switch(ui);
                    self.steps(ui);
                    ui.menu_button(say::WORKSPACE, |ui| self.workspaces(ui));
                });
                ui.add_space(4.0);
                let Some(snapshot) = &self.snapshot else { return };
                let lines = [
                    snapshot.title.clone(),
                    snapshot.overview.scope.clone(),
                    say::as_of(format::date(snapshot.overview.as_of)),
                    say::LOCAL.into(),
                ];
                let text = RichText::new(lines.join("\n")).size(size::SMALL).color(tokens.dim);
                Frame::new().inner_margin(Margin { left: 10, ..Margin::ZERO }).show(ui, |ui| {
                    ui.add(egui::Label::new(text).wrap());
                });
            });
        });
    }

    /// Taking back, and doing again.
    fn steps(&mut self, ui: &mut Ui) {
        if widgets::icon_button(ui, icons::UNDO, text::common::UNDO).clicked() {
            self.step(Command::Undo);
        }
        if widgets::icon_button(ui, icons::REDO, text::actions::REDO).clicked() {
            self.step(Command::Redo);
        }
    }

    fn workspaces(&mut self, ui: &mut Ui) {
        for (action, name) in [(Action::New, say::NEW), (Action::Open, say::OPEN), (Action::Close, say::CLOSE)] {
            let keys = action.keys(ui.ctx()).unwrap_or_default();
            if ui.add(egui::Button::new(name).shortcut_text(keys)).clicked() {
                self.act(action, ui.ctx());
            }
        }
    }

    /// What stands below the navigation, where there is room for signs only.
    fn tools(&mut self, ui: &mut Ui) {
        ui.spacing_mut().button_padding.x = 10.0;
        theme_switch(ui);
        self.steps(ui);
        let menu = widgets::icon_button(ui, icons::FILE, say::WORKSPACE);
        egui::Popup::menu(&menu).show(|ui| self.workspaces(ui));
    }

    fn top_bar(&mut self, ui: &mut Ui, asks: &mut Vec<Ask>) {
        let tokens = Tokens::of(ui);
        let frame = Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(PAGE as i8, 10));
        let narrow = ui.available_width() < NARROW_BAR;
        Panel::top("title").resizable(false).frame(frame).show(ui, |ui| {
            ui.horizontal(|ui| {
                let title = if self.screen == Screen::Review { say::REVIEW_TITLE } else { self.screen.title() };
                ui.label(RichText::new(title).font(bold(size::PAGE)));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if self.screen == Screen::Review {
                        if let Some(snapshot) = &self.snapshot {
                            widgets::fact(ui, &snapshot.review.summary);
                        }
                    } else if self.screen == Screen::Imports {
                        if widgets::primary_button(ui, say::CHOOSE_FILES).clicked() {
                            asks.push(Ask::Dialog(Purpose::Import));
                        }
                    } else {
                        if self.screen != Screen::Reports && widgets::primary_button(ui, say::EXPORT_REPORT).clicked() {
                            asks.push(Ask::Go(Target::Reports));
                        }
                        if !narrow && widgets::button(ui, say::IMPORT).clicked() {
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
        let hint = format!("{}  {}", icons::SEARCH, say::SEARCH);
        let edit = widgets::field(&mut self.looks.filter.search)
            .id(Id::unique("search"))
            .hint_text(RichText::new(hint).color(tokens.dim))
            .margin(Margin::symmetric(10, 6))
            .desired_width((ui.available_width() - 24.0).clamp(60.0, 270.0));
        let response = ui.add(edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, say::SEARCH));
        if self.looks.filter.search.is_empty()
            && response.rect.width() > 260.0
            && let Some(keys) = Action::Palette.keys(ui.ctx())
        {
            widgets::key_at_end(ui, response.rect, &keys);
        }
        if response.changed() {
            self.screen = Screen::Accounts;
            self.list();
        }
    }

    fn list(&mut self) {
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
        let quick = snapshot.analysis.findings.len() <= QUICK_TREND;
        if self.screen == Screen::Overview && quick && self.trend.is_unasked() {
            self.draw_trend();
        }
        // What is scrolled goes on to the edge of the window.
        let scrolls = !matches!(self.screen, Screen::Imports | Screen::Accounts | Screen::Review);
        let mut frame = page_frame(ui);
        if scrolls {
            frame.inner_margin.bottom = 0;
        }
        CentralPanel::default().frame(frame).show(ui, |ui| match self.screen {
            Screen::Overview | Screen::Welcome => {
                asks.extend(screens::overview(ui, &snapshot.overview, &self.trend));
            }
            Screen::Imports => {
                let running = self.running.told(ui.ctx());
                asks.extend(screens::imports(ui, &snapshot.imports, &mut self.looks, running));
            }
            Screen::Review => asks.extend(screens::review(ui, &snapshot, &mut self.looks.reviewing)),
            Screen::Contracts => asks.extend(screens::contracts(ui, &snapshot, &mut self.looks.contracting)),
            Screen::Scenarios => asks.extend(screens::scenarios(ui, &snapshot, &mut self.looks.studying)),
            Screen::Reports => asks.extend(screens::reports(ui, &snapshot, &mut self.looks.reporting)),
            Screen::Settings => asks.extend(screens::settings(ui, &snapshot, &mut self.looks.setting)),
            Screen::Accounts => match &self.listing {
                Some(listing) => {
                    let hidden = &mut self.remembered.hidden;
                    asks.extend(screens::accounts(ui, listing, &mut self.looks, hidden));
                }
                None => {
                    widgets::dim(ui, text::common::READING);
                }
            },
        });
    }

    fn draw_trend(&mut self) {
        self.trend.under_way();
        self.send(Command::Trend);
    }

    fn answer(&mut self, ask: Ask, ctx: &Context) {
        match ask {
            Ask::OpenSample => self.send(Command::OpenSample),
            Ask::Open(path) => self.send(Command::Open(path)),
            Ask::Dialog(purpose) => self.dialogs.open(purpose, ctx),
            Ask::Import(paths) => self.import(paths),
            Ask::Remove(id) => {
                self.looks.import = None;
                self.step(Command::Remove(id));
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
            Ask::Place(id, placing, remember) => self.step(Command::Place(id, placing, remember)),
            Ask::SaveLayout(id, placing) => {
                self.saving = Some((id, placing));
                self.dialogs.open(Purpose::SaveLayout, ctx);
            }
            Ask::Compare(id) => {
                self.looks.since = Some((id, None));
                self.send(Command::Compare(id));
            }
            Ask::Relist => self.list(),
            Ask::CopyAccounts(ids, columns) => {
                if let Some(listing) = self.listing.clone() {
                    self.send(Command::CopyAccounts(listing, ids, columns));
                }
            }
            Ask::Search => self.search_for(ctx),
            Ask::Trend => self.draw_trend(),
            Ask::Guide => self.begin_guide(),
            Ask::Theme(theme) => ctx.set_theme(theme),
            Ask::Scale(scale) => ctx.set_zoom_factor(scale),
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
            Ask::Settle(change) => self.step(Command::Change(vec![*change])),
            Ask::SettleAll(ids, bulk) => {
                if let Some(listing) = self.listing.clone() {
                    self.step(Command::ChangeAll(listing, ids, bulk));
                }
            }
            Ask::Undo => self.step(Command::Undo),
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
        let text = say::drop_to_import(files);
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
    let (icon, name) = if dark { (icons::SUN, say::LIGHT_THEME) } else { (icons::MOON, say::DARK_THEME) };
    if widgets::icon_button(ui, icon, name).clicked() {
        switch_theme(ui.ctx());
    }
}

/// The other theme, where there is no side bar.
fn corner(ui: &mut Ui) {
    let place = egui::Rect::from_min_size(ui.max_rect().right_top() - egui::vec2(32.0, 0.0), egui::vec2(32.0, 28.0));
    theme_switch(&mut ui.new_child(egui::UiBuilder::new().max_rect(place)));
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
