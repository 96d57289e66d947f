use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use jiff::civil::Date;

use super::trend::Rounds;
use super::{Placings, ReportOrder, Session, SessionError, Step, Writing, gather, outputs};
use crate::analysis::{Analysis, Earlier};
use crate::export::Shape;
use crate::import::Placing;
use crate::model::{AppName, Diagnostic};
use crate::view::{
    AccountId, Accounts, Column, Contracts, Filter, Found, Imports, MappingDraft, MappingPreview, Overview, Review,
    Scenarios, SeatsChart, Section, Settings, SinceLast, Sort, Study, Trend, TrendPoint, accounts_tsv, changes,
};
use crate::workspace::{Change, Exemption, ImportId, Policy, Verdict};

/// Progress is told no more often.
const BETWEEN_TELLS: Duration = Duration::from_millis(50);

/// Something the window asks for.
#[derive(Debug)]
pub enum Command {
    /// Open the sample.
    OpenSample,
    /// Open a workspace file.
    Open(PathBuf),
    /// Open a workspace file, or make it if there is none.
    Make(PathBuf),
    /// Leave the workspace.
    Close,
    /// Read files into the workspace; into a new one if none is open but the sample.
    Import(Vec<PathBuf>),
    /// Take a file out.
    Remove(ImportId),
    /// Lay a file open, to say what its columns mean.
    Draft(ImportId),
    /// Show what a file would be read as.
    Preview(ImportId, Box<Placing>),
    /// Read a file as settled, and remember that for files with the same headers if asked.
    Place(ImportId, Box<Placing>, bool),
    /// Write a settled mapping into a file of its own.
    SaveLayout(ImportId, Box<Placing>, PathBuf),
    /// Show what has changed in a file since the last one.
    Compare(ImportId),
    /// Change something, in one step.
    Change(Vec<Change>),
    /// Do the same with many accounts of a listing, in one step.
    ChangeAll(Arc<Listing>, Vec<AccountId>, Bulk),
    /// Show what a policy would come to, without keeping it: a slider is being moved. Nothing stops that.
    Try(Option<Box<Policy>>),
    /// Show the courses of action for an app, or for all.
    Study(Option<AppName>),
    /// Nobody looks at courses of action any more.
    Leave,
    /// Carry a step out if the workspace on the screen is still the one that is open.
    In(Opened, Box<Command>),
    /// Take the last step back.
    Undo,
    /// Take a step back if it is the last one: so many steps have been taken up to it.
    UndoStep(usize),
    /// Do it again.
    Redo,
    /// Choose and order accounts for the table.
    List(Filter, Option<Sort>),
    /// Put accounts of a listing into rows for a spreadsheet.
    CopyAccounts(Arc<Listing>, Vec<AccountId>, Vec<Column>),
    /// Look for people, accounts and apps by a text.
    Find(String),
    /// Show what was found on the days of earlier lists. Made while nothing else waits.
    Trend,
    /// Show the pages of a report with some sections.
    PreviewReport(Vec<Section>),
    /// Write reports into a folder.
    Export(PathBuf, Box<ReportOrder>),
}

/// Which workspace it is, of all that were open since the program began.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Opened(usize);

impl Opened {
    fn next() -> Self {
        static OPENED: AtomicUsize = AtomicUsize::new(0);
        Self(OPENED.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

/// What is done with many accounts at once.
#[derive(Clone, Debug)]
pub enum Bulk {
    /// Somebody decides whose they are, or takes that back.
    Decide(Option<Verdict>),
    /// They are kept as they are, or no longer.
    Exempt(Option<Exemption>),
}

/// A step that was taken, taken back or taken again.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stepped {
    /// What it changed, in a short sentence; of what was done only.
    pub said: String,
    /// Steps that have been taken by now.
    pub steps: usize,
    /// Which way it went.
    pub way: Way,
}

/// Which way a step went.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Way {
    /// Something was changed.
    Done,
    /// Files were brought or settled, which the list of files tells of.
    Brought,
    /// The last step was taken back.
    Back,
    /// What was taken back was done again.
    Again,
}

impl Way {
    /// Which way a command goes, if it is a step.
    fn of(command: &Command) -> Option<Self> {
        match command {
            Command::Change(_) | Command::ChangeAll(..) | Command::Remove(_) => Some(Self::Done),
            Command::Import(_) | Command::Place(..) => Some(Self::Brought),
            Command::Undo | Command::UndoStep(_) => Some(Self::Back),
            Command::Redo => Some(Self::Again),
            _ => None,
        }
    }
}

/// Something the worker tells.
#[derive(Clone, Debug)]
pub enum Event {
    /// Something takes a while.
    Progress(Progress),
    /// The workspace was left.
    Closed,
    /// So many commands are done with.
    Done(usize),
    /// What is on the screen is no longer what it was.
    Loaded(Arc<Snapshot>),
    /// The workspace has been changed by a step.
    Stepped(Stepped),
    /// The accounts asked for.
    Listed(Arc<Listing>),
    /// The courses of action asked for.
    Studied(Arc<Studied>),
    /// Files were read, with these things noticed beyond what the imports say.
    Noticed(Vec<Diagnostic>),
    /// Something was stopped as asked.
    Stopped(Stopped),
    /// A file laid open.
    Drafted(ImportId, Arc<MappingDraft>),
    /// What it would be read as.
    Previewed(ImportId, Arc<MappingPreview>),
    /// A layout was written.
    LayoutSaved(PathBuf),
    /// What has changed in a file since the last one, if there was one.
    Compared(ImportId, Option<Arc<SinceLast>>),
    /// Accounts in rows for a spreadsheet.
    Copied(String),
    /// What was found on the days of earlier lists, and the snapshot it leads up to.
    Trended(Arc<Snapshot>, Arc<Trend>),
    /// They could not be looked at, and why; nothing where somebody has stopped that.
    NotTrended(Option<String>),
    /// What was found for a text.
    Found(String, Arc<Found>),
    /// The pages of a report, of a snapshot.
    ReportPreviewed(Arc<ReportPages>),
    /// Reports were written.
    Exported(Vec<PathBuf>),
    /// A command could not be carried out, and why in words.
    Failed(String),
    /// Nothing was done.
    Refused(Refused),
    /// There was nothing to undo or redo.
    NothingToDo,
}

/// What was stopped.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stopped {
    /// An import; the workspace is as it was.
    Import,
    /// The writing of reports; files that were done by then are there, each whole.
    Export,
}

/// What takes a while.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Doing {
    /// A workspace is opened.
    Opening,
    /// A file is read.
    Reading(String),
    /// Accounts are matched to people, and what follows from it.
    Matching,
    /// The lists of an earlier day are looked at.
    LookingAt(Date),
    /// Many decisions are written down.
    Saving,
    /// Rows are made for the clipboard.
    Copying,
    /// What reports are made of.
    Preparing,
    /// A report is written.
    Writing(String),
}

/// Why nothing was done, where no file or system is at fault.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refused {
    /// A fault of the program: the workspace was closed.
    Broken,
    /// Another workspace was opened in the meantime.
    Elsewhere,
    /// No column is mapped yet, so there is no layout.
    NoLayout,
}

/// How far something is.
#[derive(Clone, Debug)]
pub struct Progress {
    /// What is being done.
    pub what: Doing,
    /// The file under way, from 1.
    pub number: usize,
    /// Files in all.
    pub files: usize,
    /// Bytes done.
    pub done: u64,
    /// Bytes in all; none where nobody can say.
    pub of: u64,
    /// How long it has been going on, the file under way where none is known of all.
    pub taken: Duration,
    /// What stops it; nothing does where there is none.
    pub stop: Option<Stop>,
}

impl Progress {
    /// Of something nobody can say the length of.
    fn of_unknown_length(what: Doing) -> Self {
        Self { what, number: 0, files: 0, done: 0, of: 0, taken: Duration::ZERO, stop: None }
    }
}

/// Stops something that is under way.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks to stop.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Everything the screens show of a workspace, derived once.
#[derive(Debug)]
pub struct Snapshot {
    /// The workspace's name.
    pub title: String,
    /// Its file; none for the sample.
    pub path: Option<PathBuf>,
    /// Which one it is.
    pub opened: Opened,
    /// Everything derived.
    pub analysis: Analysis,
    /// The first screen.
    pub overview: Overview,
    /// The files.
    pub imports: Imports,
    /// The queue of decisions.
    pub review: Review,
    /// What can be set.
    pub settings: Settings,
    /// What is paid, and when it can be less.
    pub contracts: Contracts,
    /// Seats bought, assigned and used.
    pub seats: SeatsChart,
    /// The policy in the workspace, where the analysis is under one that is only tried.
    pub kept: Policy,
}

/// Courses of action, looked at closely.
#[derive(Debug)]
pub struct Studied {
    /// What they were derived from.
    pub snapshot: Arc<Snapshot>,
    /// Side by side.
    pub scenarios: Scenarios,
    /// What was looked at closely; none for all apps together.
    pub study: Option<Study>,
}

/// What is on each page of a report, as it would be printed.
pub type ReportPages = Vec<Vec<Shape>>;

/// Accounts chosen from a snapshot.
#[derive(Debug)]
pub struct Listing {
    /// What they were chosen from; their ids mean nothing elsewhere.
    pub snapshot: Arc<Snapshot>,
    /// What was asked for.
    pub filter: Filter,
    /// In which order.
    pub sort: Option<Sort>,
    /// What came out.
    pub accounts: Accounts,
    /// `652 shown · $3,925 a year`.
    pub summary: String,
}

impl Listing {
    /// Where the account of a row of an earlier listing stands in this one, if it does.
    pub fn row_of(&self, before: &Self, row: usize) -> Option<usize> {
        let id = *before.accounts.shown.get(row)?;
        let (old, new) = (&before.snapshot.analysis.roster, &self.snapshot.analysis.roster);
        let (app, key) = (old.app(id).key(), old.account(id).key());
        let is_it = |id: AccountId| new.app(id).key() == app && new.account(id).key() == key;
        // Most changes leave accounts their numbers, which are compared a hundred times as fast as names.
        let stays = id.index() < self.snapshot.analysis.findings.len() && is_it(id);
        self.accounts.shown.iter().position(|other| if stays { *other == id } else { is_it(*other) })
    }
}

/// The thread that does all work, and the way to it.
#[derive(Debug)]
pub struct Worker {
    commands: Sender<Command>,
    events: Receiver<Event>,
}

impl Worker {
    /// Starts the thread. `wake` is called after each event, from the thread.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(wake: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let (commands, orders) = channel();
        let (told, events) = channel();
        thread::Builder::new().name("worker".into()).spawn(move || {
            let tell = |event| {
                // Nobody listens any more: the window is closing.
                let _ = told.send(event);
                wake();
            };
            let mut state = State::default();
            loop {
                // What was asked for at leisure is gone on with while nothing else waits.
                let first = match state.trend {
                    Some(_) => orders.try_recv(),
                    None => orders.recv().map_err(|_| TryRecvError::Disconnected),
                };
                if matches!(first, Err(TryRecvError::Disconnected)) {
                    break;
                }
                let waiting: Vec<Command> = first.into_iter().chain(orders.try_iter()).collect();
                let count = waiting.len();
                // A fault of ours must not take the window with it: what was open is dropped, and it is said.
                let served = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| match count {
                    0 => state.go_on_with_trend(&tell),
                    _ => state.serve(waiting, &tell),
                }));
                if served.is_err() {
                    state = State::default();
                    tell(Event::Closed);
                    tell(Event::Refused(Refused::Broken));
                }
                if count > 0 {
                    tell(Event::Done(count));
                }
            }
        })?;
        Ok(Self { commands, events })
    }

    /// A worker played by somebody else, who takes the commands and tells what comes of them.
    pub fn played() -> (Self, Receiver<Command>, Sender<Event>) {
        let (commands, orders) = channel();
        let (tell, events) = channel();
        (Self { commands, events }, orders, tell)
    }

    /// Asks for something; false if nobody is there any more who could do it.
    pub fn send(&mut self, command: Command) -> bool {
        self.commands.send(command).is_ok()
    }

    /// What has been told and not been looked at.
    pub fn events(&self) -> impl Iterator<Item = Event> {
        self.events.try_iter()
    }
}

/// What a command has brought about.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd)]
enum Effect {
    Nothing,
    /// Other accounts are to be shown.
    Relist,
    /// The workspace is another.
    Changed,
}

#[derive(Default)]
struct State {
    session: Option<Session>,
    title: String,
    path: Option<PathBuf>,
    opened: Opened,
    snapshot: Option<Arc<Snapshot>>,
    wanted: (Filter, Option<Sort>),
    /// Whose courses of action are on the screen; the outer `None` if no app's are.
    studied: Option<Option<AppName>>,
    /// Other courses of action were asked for.
    restudy: bool,
    /// The policy that is only tried.
    trial: Option<Policy>,
    /// What is left to do of a trend that was asked for.
    trend: Option<Trending>,
    /// What would have been said before the present lists came; made when a report first asks for it, as it takes as long as the
    /// analysis itself.
    earlier: Option<Arc<Vec<Earlier>>>,
}

/// A trend under way.
#[derive(Debug)]
struct Trending {
    rounds: Rounds,
    points: Vec<TrendPoint>,
    stop: Stop,
}

impl State {
    /// Makes one more point of the trend, and shows it when all are there.
    fn go_on_with_trend(&mut self, tell: &impl Fn(Event)) {
        let Some(mut trending) = self.trend.take() else { return };
        let (Some(session), Some(snapshot)) = (&self.session, &self.snapshot) else { return };
        if trending.stop.is_asked() {
            tell(Event::NotTrended(None));
            return;
        }
        let (made, all) = (trending.points.len(), trending.rounds.days.len());
        let Some(day) = trending.rounds.days.get(made) else {
            trending.points.push(TrendPoint::new(&snapshot.analysis));
            tell(Event::Trended(snapshot.clone(), Arc::new(Trend { points: trending.points })));
            return;
        };
        tell(Event::Progress(Progress {
            number: made + 1,
            files: all,
            stop: Some(trending.stop.clone()),
            ..Progress::of_unknown_length(Doing::LookingAt(*day))
        }));
        match session.analyze_on(*day, &trending.rounds, &snapshot.analysis) {
            Ok(then) => {
                trending.points.push(TrendPoint::new(&then));
                self.trend = Some(trending);
            }
            Err(fault) => tell(Event::NotTrended(Some(fault.to_string()))),
        }
    }

    /// Carries out what waits; one analysis and one list for all of it: only the last would be looked at.
    fn serve(&mut self, waiting: Vec<Command>, tell: &impl Fn(Event)) {
        let mut effect = Effect::Nothing;
        // Of several that wait only the last would be looked at.
        let kinds: [fn(&Command) -> bool; 4] = [
            |command| matches!(command, Command::Preview(..)),
            |command| matches!(command, Command::Find(_)),
            |command| matches!(command, Command::PreviewReport(_)),
            |command| matches!(command, Command::Trend),
        ];
        let last = kinds.map(|is| waiting.iter().rposition(is));
        for (number, command) in waiting.into_iter().enumerate() {
            if kinds.iter().zip(last).any(|(is, last)| is(&command) && last != Some(number)) {
                continue;
            }
            let command = match command {
                Command::In(of, _) if of != self.opened => {
                    tell(Event::Refused(Refused::Elsewhere));
                    continue;
                }
                Command::In(_, command) => *command,
                command => command,
            };
            self.tell_of(&command, tell);
            // What was tried is over with the next thing that is meant, whatever comes of it.
            let goes_on = matches!(
                command,
                Command::Try(_)
                    | Command::Study(_)
                    | Command::Leave
                    | Command::List(..)
                    | Command::CopyAccounts(..)
                    | Command::Find(_)
                    | Command::Trend
                    | Command::PreviewReport(_)
            );
            if !goes_on && self.trial.take().is_some() {
                effect = Effect::Changed;
            }
            // What is written or looked for is of what has been changed before.
            let of_all =
                matches!(command, Command::Export(..) | Command::PreviewReport(_) | Command::Find(_) | Command::Trend);
            if of_all && effect == Effect::Changed {
                self.renew(tell);
                effect = Effect::Relist;
                self.restudy = true;
            }
            let (way, steps) = (Way::of(&command), self.steps());
            match self.perform(command, tell) {
                Ok(done) => effect = effect.max(done),
                Err(fault) => tell(Event::Failed(fault.to_string())),
            }
            if let Some(way) = way.filter(|_| self.steps() != steps) {
                tell(Event::Stepped(self.stepped(way)));
            }
        }
        if effect == Effect::Changed {
            self.renew(tell);
        }
        let restudy = std::mem::take(&mut self.restudy) || effect == Effect::Changed;
        if restudy && let Some(studied) = self.study() {
            tell(Event::Studied(Arc::new(studied)));
        }
        // While a slider moves nobody looks at the table.
        if effect >= Effect::Relist
            && self.trial.is_none()
            && let Some(listing) = self.list()
        {
            tell(Event::Listed(Arc::new(listing)));
        }
    }

    /// What may take a while before anything can be told of it.
    fn tell_of(&self, command: &Command, tell: &impl Fn(Event)) {
        let what = match command {
            Command::Open(_) | Command::Make(_) => Doing::Opening,
            Command::ChangeAll(..) => Doing::Saving,
            Command::CopyAccounts(..) => Doing::Copying,
            _ => return,
        };
        tell(Event::Progress(Progress::of_unknown_length(what)));
    }

    fn steps(&self) -> usize {
        self.session.as_ref().map_or(0, Session::steps)
    }

    fn stepped(&self, way: Way) -> Stepped {
        let last = self.session.as_ref().filter(|_| way == Way::Done).map_or(&[][..], Session::last_step);
        let said = self.snapshot.as_ref().map(|snapshot| changes(&snapshot.analysis, last)).unwrap_or_default();
        Stepped { said, steps: self.steps(), way }
    }

    fn perform(&mut self, command: Command, tell: &impl Fn(Event)) -> Result<Effect, SessionError> {
        match command {
            Command::OpenSample => {
                self.session = Some(Session::sample_with_months()?);
                self.title = "Northwind Support (sample)".into();
                self.path = None;
                self.opened = Opened::next();
            }
            Command::Open(path) => self.open(path, Session::open)?,
            Command::Make(path) => self.open(path, Session::open_or_make)?,
            Command::Close => *self = Self::default(),
            Command::In(_, command) => return self.perform(*command, tell),
            Command::Import(paths) => {
                // The sample is nobody's company: real files do not go into it.
                if self.path.is_some() {
                    return self.import(&paths, tell);
                }
                let before = std::mem::take(self);
                let path = new_workspace_path();
                let effect = self.open(path.clone(), Session::open_or_make).and_then(|()| self.import(&paths, tell));
                // What was made for files that did not come goes again.
                let empty = |session: &Session| {
                    let workspace = session.workspace();
                    workspace.imports.is_empty() && workspace.layouts.is_empty() && workspace.catalog.is_empty()
                };
                if self.session.as_ref().is_none_or(empty) {
                    *self = before;
                    let _ = std::fs::remove_file(path);
                    return effect.map(|_| Effect::Nothing);
                }
                return effect;
            }
            Command::Export(folder, order) => {
                let Some(session) = &self.session else { return Ok(Effect::Nothing) };
                let Some(snapshot) = &self.snapshot else { return Ok(Effect::Nothing) };
                let (now, stop) = (&snapshot.analysis, Stop::default());
                let begun = |what| Progress { stop: Some(stop.clone()), ..Progress::of_unknown_length(what) };
                // The state before and what reports are made of take as long as the reports.
                tell(Event::Progress(begun(Doing::Preparing)));
                let then = earlier(&mut self.earlier, session, now)?;
                let (pace, file) = (Pace::new(tell), Cell::new((0, Instant::now())));
                let watch = |at: &Writing<'_>| {
                    if file.get().0 != at.number {
                        file.set((at.number, Instant::now()));
                        pace.at_once();
                    }
                    let taken = file.get().1.elapsed();
                    pace.tell(|_| Progress {
                        number: at.number,
                        files: at.files,
                        done: at.done,
                        taken,
                        ..begun(Doing::Writing(at.file.to_owned()))
                    });
                    !stop.is_asked()
                };
                if stop.is_asked() {
                    tell(Event::Stopped(Stopped::Export));
                    return Ok(Effect::Nothing);
                }
                match session.write_reports(now, &then, &folder, &order, &watch) {
                    Err(_) if stop.is_asked() => tell(Event::Stopped(Stopped::Export)),
                    written => tell(Event::Exported(written?)),
                }
                return Ok(Effect::Nothing);
            }
            Command::CopyAccounts(listing, ids, columns) => {
                tell(Event::Copied(accounts_tsv(&listing.snapshot.analysis, &ids, &columns)));
                return Ok(Effect::Nothing);
            }
            Command::Find(text) => {
                if let Some(snapshot) = &self.snapshot {
                    let found = Found::new(&snapshot.analysis, &text);
                    tell(Event::Found(text, Arc::new(found)));
                }
                return Ok(Effect::Nothing);
            }
            Command::Trend => {
                if let (Some(session), Some(snapshot)) = (&self.session, &self.snapshot) {
                    match session.rounds_before(&snapshot.analysis) {
                        Ok(rounds) => {
                            self.trend = Some(Trending { rounds, points: Vec::new(), stop: Stop::default() });
                        }
                        Err(fault) => tell(Event::NotTrended(Some(fault.to_string()))),
                    }
                }
                return Ok(Effect::Nothing);
            }
            Command::PreviewReport(sections) => {
                let (Some(session), Some(snapshot)) = (&self.session, &self.snapshot) else {
                    return Ok(Effect::Nothing);
                };
                let now = &snapshot.analysis;
                let then = earlier(&mut self.earlier, session, now)?;
                let pages = session.preview_pages(now, &then, &sections)?;
                tell(Event::ReportPreviewed(Arc::new(pages)));
                return Ok(Effect::Nothing);
            }
            Command::List(filter, sort) => {
                self.wanted = (filter, sort);
                return Ok(Effect::Relist);
            }
            Command::Draft(id) => {
                if let Some(session) = &self.session {
                    tell(Event::Drafted(id, Arc::new(MappingDraft::new(session.draft(id)?))));
                }
                return Ok(Effect::Nothing);
            }
            Command::Preview(id, placing) => {
                if let Some(session) = &self.session {
                    let preview = MappingPreview::new(&session.preview(id, &placing)?);
                    tell(Event::Previewed(id, Arc::new(preview)));
                }
                return Ok(Effect::Nothing);
            }
            Command::SaveLayout(id, placing, path) => {
                let Some(session) = &self.session else { return Ok(Effect::Nothing) };
                let Some(text) = session.layout(id, &placing)? else {
                    tell(Event::Refused(Refused::NoLayout));
                    return Ok(Effect::Nothing);
                };
                outputs::write_whole(&path, |out| out.write_all(text.as_bytes()))?;
                tell(Event::LayoutSaved(path));
                return Ok(Effect::Nothing);
            }
            Command::Compare(id) => {
                if let Some(session) = &self.session {
                    let since =
                        session.since_last(id)?.map(|(before, difference)| SinceLast::new(&before, &difference));
                    tell(Event::Compared(id, since.map(Arc::new)));
                }
                return Ok(Effect::Nothing);
            }
            Command::Place(id, placing, remember) => self.with(|session| session.place(id, &placing, remember))?,
            Command::Remove(id) => self.with(|session| session.remove(id))?,
            Command::Change(changes) => self.with(|session| session.perform(changes))?,
            Command::Try(policy) => {
                self.trial = policy.map(|policy| *policy);
                return Ok(Effect::Changed);
            }
            Command::Leave => {
                self.studied = None;
                return Ok(Effect::Nothing);
            }
            Command::Study(app) => {
                self.studied = Some(app);
                self.restudy = true;
                return Ok(Effect::Nothing);
            }
            Command::ChangeAll(listing, ids, bulk) => {
                let analysis = &listing.snapshot.analysis;
                let change = |id: AccountId| match &bulk {
                    Bulk::Decide(verdict) => analysis.decide(id, verdict.clone()),
                    Bulk::Exempt(exemption) => analysis.exempt(id, exemption.clone()),
                };
                self.with(|session| session.perform(ids.into_iter().map(change).collect()))?;
            }
            Command::UndoStep(steps) if steps != self.steps() => {
                tell(Event::NothingToDo);
                return Ok(Effect::Nothing);
            }
            Command::Undo | Command::UndoStep(_) => return self.step(Session::undo, tell),
            Command::Redo => return self.step(Session::redo, tell),
        }
        Ok(Effect::Changed)
    }

    fn open(
        &mut self,
        path: PathBuf,
        open: impl FnOnce(&Path) -> Result<Session, SessionError>,
    ) -> Result<(), SessionError> {
        // The working folder may be another when the path is used again.
        let path = std::path::absolute(&path).unwrap_or(path);
        self.session = Some(open(&path)?);
        self.studied = None;
        // The window goes on with its filter where the same workspace is opened again.
        if self.path.as_ref() != Some(&path) {
            self.wanted = (Filter::default(), None);
        }
        self.opened = Opened::next();
        self.title = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        self.path = Some(path);
        Ok(())
    }

    fn with(&mut self, change: impl FnOnce(&mut Session) -> Result<(), SessionError>) -> Result<(), SessionError> {
        self.session.as_mut().map_or(Ok(()), change)
    }

    fn step(
        &mut self,
        step: impl FnOnce(&mut Session) -> Result<bool, SessionError>,
        tell: &impl Fn(Event),
    ) -> Result<Effect, SessionError> {
        if self.session.as_mut().map_or(Ok(false), step)? {
            return Ok(Effect::Changed);
        }
        tell(Event::NothingToDo);
        Ok(Effect::Nothing)
    }

    fn import(&mut self, paths: &[PathBuf], tell: &impl Fn(Event)) -> Result<Effect, SessionError> {
        let (sources, mut noticed) = gather(paths);
        let files = sources.len();
        let (pace, stop) = (Pace::new(tell), Stop::default());
        let mut progress = |step: &Step<'_>| {
            pace.tell(|taken| Progress {
                what: Doing::Reading(step.file.to_owned()),
                number: (step.number + 1).min(files),
                files,
                done: step.done,
                of: step.of,
                taken,
                stop: Some(stop.clone()),
            });
            !stop.is_asked()
        };
        let Some(session) = &mut self.session else { return Ok(Effect::Nothing) };
        let Some(further) = session.import(&sources, &Placings::new(), &mut progress)? else {
            tell(Event::Stopped(Stopped::Import));
            return Ok(Effect::Nothing);
        };
        noticed.extend(further);
        tell(Event::Noticed(noticed));
        Ok(Effect::Changed)
    }

    /// Derives everything anew, and shows it.
    fn renew(&mut self, tell: &impl Fn(Event)) {
        self.earlier = None;
        // What leads up to something else is asked for anew.
        self.trend = None;
        tell(Event::Progress(Progress::of_unknown_length(Doing::Matching)));
        self.snapshot = self.derive().map(Arc::new);
        tell(self.snapshot.clone().map_or(Event::Closed, Event::Loaded));
    }

    fn derive(&self) -> Option<Snapshot> {
        let session = self.session.as_ref()?;
        let before = self.snapshot.as_ref().map(|snapshot| &snapshot.analysis);
        let analysis = session.analyze_after(before, self.trial.as_ref());
        Some(Snapshot {
            kept: session.workspace().policy.clone(),
            contracts: Contracts::new(&analysis),
            seats: SeatsChart::new(&analysis),
            title: self.title.clone(),
            path: self.path.clone(),
            opened: self.opened,
            overview: Overview::new(&analysis),
            imports: Imports::new(&analysis),
            review: Review::new(&analysis),
            settings: Settings::new(&analysis),
            analysis,
        })
    }
}

impl State {
    fn study(&self) -> Option<Studied> {
        let snapshot = self.snapshot.clone()?;
        let app = self.studied.clone()?;
        let scenarios = Scenarios::new(&snapshot.analysis, app.as_ref());
        let study = scenarios.app.as_ref().and_then(|app| snapshot.analysis.study(app, self.trial.is_none()));
        Some(Studied { snapshot, scenarios, study })
    }

    fn list(&self) -> Option<Listing> {
        let snapshot = self.snapshot.clone()?;
        let (filter, sort) = self.wanted.clone();
        let accounts = Accounts::new(&snapshot.analysis, &filter, sort);
        let summary = accounts.summary(&snapshot.analysis);
        Some(Listing { snapshot, filter, sort, accounts, summary })
    }
}

/// Tells how far something is, now and then.
struct Pace<'a, Tell> {
    tell: &'a Tell,
    begun: Instant,
    last: Cell<Option<Instant>>,
}

impl<'a, Tell: Fn(Event)> Pace<'a, Tell> {
    fn new(tell: &'a Tell) -> Self {
        Self { tell, begun: Instant::now(), last: Cell::default() }
    }

    /// What comes next is told in any case.
    fn at_once(&self) {
        self.last.set(None);
    }

    fn tell(&self, progress: impl FnOnce(Duration) -> Progress) {
        if self.last.get().is_none_or(|last| last.elapsed() > BETWEEN_TELLS) {
            self.last.set(Some(Instant::now()));
            (self.tell)(Event::Progress(progress(self.begun.elapsed())));
        }
    }
}

fn earlier(
    kept: &mut Option<Arc<Vec<Earlier>>>,
    session: &Session,
    now: &Analysis,
) -> Result<Arc<Vec<Earlier>>, SessionError> {
    if let Some(then) = kept {
        return Ok(then.clone());
    }
    let then = Arc::new(session.analyze_earlier(now)?);
    *kept = Some(then.clone());
    Ok(then)
}

/// A name for a workspace nobody has named: the first that is free.
fn new_workspace_path() -> PathBuf {
    let folder = super::data_folder();
    // Without the folder SQLite says what is wrong.
    let _ = std::fs::create_dir_all(&folder);
    let name = |number: u32| match number {
        1 => folder.join("workspace.truedown"),
        number => folder.join(format!("workspace {number}.truedown")),
    };
    (1..u32::MAX).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(1))
}
