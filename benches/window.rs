//! How long a frame of the window takes with a million accounts, and how soon the first one stands there.
//!
//! `cargo bench --bench window` prints both. The second part needs a display; `frames` or `start` behind `--` asks for one part.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement stops where it cannot go on, writes its own inputs and prints what it found"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use eframe::egui::{
    CentralPanel, Context, Event, FullOutput, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2,
    RawInput, Rect, TouchPhase, Ui, Vec2, ViewportBuilder, pos2, vec2,
};
use truedown::gui::App;

/// Accounts in all.
const ACCOUNTS: usize = 1_000_000;
/// People in the directory.
const PEOPLE: usize = 500_000;
/// Frames of each kind.
const FRAMES: usize = 300;
/// Starts of each window.
const STARTS: usize = 11;
const SIZE: Vec2 = vec2(1440.0, 900.0);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.first().map(String::as_str) {
        Some("one-start") => one_start(&arguments[1]),
        Some("frames") => frames(),
        Some("start") => starts(),
        _ => {
            starts();
            frames();
        }
    }
}

// The first frame.

/// Does nothing but to end after the first frame that was shown.
struct Until<A>(A, u32);

impl<A: eframe::App> eframe::App for Until<A> {
    fn logic(&mut self, ctx: &Context, frame: &mut eframe::Frame) {
        self.0.logic(ctx, frame);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.1 += 1;
        // By the second frame the first has been shown.
        if self.1 == 2 {
            println!("shown");
            ui.ctx().send_viewport_cmd(eframe::egui::ViewportCommand::Close);
        }
        self.0.ui(ui, frame);
        ui.ctx().request_repaint();
    }
}

struct Bare;

impl eframe::App for Bare {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        CentralPanel::default().show(ui, |ui| ui.label("Bare"));
    }
}

fn one_start(which: &str) {
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default().with_inner_size(SIZE),
        renderer: eframe::Renderer::Glow,
        persist_window: false,
        ..Default::default()
    };
    let ours = which == "ours";
    eframe::run_native(
        "truedown-bench",
        options,
        Box::new(move |creation| {
            Ok(if ours {
                Box::new(Until(App::new(&creation.egui_ctx, None, None)?, 0)) as Box<dyn eframe::App>
            } else {
                Box::new(Until(Bare, 0))
            })
        }),
    )
    .expect("a window opens");
}

/// From the start of a process to its first frame, in turn with a window that shows one word.
fn starts() {
    let once = |which: &str| {
        let begun = Instant::now();
        let program = std::env::current_exe().unwrap();
        let mut child = Command::new(program)
            .args(["one-start", which])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = String::new();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.take().unwrap()), &mut said).unwrap();
        let taken = begun.elapsed();
        let ended = child.wait().unwrap();
        assert_eq!((said.trim(), ended.success()), ("shown", true), "the first frame needs a display");
        taken
    };
    once("bare");
    once("ours");
    let mut times: [Vec<Duration>; 2] = Default::default();
    for _ in 0..STARTS {
        times[0].push(once("bare"));
        times[1].push(once("ours"));
    }
    times.iter_mut().for_each(|times| times.sort());
    let [bare, ours] = times.map(|times| times[STARTS / 2]);
    println!(
        "first frame, median of {STARTS}: bare window {:.0} ms, Truedown {:.0} ms, {:.2} times",
        bare.as_secs_f64() * 1e3,
        ours.as_secs_f64() * 1e3,
        ours.as_secs_f64() / bare.as_secs_f64()
    );
}

// Frames.

/// A surname of its own for each number.
fn surname(mut number: usize) -> String {
    let mut letters = String::from("K");
    for vowels in ["aeiou", "bdglmnrst", "aeiou", "knrstvz", "aeiou", "hlmnrs", "aeio"] {
        let choice = vowels.as_bytes();
        letters.push(char::from(choice[number % choice.len()]));
        number /= choice.len();
    }
    letters
}

/// A directory and the lists of two apps. One account in a hundred has a private address and is known by its name alone.
fn company(folder: &Path) {
    let given = ["Ann", "Bo", "Carla", "Dee", "Emil", "Fatima", "Goran", "Hana", "Ivo", "Jun"];
    let departments = ["Support", "Sales", "Finance", "Engineering"];
    let person = |number: usize| {
        let (first, last) = (given[number % 10], surname(number));
        let address = format!("{}.{}{number}@big.example", first.to_lowercase(), last.to_lowercase());
        (first, last, address)
    };
    let mut people = "User Id,Status,Username,First name,Last name,Primary email,Department\n".to_owned();
    for number in 0..PEOPLE {
        let (first, last, address) = person(number);
        let status = if number % 20 == 7 { "DEPROVISIONED" } else { "ACTIVE" };
        let department = departments[number % 4];
        writeln!(people, "p{number},{status},{address},{first},{last},{address},{department}").unwrap();
    }
    std::fs::write(folder.join("people-2026-01-31.csv"), people).unwrap();
    let account = |number: usize| {
        let (first, last, address) = person(number % PEOPLE);
        let private = number % 100 == 3;
        (format!("{first} {last}"), if private { format!("user{number}@mail.example") } else { address })
    };
    let mut intercom = "Name,Email,Seat type,Role,Teams,Last active\n".to_owned();
    let mut bitwarden = "Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n".to_owned();
    for number in 0..ACCOUNTS / 2 {
        let (name, address) = account(number);
        let day = number % 28 + 1;
        writeln!(intercom, "{name},{address},Full,Agent,Billing,2026-01-{day:02} 08:00:00").unwrap();
        writeln!(bitwarden, "{address},{name},Confirmed,User,Enabled,Enrolled,Disabled,").unwrap();
    }
    std::fs::write(folder.join("intercom-teammates-2026-01-31.csv"), intercom).unwrap();
    std::fs::write(folder.join("bitwarden-2026-01-31.csv"), bitwarden).unwrap();
    let contracts = "App,Plan,Seats purchased,Price per seat\nIntercom,Essential,500000,29\nBitwarden,Teams,500000,4\n";
    std::fs::write(folder.join("contracts.csv"), contracts).unwrap();
}

/// The window without a screen: its input is made up, its output is put into triangles and thrown away.
struct Headless {
    ctx: Context,
    app: App,
    time: f64,
}

impl Headless {
    fn new(app: impl FnOnce(&Context) -> App) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        let app = app(&ctx);
        Self { ctx, app, time: 0.0 }
    }

    /// One frame with all that the CPU does for it.
    fn frame(&mut self, events: Vec<Event>) -> (Duration, FullOutput) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.time),
            events,
            focused: true,
            ..Default::default()
        };
        let begun = Instant::now();
        self.app.take_in(&self.ctx);
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| app.show(ui));
        let shapes = std::mem::take(&mut output.shapes);
        let triangles = self.ctx.tessellate(shapes, output.pixels_per_point);
        let taken = begun.elapsed();
        drop(triangles);
        output.textures_delta.clear();
        (taken, output)
    }

    /// Frames until the worker has nothing left to do.
    fn settle(&mut self) {
        let mut idle = 0;
        while idle < 3 {
            self.frame(Vec::new());
            idle = if self.app.is_waiting() { 0 } else { idle + 1 };
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Where something is by its name.
    fn place(&mut self, name: &str) -> Pos2 {
        let (_, output) = self.frame(Vec::new());
        let tree = output.platform_output.accesskit_update.expect("names are given");
        let found = tree.nodes.iter().find(|(_, node)| node.label() == Some(name) && node.bounds().is_some());
        let bounds = found.unwrap_or_else(|| panic!("nothing is called {name}")).1.bounds().unwrap();
        pos2(((bounds.x0 + bounds.x1) / 2.0) as f32, ((bounds.y0 + bounds.y1) / 2.0) as f32)
    }

    fn says(&mut self, text: &str) -> bool {
        let (_, output) = self.frame(Vec::new());
        let tree = output.platform_output.accesskit_update.expect("names are given");
        tree.nodes.iter().any(|(_, node)| node.value().is_some_and(|said| said.contains(text)))
    }

    fn click(&mut self, name: &str) {
        let pos = self.place(name);
        self.frame(vec![Event::PointerMoved(pos)]);
        for pressed in [true, false] {
            let modifiers = Modifiers::NONE;
            self.frame(vec![Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }]);
        }
    }
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e3;
    println!(
        "{what}: median {:.1} ms, p99 {:.1} ms, longest {:.1} ms over {} frames",
        at(0.5),
        at(0.99),
        at(1.0),
        times.len()
    );
}

fn frames() {
    let folder = tempfile::tempdir().unwrap();
    company(folder.path());
    let workspace = folder.path().join("big.truedown");
    let begun = Instant::now();
    let mut window = Headless::new(|ctx| App::new(ctx, None, None).unwrap());
    window.app.open(workspace);
    window.settle();
    window.app.import(vec![folder.path().to_owned()]);
    let mut importing = Vec::new();
    while window.app.is_waiting() {
        importing.push(window.frame(Vec::new()).0);
        std::thread::sleep(Duration::from_millis(10));
    }
    println!("{ACCOUNTS} accounts read and matched in {:.0} s", begun.elapsed().as_secs_f64());
    report("while they are read", importing);

    for screen in ["Overview", "Imports", "Review", "Apps & contracts", "Scenarios", "Settings", "Accounts"] {
        window.click(screen);
        window.settle();
        let still = (0..60).map(|_| window.frame(Vec::new()).0).collect();
        report(&format!("{screen}, at rest"), still);
    }

    assert!(window.says("1,000,000 shown"), "all accounts are in the table");
    let pos = pos2(600.0, 500.0);
    window.frame(vec![Event::PointerMoved(pos)]);
    let scrolled = (0..FRAMES).map(|number| {
        // Now and then far, as by dragging the bar.
        let delta = vec2(0.0, if number % 50 == 49 { -2_000_000.0 } else { -240.0 });
        let (unit, phase, modifiers) = (MouseWheelUnit::Point, TouchPhase::Move, Modifiers::NONE);
        window.frame(vec![Event::MouseWheel { unit, delta, phase, source: MouseWheelSource::Wheel, modifiers }]).0
    });
    let scrolled = scrolled.collect();
    report("scrolling", scrolled);

    let mut sorting = Vec::new();
    for column in ["Sort by Name", "Sort by Finding", "Sort by App"] {
        window.click(column);
        while window.app.is_waiting() {
            sorting.push(window.frame(Vec::new()).0);
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    report("while the worker sorts", sorting);

    let command = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
    let key = |key, pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: command };
    window.frame(vec![key(Key::F, true), key(Key::F, false)]);
    let mut typing = Vec::new();
    for letter in "carla mota 1234".chars() {
        typing.push(window.frame(vec![Event::Text(letter.to_string())]).0);
        for _ in 0..10 {
            typing.push(window.frame(Vec::new()).0);
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    while window.app.is_waiting() {
        typing.push(window.frame(Vec::new()).0);
        std::thread::sleep(Duration::from_millis(5));
    }
    report("typing into the search", typing);
}
