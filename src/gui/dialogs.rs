use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use eframe::egui::Context;

use super::text::dialogs as say;
use crate::session::ENDINGS;

/// What a dialog was opened for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Purpose {
    /// Exports to read.
    Import,
    /// A workspace to open.
    OpenWorkspace,
    /// Where a new workspace goes.
    NewWorkspace,
    /// Where reports go.
    ExportFolder,
    /// Where the key to a pseudonymized report goes.
    KeyFile,
    /// Where a layout goes.
    SaveLayout,
}

/// What came of a dialog.
#[derive(Debug)]
pub(super) enum Answer {
    /// These were chosen.
    Chosen(Purpose, Vec<PathBuf>),
    /// Closed without a choice.
    Cancelled,
    /// It was gone before anybody could have closed it: the system has no file dialog.
    Unavailable,
}

/// A person needs longer than this to close a dialog.
const TOO_QUICK: Duration = Duration::from_millis(300);

/// File dialogs of the system. They run beside the window, which never waits for them.
#[derive(Debug)]
pub(super) struct Dialogs {
    answers: Receiver<Answer>,
    answer: Sender<Answer>,
    open: bool,
}

impl Dialogs {
    pub(super) fn new() -> Self {
        let (answer, answers) = channel();
        Self { answers, answer, open: false }
    }

    /// Opens a dialog, unless one is open.
    pub(super) fn open(&mut self, purpose: Purpose, ctx: &Context) {
        if std::mem::replace(&mut self.open, true) {
            return;
        }
        let dialog = rfd::AsyncFileDialog::new();
        let workspaces = (say::WORKSPACES, &["truedown"]);
        let (answer, ctx) = (self.answer.clone(), ctx.clone());
        let begun = Instant::now();
        let tell = move |chosen: Option<Vec<PathBuf>>| {
            let told = match chosen {
                Some(paths) => Answer::Chosen(purpose, paths),
                None if begun.elapsed() < TOO_QUICK => Answer::Unavailable,
                None => Answer::Cancelled,
            };
            // The window may be gone by now.
            let _ = answer.send(told);
            ctx.request_repaint();
        };
        let one = |handle: rfd::FileHandle| vec![handle.path().to_owned()];
        // The future is made here, on the window's thread, as some systems ask; it is waited for on another.
        let spawned = match purpose {
            Purpose::Import => {
                let future = dialog.set_title(say::IMPORT).add_filter(say::EXPORTS, &ENDINGS).pick_files();
                wait(move || tell(pollster::block_on(future).map(|files| files.into_iter().flat_map(one).collect())))
            }
            Purpose::OpenWorkspace => {
                let future = dialog.set_title(say::OPEN_WORKSPACE).add_filter(workspaces.0, workspaces.1).pick_file();
                wait(move || tell(pollster::block_on(future).map(one)))
            }
            Purpose::NewWorkspace => {
                let dialog = dialog.set_title(say::NEW_WORKSPACE).add_filter(workspaces.0, workspaces.1);
                let future = dialog.set_file_name("company.truedown").save_file();
                wait(move || tell(pollster::block_on(future).map(one)))
            }
            Purpose::SaveLayout => {
                let dialog = dialog.set_title(say::SAVE_LAYOUT).add_filter(say::LAYOUTS, &["toml"]);
                let future = dialog.set_file_name("layout.toml").save_file();
                wait(move || tell(pollster::block_on(future).map(one)))
            }
            Purpose::KeyFile => {
                let dialog = dialog.set_title(say::KEY_FILE).add_filter(say::KEYS, &["csv"]);
                let future = dialog.set_file_name("truedown-key.csv").save_file();
                wait(move || tell(pollster::block_on(future).map(one)))
            }
            Purpose::ExportFolder => {
                let future = dialog.set_title(say::EXPORT_FOLDER).pick_folder();
                wait(move || tell(pollster::block_on(future).map(one)))
            }
        };
        if spawned.is_err() {
            self.open = false;
        }
    }

    /// What came of the dialog, if it has ended.
    pub(super) fn answer(&mut self) -> Option<Answer> {
        let answer = self.answers.try_recv().ok()?;
        self.open = false;
        Some(answer)
    }
}

fn wait(job: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    thread::Builder::new().name("dialog".into()).spawn(job).map(|_| ())
}
