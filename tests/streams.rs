//! Files that come a piece at a time: the pieces make no difference, and an import can be stopped between them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use truedown::import::{self, Content, Profiles, Records, Source};
use truedown::session::Session;

/// Bytes that come a few at a time.
#[derive(Debug)]
struct Dribble(Vec<u8>, usize);

impl Content for Dribble {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(Drops(&self.0, self.1)))
    }
}

struct Drops<'a>(&'a [u8], usize);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(self.1);
        self.0.read(&mut buffer[..most])
    }
}

fn corpus(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            corpus(&path, found);
        } else if path.extension().is_some_and(|ending| ending != "expect" && ending != "zip") {
            found.push(path);
        }
    }
}

#[test]
fn pieces_make_no_difference() {
    let profiles = Profiles::builtin().unwrap();
    let mut paths = Vec::new();
    corpus(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus"), &mut paths);
    assert!(paths.len() > 100);
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let kept = |content: Source<'_>| {
            let import = import::read(&content, &profiles, None);
            let mut out = Vec::new();
            import::keep(&content, &import, &mut out).unwrap();
            (format!("{import:?}"), out)
        };
        let whole = kept(Source::new(name, bytes.clone()));
        for most in [1, 7, 1000] {
            let dribbled = kept(Source::new(name, Dribble(bytes.clone(), most)));
            assert!(dribbled.0 == whole.0, "{name} by {most}:\n{}\n{}", dribbled.0, whole.0);
            assert!(dribbled.1 == whole.1, "{name} is not kept alike by {most}");
        }
    }
}

/// A list of any length that is nowhere.
#[derive(Debug)]
struct Endless(u64);

const HEADER: &str = "Name,Email,Seat type,Role,Teams,Last active\n";
const ROW: &str = "Ann Lee,ann@a.example,Full,Agent,Team,2026-01-30\n";

impl Content for Endless {
    fn size(&self) -> u64 {
        HEADER.len() as u64 + self.0 * ROW.len() as u64
    }

    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        let rows = Repeat { left: self.0, at: 0 };
        Ok(Box::new(HEADER.as_bytes().chain(rows)))
    }
}

struct Repeat {
    left: u64,
    at: usize,
}

impl Read for Repeat {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut written = 0;
        while written < buffer.len() && self.left > 0 {
            let part = (&ROW.as_bytes()[self.at..]).read(&mut buffer[written..])?;
            written += part;
            self.at = (self.at + part) % ROW.len();
            self.left -= u64::from(self.at == 0);
        }
        Ok(written)
    }
}

#[test]
fn an_import_can_be_stopped_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stopped.truedown");
    let rows = 20_000;
    let source = || Source::new("teammates.csv", Endless(rows));
    let state = |session: &Session| format!("{:?}", session.workspace());
    let mut session = Session::open_or_make(&path).unwrap();
    let empty = state(&session);
    // How often it is asked in all, to stop at some of these times.
    let (mut asked, mut last) = (0, 0);
    let probe = Session::open_or_make(&folder.path().join("probe.truedown")).unwrap();
    let mut probe = probe;
    probe
        .import(&[source()], &Vec::new(), &mut |step| {
            assert!(step.done >= last && step.done <= step.of, "{} of {} after {last}", step.done, step.of);
            asked += 1;
            last = step.done;
            true
        })
        .unwrap()
        .unwrap();
    assert!(asked > 40, "asked {asked} times");
    for stop in [1, asked / 4, asked / 2, asked * 3 / 4, asked - 1] {
        let mut times = 0;
        let stopped = session.import(&[source()], &Vec::new(), &mut |_| {
            times += 1;
            times < stop
        });
        assert!(stopped.unwrap().is_none(), "stopped after {stop} of {asked}");
        assert_eq!(state(&session), empty);
    }
    drop(session);
    let mut again = Session::open(&path).unwrap();
    assert_eq!(state(&again), empty);
    assert!(again.import(&[source()], &Vec::new(), &mut |_| true).unwrap().is_some());
    drop(again);
    // What was kept in pieces is the same file.
    let opened = Session::open(&path).unwrap();
    let import = opened.workspace().imports.values().next().unwrap();
    assert!(matches!(&import.records, Records::Accounts(accounts) if accounts.len() as u64 == rows));
}
