use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{Placings, ReportOrder, Session, SessionError, Step, gather, outputs};
use crate::analysis::{Analysis, Earlier};
use crate::export::Shape;
use crate::import::Placing;
use crate::model::{AppName, Diagnostic};
use crate::view::{
    Accounts, Contracts, Filter, Found, Imports, MappingDraft, MappingPreview, Overview, Review, Scenarios, Section,
    Settings, SinceLast, Sort, Study,
};
use crate::workspace::{Change, ImportId, Policy};

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
    /// Change something.
    Change(Box<Change>),
    /// Show what a policy would come to, without keeping it: a slider is being moved. Nothing stops that.
    Try(Option<Box<Policy>>),
    /// Show the courses of action for an app, or for all.
    Study(Option<AppName>),
    /// Nobody looks at courses of action any more.
    Leave,
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Choose and order accounts for the table.
    List(Filter, Option<Sort>),
    /// Look for people, accounts and apps by a text.
    Find(String),
    /// Show the pages of a report with some sections.
    PreviewReport(Vec<Section>),
    /// Write reports into a folder.
    Export(PathBuf, Box<ReportOrder>),
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
    /// The accounts asked for.
    Listed(Arc<Listing>),
    /// The courses of action asked for.
    Studied(Arc<Studied>),
    /// Files were read, with these things noticed beyond what the imports say.
    Noticed(Vec<Diagnostic>),
    /// An import was stopped; the workspace is as it was.
    Stopped,
    /// A file laid open.
    Drafted(ImportId, Arc<MappingDraft>),
    /// What it would be read as.
    Previewed(ImportId, Arc<MappingPreview>),
    /// A layout was written.
    LayoutSaved(PathBuf),
    /// What has changed in a file since the last one, if there was one.
    Compared(ImportId, Option<Arc<SinceLast>>),
    /// What was found for a text.
    Found(String, Arc<Found>),
    /// The pages of a report, of a snapshot.
    ReportPreviewed(Arc<ReportPages>),
    /// Reports were written.
    Exported(Vec<PathBuf>),
    /// A command could not be carried out.
    Failed(String),
    /// There was nothing to undo or redo.
    NothingToDo,
}

/// How far something is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub what: String,
    /// The file under way, from 1.
    pub number: usize,
    /// Files in all.
    pub files: usize,
    /// Bytes done.
    pub done: u64,
    /// Bytes in all.
    pub of: u64,
}

/// Everything the screens show of a workspace, derived once.
#[derive(Debug)]
pub struct Snapshot {
    /// The workspace's name.
    pub title: String,
    /// Its file; none for the sample.
    pub path: Option<PathBuf>,
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

/// The thread that does all work, and the way to it.
#[derive(Debug)]
pub struct Worker {
    commands: Sender<(Command, Cancel)>,
    events: Receiver<Event>,
    /// Of the command sent last that can be stopped.
    cancel: Cancel,
}

/// Set when a command is to stop.
type Cancel = Arc<AtomicBool>;

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
            while let Ok(first) = orders.recv() {
                let waiting: Vec<(Command, Cancel)> = std::iter::once(first).chain(orders.try_iter()).collect();
                let count = waiting.len();
                // A fault of ours must not take the window with it: what was open is dropped, and it is said.
                let served = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| state.serve(waiting, &tell)));
                if served.is_err() {
                    state = State::default();
                    tell(Event::Closed);
                    tell(Event::Failed(
                        "Something unexpected went wrong, and the workspace was closed. Its file is as it was.".into(),
                    ));
                }
                tell(Event::Done(count));
            }
        })?;
        Ok(Self { commands, events, cancel: Cancel::default() })
    }

    /// Asks for something.
    pub fn send(&mut self, command: Command) {
        let cancel = Cancel::default();
        if matches!(command, Command::Import(_)) {
            self.cancel = cancel.clone();
        }
        // The thread ends only with this sender.
        let _ = self.commands.send((command, cancel));
    }

    /// Asks to stop the import under way; the workspace stays as it was.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
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
    snapshot: Option<Arc<Snapshot>>,
    wanted: (Filter, Option<Sort>),
    /// Whose courses of action are on the screen; the outer `None` if no app's are.
    studied: Option<Option<AppName>>,
    /// Other courses of action were asked for.
    restudy: bool,
    /// The policy that is only tried.
    trial: Option<Policy>,
    /// What would have been said before the present lists came; made when a report first asks for it, as it takes as long as the
    /// analysis itself.
    earlier: Option<Arc<Vec<Earlier>>>,
}

impl State {
    /// Carries out what waits; one analysis and one list for all of it: only the last would be looked at.
    fn serve(&mut self, waiting: Vec<(Command, Cancel)>, tell: &impl Fn(Event)) {
        let mut effect = Effect::Nothing;
        // Of several that wait only the last would be looked at.
        let kinds: [fn(&Command) -> bool; 3] = [
            |command| matches!(command, Command::Preview(..)),
            |command| matches!(command, Command::Find(_)),
            |command| matches!(command, Command::PreviewReport(_)),
        ];
        let last = kinds.map(|is| waiting.iter().rposition(|(command, _)| is(command)));
        for (number, (command, cancel)) in waiting.into_iter().enumerate() {
            if kinds.iter().zip(last).any(|(is, last)| is(&command) && last != Some(number)) {
                continue;
            }
            // What was tried is over with the next thing that is meant, whatever comes of it.
            let goes_on = matches!(
                command,
                Command::Try(_)
                    | Command::Study(_)
                    | Command::Leave
                    | Command::List(..)
                    | Command::Find(_)
                    | Command::PreviewReport(_)
            );
            if !goes_on && self.trial.take().is_some() {
                effect = Effect::Changed;
            }
            // What is written or looked for is of what has been changed before.
            let of_all = matches!(command, Command::Export(..) | Command::PreviewReport(_) | Command::Find(_));
            if of_all && effect == Effect::Changed {
                self.renew(tell);
                effect = Effect::Relist;
                self.restudy = true;
            }
            match self.perform(command, &cancel, tell) {
                Ok(done) => effect = effect.max(done),
                Err(fault) => tell(Event::Failed(fault.to_string())),
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

    fn perform(&mut self, command: Command, cancel: &Cancel, tell: &impl Fn(Event)) -> Result<Effect, SessionError> {
        match command {
            Command::OpenSample => {
                self.session = Some(Session::sample()?);
                self.title = "Northwind Support (sample)".into();
                self.path = None;
            }
            Command::Open(path) => self.open(path, Session::open)?,
            Command::Make(path) => self.open(path, Session::open_or_make)?,
            Command::Close => *self = Self::default(),
            Command::Import(paths) => {
                // The sample is nobody's company: real files do not go into it.
                if self.path.is_some() {
                    return self.import(&paths, cancel, tell);
                }
                let before = std::mem::take(self);
                let path = new_workspace_path();
                let effect =
                    self.open(path.clone(), Session::open_or_make).and_then(|()| self.import(&paths, cancel, tell));
                // What was made for files that did not come goes again.
                let empty = |session: &Session| {
                    session.workspace().imports.is_empty() && session.workspace().layouts.is_empty()
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
                let now = &snapshot.analysis;
                let then = earlier(&mut self.earlier, session, now)?;
                let written = session.write_reports(now, &then, &folder, &order)?;
                tell(Event::Exported(written));
                return Ok(Effect::Nothing);
            }
            Command::Find(text) => {
                if let Some(snapshot) = &self.snapshot {
                    let found = Found::new(&snapshot.analysis, &text);
                    tell(Event::Found(text, Arc::new(found)));
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
                    tell(Event::Failed("No column is mapped yet, so there is no layout to save.".into()));
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
            Command::Change(change) => self.with(|session| session.perform(vec![*change]))?,
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
            Command::Undo => return self.step(Session::undo, tell),
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
        self.wanted = (Filter::default(), None);
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

    fn import(&mut self, paths: &[PathBuf], cancel: &Cancel, tell: &impl Fn(Event)) -> Result<Effect, SessionError> {
        let (sources, mut noticed) = gather(paths);
        let files = sources.len();
        let mut last: Option<Instant> = None;
        let mut progress = |step: &Step<'_>| {
            if last.is_none_or(|last| last.elapsed() > BETWEEN_TELLS) {
                last = Some(Instant::now());
                let what = format!("Reading {}", step.file);
                let number = (step.number + 1).min(files);
                tell(Event::Progress(Progress { what, number, files, done: step.done, of: step.of }));
            }
            !cancel.load(Ordering::Relaxed)
        };
        let Some(session) = &mut self.session else { return Ok(Effect::Nothing) };
        let Some(further) = session.import(&sources, &Placings::new(), &mut progress)? else {
            tell(Event::Stopped);
            return Ok(Effect::Nothing);
        };
        noticed.extend(further);
        tell(Event::Noticed(noticed));
        Ok(Effect::Changed)
    }

    /// Derives everything anew, and shows it.
    fn renew(&mut self, tell: &impl Fn(Event)) {
        self.earlier = None;
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
            title: self.title.clone(),
            path: self.path.clone(),
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
