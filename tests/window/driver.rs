//! A display nobody sees, the window on it, and a hand and an eye for both.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use eframe::egui::accesskit::{Node, Role, TreeUpdate};
use egui_inspection::protocol::{Request, Response, read_handshake, read_message, write_message};

/// How long something may take on a busy machine without a GPU.
const PATIENCE: Duration = Duration::from_secs(60);

/// A display nobody sees, and the window on it.
pub(crate) struct Window {
    display: String,
    _children: Children,
    inspection: TcpStream,
}

/// Programs that end with the test, however it ends; the last begun first.
struct Children(Vec<Child>);

impl Drop for Children {
    fn drop(&mut self) {
        for child in self.0.iter_mut().rev() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Window {
    /// The window on the welcome screen, in a home of its own.
    pub(crate) fn open(home: &Path, (width, height): (u32, u32), scale: u32) -> Self {
        let mut screen = Command::new("Xvfb");
        screen
            .args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24")])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut screen = screen.spawn().expect("Xvfb is installed");
        let mut number = String::new();
        BufReader::new(screen.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let mut children = Children(vec![screen]);
        let display = format!(":{}", number.trim());
        // The port is free again by the time the window asks for it.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let mut program = Command::new(env!("CARGO_BIN_EXE_truedown"));
        program.env("DISPLAY", &display).env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
        program.env("HOME", home).env("XDG_DATA_HOME", home).env("XDG_RUNTIME_DIR", home);
        program.env("WINIT_X11_SCALE_FACTOR", scale.to_string());
        program.env("EGUI_INSPECTION", format!("127.0.0.1:{port}"));
        children.0.push(program.spawn().unwrap());
        let end = Instant::now() + PATIENCE;
        let inspection = loop {
            match TcpStream::connect((Ipv4Addr::LOCALHOST, port)) {
                Ok(stream) => break stream,
                Err(fault) if Instant::now() > end => panic!("the window does not answer: {fault}"),
                Err(_) => std::thread::sleep(Duration::from_millis(100)),
            }
        };
        read_handshake(&inspection).unwrap();
        let window = Self { display, _children: children, inspection };
        // Only a window that stands there can have the keyboard.
        window.sees("Open the sample");
        let (width, height) = (width.to_string(), height.to_string());
        let place = ["windowmove", "0", "0", "windowsize", &width, &height, "windowfocus"];
        let placed = [["search", "--sync", "--name", "^Truedown$"].as_slice(), &place].concat();
        // It may have a frame drawn and not be shown yet.
        let end = Instant::now() + PATIENCE;
        while !window.can(&placed) {
            assert!(Instant::now() < end, "the window does not take the keyboard");
            std::thread::sleep(Duration::from_millis(200));
        }
        window
    }

    pub(crate) fn xdotool(&self, arguments: &[&str]) {
        assert!(self.can(arguments), "xdotool {arguments:?}");
    }

    fn can(&self, arguments: &[&str]) -> bool {
        let mut xdotool = Command::new("xdotool");
        xdotool.args(arguments).env("DISPLAY", &self.display).stdout(Stdio::null()).stderr(Stdio::null());
        xdotool.status().expect("xdotool is installed").success()
    }

    pub(crate) fn tree(&self) -> (TreeUpdate, f32) {
        write_message(&self.inspection, &Request::GetTree).unwrap();
        match read_message(&self.inspection).unwrap() {
            Response::Tree { accesskit: Some(tree), pixels_per_point, .. } => (tree, pixels_per_point),
            other => panic!("no tree: {other:?}"),
        }
    }

    /// The middle of what has a name, or one that holds a text, in pixels.
    pub(crate) fn place(&self, role: Option<Role>, text: &str) -> Option<(i32, i32)> {
        let (tree, scale) = self.tree();
        let name = |node: &Node| node.label().or(node.value()).unwrap_or_default().to_owned();
        let own = |node: &Node, whole: bool| if whole { name(node) == text } else { name(node).contains(text) };
        // A field is named by the label before it.
        let by_label = |node: &Node| {
            let labels = node.labelled_by();
            tree.nodes.iter().any(|(id, label)| labels.contains(id) && own(label, true))
        };
        // Who is called just so comes before who is called so among other things.
        let fits = |node: &Node, whole: bool| own(node, whole) || by_label(node);
        let find = |whole: bool| {
            tree.nodes.iter().find(|(_, node)| fits(node, whole) && role.is_none_or(|role| node.role() == role))
        };
        let (_, node) = find(true).or_else(|| find(false))?;
        let bounds = node.bounds()?;
        let middle = |from: f64, to: f64| ((from + to) / 2.0 * f64::from(scale)).round() as i32;
        Some((middle(bounds.x0, bounds.x1), middle(bounds.y0, bounds.y1)))
    }

    pub(crate) fn wait(&self, role: Option<Role>, text: &str) -> (i32, i32) {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(place) = self.place(role, text) {
                return place;
            }
            assert!(Instant::now() < end, "waited in vain for \"{text}\" in\n{}", self.said());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Everything that can be read.
    pub(crate) fn said(&self) -> String {
        let (tree, _) = self.tree();
        let said = tree
            .nodes
            .iter()
            .filter_map(|(_, node)| Some(format!("{:?} {}", node.role(), node.label().or(node.value())?)));
        said.collect::<Vec<_>>().join("\n")
    }

    pub(crate) fn sees(&self, text: &str) {
        self.wait(None, text);
    }

    /// Points at something and clicks.
    pub(crate) fn click(&self, role: Role, text: &str) {
        let (x, y) = self.wait(Some(role), text);
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string(), "sleep", "0.1", "click", "1", "sleep", "0.3"]);
    }

    pub(crate) fn key(&self, key: &str) {
        self.xdotool(&["key", key]);
    }

    pub(crate) fn write(&self, text: &str) {
        self.xdotool(&["type", "--delay", "15", text]);
    }

    /// What the window shows, once it is at rest, as PNG.
    pub(crate) fn picture(&self) -> Vec<u8> {
        write_message(&self.inspection, &Request::Settle { max_steps: 60 }).unwrap();
        let _: Response = read_message(&self.inspection).unwrap();
        write_message(&self.inspection, &Request::GetScreenshot { pixels_per_point: None }).unwrap();
        match read_message(&self.inspection).unwrap() {
            Response::Screenshot(png) => png.bytes,
            other => panic!("no picture: {other:?}"),
        }
    }
}
