//! The window while its worker is silent, slow, failing or gone: it never waits, and it says what is wrong.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender};

use eframe::egui::{Key, Theme, Vec2};
use egui_kittest::kittest::Queryable;
use truedown::gui::{App, Screen};
use truedown::session::{Command, Event, Stop, Worker};

use crate::driver::*;

const SCREENS: [(&str, Screen); 8] = [
    ("Overview", Screen::Overview),
    ("Imports", Screen::Imports),
    ("Accounts", Screen::Accounts),
    ("Review", Screen::Review),
    ("Apps & contracts", Screen::Contracts),
    ("Scenarios", Screen::Scenarios),
    ("Reports", Screen::Reports),
    ("Settings", Screen::Settings),
];

/// Stands between the window and a real worker, and decides what gets through.
struct Between {
    orders: Option<Receiver<Command>>,
    events: Option<Sender<Event>>,
    worker: Worker,
    /// Events that wait to be told.
    held: Vec<Event>,
}

fn between() -> (Window, Rc<RefCell<Between>>) {
    let (played, orders, events) = Worker::played();
    let between =
        Between { orders: Some(orders), events: Some(events), worker: Worker::start(|| ()).unwrap(), held: Vec::new() };
    let played = RefCell::new(Some(played));
    let window = window_of(Vec2::new(1440.0, 900.0), Theme::Light, move |ctx| {
        App::with_worker(ctx, None, played.borrow_mut().take().unwrap())
    });
    (window, Rc::new(RefCell::new(between)))
}

impl Between {
    /// Passes commands on; the answers come when they are released.
    fn pass(&mut self, passes: impl Fn(&Command) -> bool) {
        for command in self.orders.iter().flat_map(Receiver::try_iter) {
            if passes(&command) {
                self.worker.send(command);
            }
        }
        self.held.extend(self.worker.events());
    }

    fn release(&mut self) {
        for event in self.held.drain(..) {
            let _ = self.events.as_ref().unwrap().send(event);
        }
    }
}

/// Everything gets through until the sample is there.
fn with_sample() -> (Window, Rc<RefCell<Between>>) {
    let (mut harness, between) = between();
    click(&mut harness, "Open the sample");
    for _ in 0..4000 {
        between.borrow_mut().pass(|_| true);
        between.borrow_mut().release();
        harness.run_steps(1);
        let there = harness.query_by_label("Orphaned accounts: 22").is_some();
        if there && !harness.state().as_ref().unwrap().is_waiting() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    harness.get_by_label("Orphaned accounts: 22");
    click(&mut harness, "Skip the tour");
    (harness, between)
}

#[test]
fn a_silent_worker_stops_nobody() {
    let (mut harness, between) = with_sample();
    for (name, shown) in SCREENS {
        go(&mut harness, name);
        assert_eq!(screen(&harness), shown);
        // Whatever is asked for on it, the next frame comes.
        harness.key_press(Key::Tab);
        harness.run_steps(2);
    }
    // What is still to come is told as such.
    go(&mut harness, "Scenarios");
    harness.get_by_label_contains("Comparing");
    // What was there stays there.
    go(&mut harness, "Overview");
    harness.get_by_label("Orphaned accounts: 22");
    assert!(harness.state().as_ref().unwrap().is_waiting());
    drop(between);
}

#[test]
fn a_slow_worker_is_waited_for_with_the_figures_of_before() {
    let (mut harness, between) = with_sample();
    go(&mut harness, "Apps & contracts");
    click(&mut harness, "Contract of Intercom: saves $3,271");
    click(&mut harness, "Plan of Intercom: Essential");
    harness.get_by_role_and_label(eframe::egui::accesskit::Role::Button, "Expert").click();
    harness.run_steps(3);
    // The command is carried out, its answer is on its way.
    for _ in 0..100 {
        between.borrow_mut().pass(|_| true);
        harness.run_steps(1);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    harness.get_by_label("Plan of Intercom: Essential");
    for (name, shown) in SCREENS {
        go(&mut harness, name);
        assert_eq!(screen(&harness), shown);
    }
    until_passed(&mut harness, &between);
    go(&mut harness, "Apps & contracts");
    harness.get_by_label("Plan of Intercom: Expert");
}

fn until_passed(harness: &mut Window, between: &Rc<RefCell<Between>>) {
    for _ in 0..4000 {
        between.borrow_mut().pass(|_| true);
        between.borrow_mut().release();
        harness.run_steps(1);
        if !harness.state().as_ref().unwrap().is_waiting() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    panic!("the worker never came to an end");
}

#[test]
fn what_fails_is_said_on_every_screen_and_changes_nothing() {
    let (mut harness, between) = with_sample();
    for (name, shown) in SCREENS {
        go(&mut harness, name);
        let text = format!("the disk is full, says {name}");
        let told = between.borrow().events.as_ref().unwrap().send(Event::Failed(text.clone()));
        told.unwrap();
        harness.run_steps(3);
        harness.get_by_label(&text);
        assert_eq!(screen(&harness), shown);
        click(&mut harness, "Close message");
        assert!(harness.query_by_label(&text).is_none());
    }
    go(&mut harness, "Overview");
    harness.get_by_label("Orphaned accounts: 22");
}

#[test]
fn a_worker_that_is_gone_is_told_of_once() {
    let (mut harness, between) = with_sample();
    between.borrow_mut().orders = None;
    for _ in 0..3 {
        click(&mut harness, "Undo");
    }
    harness.get_by_label_contains("The part of the program that does the work has stopped");
    for (name, shown) in SCREENS {
        go(&mut harness, name);
        assert_eq!(screen(&harness), shown);
    }
}

#[test]
fn what_takes_long_is_told_with_its_rate_and_can_be_stopped() {
    let (mut harness, between) = with_sample();
    let progress = truedown::session::Progress {
        what: truedown::session::Doing::Reading("salesforce-users.csv".into()),
        number: 2,
        files: 3,
        done: 412_000_000,
        of: 1_000_000_000,
        taken: std::time::Duration::from_secs(10),
        stop: Some(Stop::default()),
    };
    between.borrow().events.as_ref().unwrap().send(Event::Progress(progress)).unwrap();
    harness.run_steps(3);
    let said = "· file 2 of 3 · 412 MB of 1 GB · 41 MB/s · about 15 s left";
    for (name, _) in SCREENS {
        go(&mut harness, name);
        harness.get_by_label("Reading salesforce-users.csv");
        harness.get_by_label(said);
    }
    click(&mut harness, "Cancel");
    // The worker says that it has stopped.
    let stopped = Event::Stopped(truedown::session::Stopped::Import);
    between.borrow().events.as_ref().unwrap().send(stopped).unwrap();
    harness.run_steps(3);
    harness.get_by_label("Import stopped. Nothing was changed.");
    assert!(harness.query_by_label("Cancel").is_none());
}
