#![allow(clippy::print_stderr, reason = "without a window there is nowhere else to say why")]

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use eframe::egui::{IconData, ViewportBuilder, vec2};
use eframe::{NativeOptions, Renderer};

use super::App;
use super::text::launch as say;
use crate::session;

/// Opens the window and waits until it is closed. Both renderers are tried in turn; what is missing is said in a sentence.
pub fn run(workspace: Option<PathBuf>) -> ExitCode {
    // Without a GPU OpenGL is several times quicker on Linux; elsewhere its drivers are the weak spot.
    let order =
        if cfg!(target_os = "linux") { [Renderer::Glow, Renderer::Wgpu] } else { [Renderer::Wgpu, Renderer::Glow] };
    for renderer in order {
        match attempt(renderer, workspace.clone()) {
            Ok(()) => return ExitCode::SUCCESS,
            Err(Refusal::NoWindow(why)) => return no_window(&why),
            Err(Refusal::Renderer) => {}
        }
    }
    no_window(say::NO_RENDERER)
}

/// The program's sign; none where it cannot be read, which nobody needs to know.
fn icon() -> IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).unwrap_or_default()
}

type PanicHook = Arc<Mutex<Option<Box<dyn Fn(&std::panic::PanicHookInfo<'_>) + Send + Sync>>>>;

/// Puts the panic hook back; true if it was not there already.
fn restore(hook: &PanicHook) -> bool {
    let hook = hook.lock().ok().and_then(|mut hook| hook.take());
    let waits = hook.is_some();
    if let Some(hook) = hook {
        std::panic::set_hook(hook);
    }
    waits
}

enum Refusal {
    /// There is nothing to open a window on.
    NoWindow(String),
    /// This way of drawing does not work here; another may.
    Renderer,
}

fn attempt(renderer: Renderer, workspace: Option<PathBuf>) -> Result<(), Refusal> {
    let viewport = ViewportBuilder::default()
        .with_app_id("truedown")
        .with_title(say::TITLE)
        .with_icon(icon())
        .with_inner_size(vec2(1440.0, 900.0))
        .with_min_inner_size(vec2(900.0, 600.0))
        .with_drag_and_drop(true);
    let options = NativeOptions { viewport, renderer, ..NativeOptions::default() };
    // A library that is missing makes the window toolkit panic instead of failing. Until the window stands such a panic is
    // told as the sentence below; afterwards it is a fault like any other.
    let hook: PanicHook = Arc::new(Mutex::new(Some(std::panic::take_hook())));
    std::panic::set_hook(Box::new(|_| {}));
    let stands = hook.clone();
    let start = move |creation: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        restore(&stands);
        let app = App::new(&creation.egui_ctx, creation.storage, workspace)?;
        Ok(Box::new(app) as Box<dyn eframe::App>)
    };
    let opened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        eframe::run_native("truedown", options, Box::new(start))
    }));
    let stood = !restore(&hook);
    match opened {
        Ok(Ok(())) => Ok(()),
        Ok(Err(fault @ (eframe::Error::WinitEventLoop(_) | eframe::Error::Winit(_)))) => {
            Err(Refusal::NoWindow(display_fault(&fault.to_string())))
        }
        Ok(Err(fault @ eframe::Error::AppCreation(_))) => Err(Refusal::NoWindow(fault.to_string())),
        Ok(Err(_)) => Err(Refusal::Renderer),
        Err(panic) if stood => std::panic::resume_unwind(panic),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied());
            let text = text.unwrap_or(say::TOOLKIT_GAVE_UP).trim_end_matches('.');
            Err(Refusal::NoWindow(say::with_packages(text)))
        }
    }
}

/// The toolkit's message in words, without the place in its own source.
fn display_fault(text: &str) -> String {
    if text.contains("WAYLAND_DISPLAY") || text.contains("DISPLAY is set") {
        return say::NO_DISPLAY.into();
    }
    if text.contains("shared libraries") {
        return say::with_packages(say::NO_LIBRARIES);
    }
    text.rsplit(": ").next().unwrap_or(text).to_owned()
}

/// Says why there is no window: on the console; where there is none, in a file and, where the system can, in a dialog.
fn no_window(why: &str) -> ExitCode {
    let text = say::no_window(why);
    eprintln!("{text}");
    if !std::io::stderr().is_terminal() {
        let log = session::write_log(&text);
        let text = log.map_or_else(|| text.clone(), |path| say::with_log(&text, &path));
        // Without a display nothing can show a dialog, and there is nobody to show it to.
        if why != say::NO_DISPLAY {
            let dialog = rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error);
            dialog.set_title(say::TITLE).set_description(text).show();
        }
    }
    ExitCode::from(1)
}
