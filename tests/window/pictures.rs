//! Pictures of every screen and state of the real window, for `docs/screenshots`.

use std::path::{Path, PathBuf};

use eframe::egui::accesskit::Role;

use crate::driver::Window;

/// The folder they go into.
fn folder() -> PathBuf {
    std::env::var_os("TRUEDOWN_PICTURES").map(PathBuf::from).expect("TRUEDOWN_PICTURES names a folder")
}

/// A window whose pictures are named after what it is.
struct Camera {
    window: Window,
    /// `light-1440x900`.
    kind: String,
    size: (u32, u32),
    _home: tempfile::TempDir,
}

impl Camera {
    fn new(theme: &str, size: (u32, u32), scale: u32) -> Self {
        let home = tempfile::tempdir().unwrap();
        let window = Window::open(home.path(), size, scale);
        let times = if scale > 1 { format!("-{scale}00%") } else { String::new() };
        let kind = format!("{theme}-{}x{}{times}", size.0, size.1);
        let camera = Self { window, kind, size, _home: home };
        if theme == "dark" {
            camera.window.click(Role::Button, "Dark theme");
        }
        camera
    }

    fn shoot(&self, name: &str) {
        let (width, height) = ((self.size.0 - 4).to_string(), (self.size.1 - 4).to_string());
        self.window.xdotool(&["mousemove", &width, &height, "sleep", "0.4"]);
        std::fs::write(folder().join(format!("{name}-{}.png", self.kind)), self.window.picture()).unwrap();
    }

    fn go(&self, screen: &str) {
        self.window.click(Role::Button, screen);
    }

    fn open_sample(&self) {
        self.window.click(Role::Button, "Open the sample");
        self.window.sees("30 Sep 2025: ");
    }

    /// Every screen with the sample.
    fn screens(&self) {
        self.window.click(Role::Button, "Skip the tour");
        self.shoot("overview");
        self.go("Imports");
        self.shoot("imports");
        self.go("Accounts");
        self.window.sees("Mark all");
        self.shoot("accounts");
        self.go("Review");
        self.shoot("review");
        self.go("Apps & contracts");
        self.shoot("contracts");
        self.go("Scenarios");
        self.window.sees("As recommended: ");
        self.shoot("scenarios");
        self.window.click(Role::Button, "Intercom");
        self.window.sees("automation pays off from");
        self.shoot("scenarios-of-an-app");
        self.go("Reports");
        self.window.sees("Page 1 of ");
        self.shoot("reports");
        self.go("Settings");
        self.shoot("settings");
    }
}

#[test]
#[ignore = "takes pictures for the documents"]
fn pictures_of_screens() {
    for size in [(1440, 900), (1024, 700)] {
        for theme in ["light", "dark"] {
            let camera = Camera::new(theme, size, 1);
            camera.shoot("welcome");
            camera.open_sample();
            camera.shoot("tour");
            camera.screens();
            camera.window.key("ctrl+k");
            camera.window.write("intercom");
            camera.window.sees("Intercom App");
            camera.shoot("palette");
        }
    }
}

/// At twice the size a display of 2,880 points has as much room as the smallest window.
#[test]
#[ignore = "takes pictures for the documents"]
fn pictures_at_twice_the_size() {
    let camera = Camera::new("light", (2048, 1400), 2);
    camera.open_sample();
    camera.screens();
}

/// The largest text in a window of common size.
#[test]
#[ignore = "takes pictures for the documents"]
fn pictures_with_large_text() {
    let camera = Camera::new("light", (1440, 900), 1);
    let window = &camera.window;
    camera.open_sample();
    window.click(Role::Button, "Skip the tour");
    camera.go("Settings");
    window.xdotool(&["mousemove", "500", "700", "click", "--repeat", "10", "5", "sleep", "0.5"]);
    window.click(Role::ComboBox, "Text size: ");
    window.click(Role::Button, "200%");
    for screen in ["Overview", "Imports", "Accounts", "Review", "Apps & contracts", "Scenarios", "Reports", "Settings"]
    {
        camera.go(screen);
        let name: String = screen.to_lowercase().split(' ').next_back().unwrap_or_default().into();
        camera.shoot(&format!("state-large-text-{name}"));
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

/// What is not there yet, what goes wrong, what takes long, what is chosen.
#[test]
#[ignore = "takes pictures for the documents"]
fn pictures_of_states() {
    for theme in ["light", "dark"] {
        let files = tempfile::tempdir().unwrap();
        let camera = Camera::new(theme, (1440, 900), 1);
        let window = &camera.window;
        camera.open_sample();
        window.click(Role::Button, "Skip the tour");

        // A chart in rows, its menu, and the message that takes a change back.
        window.click(Role::Button, "More of What manual costs today");
        camera.shoot("state-chart-menu");
        window.click(Role::Button, "Show as table");
        camera.shoot("state-chart-in-rows");
        window.click(Role::Button, "More of What manual costs today");
        window.click(Role::Button, "Show as chart");

        camera.go("Accounts");
        window.click(Role::CheckBox, "Mark ");
        window.key("Down");
        window.key("space");
        window.sees("2 accounts marked");
        camera.shoot("state-accounts-marked");
        window.click(Role::Button, "Keep…");
        camera.shoot("state-account-kept");
        window.click(Role::Button, "Take the marks off");
        window.click(Role::Button, "Columns");
        camera.shoot("state-columns");
        window.key("Escape");

        camera.go("Review");
        window.click(Role::Button, "Preview");
        camera.shoot("state-review-preview");
        window.key("1");
        camera.go("Apps & contracts");
        window.click(Role::Button, "Contract of Bill.com");
        camera.shoot("state-contract-without-price");
        window.click(Role::Button, "Seats of Bill.com: 20");
        window.key("ctrl+a");
        window.write("many");
        window.key("Return");
        window.sees("is no number of seats");
        camera.shoot("state-error-in-a-field");
        window.click(Role::Button, "Close message");

        // Files: one that is not there, one nobody knows, one that takes a while.
        camera.go("Imports");
        window.click(Role::TextInput, "or a path");
        window.write("/nowhere/at-all.csv");
        window.key("Return");
        window.sees("at-all.csv: ");
        camera.shoot("state-file-not-found");
        window.click(Role::Button, "Close message");
        let unknown = "Contact,Who,Condition,Tier,Most recent login\n\
            ann@a.example,Ann Lee,on,Gold,2026-01-30\nbo@a.example,Bo Ek,off,Gold,2026-01-29\n";
        write(files.path(), "acme members 2026-01-31.csv", unknown);
        bring(window, &files.path().join("acme members 2026-01-31.csv"));
        window.sees("Import 2 accounts");
        camera.shoot("state-mapping");

        camera.go("Overview");
        camera.shoot("state-no-directory");
        for (screen, name) in [
            ("Accounts", "accounts"),
            ("Review", "review"),
            ("Apps & contracts", "contracts"),
            ("Scenarios", "scenarios"),
            ("Reports", "reports"),
        ] {
            camera.go(screen);
            camera.shoot(&format!("state-empty-{name}"));
        }

        camera.go("Imports");
        let mut long = String::from("Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n");
        for number in 0..900_000 {
            long += &format!("person.{number}@a.example,Person {number},Confirmed,User,Enabled,Enrolled,Disabled,\n");
        }
        write(files.path(), "bitwarden-2026-01-31.csv", &long);
        bring(window, &files.path().join("bitwarden-2026-01-31.csv"));
        window.sees("MB/s");
        camera.shoot("state-progress");
        camera.go("Settings");
        camera.shoot("state-progress-elsewhere");
        window.click(Role::Button, "Cancel");
        window.sees("Import stopped");
        camera.shoot("state-stopped");
    }
}

fn bring(window: &Window, path: &Path) {
    window.click(Role::TextInput, "or a path");
    window.key("ctrl+a");
    window.write(&path.display().to_string());
    window.key("Return");
}
