//! Drives the window by accessible names.

use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use eframe::egui::{Context, Key, Modifiers, Theme, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use truedown::gui::{App, Screen};

use crate::soft_renderer::SoftRenderer;

pub(crate) type Window = Harness<'static, Option<App>>;

/// The screen that is shown.
pub(crate) fn screen(harness: &Harness<'_, Option<App>>) -> Screen {
    harness.state().as_ref().unwrap().screen()
}

/// A window of a size, of which nothing is remembered.
pub(crate) fn window(size: Vec2, theme: Theme) -> Window {
    window_of(size, theme, |ctx| App::new(ctx, None, None).unwrap())
}

pub(crate) fn window_of(size: Vec2, theme: Theme, make: impl Fn(&Context) -> App + 'static) -> Window {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_theme(theme)
        .with_max_steps(12)
        // Names in scripts the built-in fonts lack are drawn by fonts of the system, of which a test uses none.
        .allow_missing_glyphs()
        .renderer(SoftRenderer::default())
        .build_ui_state(
            move |ui, app: &mut Option<App>| {
                let app = app.get_or_insert_with(|| make(ui.ctx()));
                app.take_in(ui.ctx());
                app.show(ui);
            },
            None,
        );
    harness.run_steps(2);
    harness
}

pub(crate) fn light() -> Window {
    window(Vec2::new(1440.0, 900.0), Theme::Light)
}

/// Draws frames until something holds; the worker takes its time.
pub(crate) fn until(
    harness: &mut Harness<'_, Option<App>>,
    what: &str,
    holds: impl Fn(&Harness<'_, Option<App>>) -> bool,
) {
    let end = Instant::now() + Duration::from_secs(60);
    while !holds(harness) {
        assert!(Instant::now() < end, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(5));
        harness.run_steps(1);
    }
    harness.run_steps(2);
}

pub(crate) fn click(harness: &mut Harness<'_, Option<App>>, name: &str) {
    harness.get_by_label(name).click();
    harness.run_steps(3);
}

/// Presses something that may have to be scrolled to, which a name has no need of.
pub(crate) fn press(harness: &mut Harness<'_, Option<App>>, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click_accesskit();
    harness.run_steps(3);
}

/// Goes to a screen by the navigation.
pub(crate) fn go(harness: &mut Harness<'_, Option<App>>, name: &str) {
    harness.get_by_role_and_label(Role::Button, name).click();
    harness.run_steps(3);
}

pub(crate) fn settle(harness: &mut Harness<'_, Option<App>>) {
    until(harness, "the worker is done", |harness| harness.state().as_ref().is_some_and(|app| !app.is_waiting()));
}

pub(crate) fn open_sample(harness: &mut Harness<'_, Option<App>>) {
    click(harness, "Open the sample");
    until(harness, "the overview is there", |harness| {
        harness.state().as_ref().is_some_and(|app| app.screen() == Screen::Overview)
    });
    settle(harness);
    // Whoever knows the screens is not led through them.
    if harness.query_by_label("Skip the tour").is_some() {
        click(harness, "Skip the tour");
    }
}

/// Types the path of a file or folder and imports it.
pub(crate) fn import(harness: &mut Harness<'_, Option<App>>, path: &std::path::Path) {
    harness.get_by_label("or a path").focus();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_steps(1);
    harness.get_by_label("or a path").type_text(path.to_str().unwrap());
    harness.run_steps(2);
    click(harness, "Import");
    settle(harness);
}

pub(crate) fn pick(harness: &mut Harness<'_, Option<App>>, what: &str, option: &str) {
    harness.get_by_label(what).click_accesskit();
    harness.run_steps(3);
    press(harness, option);
    settle(harness);
}

/// A company of labeled people in a workspace of its own.
pub(crate) fn open_small(harness: &mut Harness<'_, Option<App>>, folder: &std::path::Path) {
    let people = "User Id,Status,Username,First name,Last name,Primary email\n\
        p1,ACTIVE,mira.vance@a.example,Mira,Vance,mira.vance@a.example\n\
        p2,ACTIVE,tomas.ruiz@a.example,Tomas,Ruiz Ortega,tomas.ruiz@a.example\n\
        p3,DEPROVISIONED,t.ruiz@a.example,Tomas,Ruiz Vega,t.ruiz@a.example\n\
        p4,ACTIVE,hana.moreau@a.example,Hana,Moreau,hana.moreau@a.example\n\
        p5,ACTIVE,noor.kassem@a.example,Noor,Kassem,noor.kassem@a.example\n";
    let members = "Email,Name,Status,Role,Two-step Login,Account Recovery,Secrets Manager,Groups\n\
        tomas@gmail.com,Tomas Ruiz,Confirmed,User,Enabled,Enrolled,Disabled,\n\
        mira.vance@old.example,,Confirmed,User,Enabled,Enrolled,Disabled,\n\
        hana.moreau@old.example,,Confirmed,User,Enabled,Enrolled,Disabled,\n\
        noor.kassem@a.example,Noor Kassem,Confirmed,User,Enabled,Enrolled,Disabled,\n";
    let contracts = "App,Plan,Seats purchased,Price per seat\nBitwarden,Teams,10,4\n";
    let files =
        [("people-2026-01-31.csv", people), ("bitwarden-2026-01-31.csv", members), ("contracts.csv", contracts)];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
    harness.state_mut().as_mut().unwrap().open(folder.join("small.truedown"));
    settle(harness);
    for (name, _) in files {
        import(harness, &folder.join(name));
    }
}

/// Types into a field by its label.
pub(crate) fn fill(harness: &mut Harness<'_, Option<App>>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::TextInput, label).type_text(text);
    harness.run_steps(2);
}

/// Opens a value for typing, types and enters it.
pub(crate) fn enter(harness: &mut Harness<'_, Option<App>>, name: &str, text: &str) {
    let (field, _) = name.split_once(':').unwrap();
    click(harness, name);
    let typed = harness.get_by_role_and_label(Role::TextInput, field);
    typed.focus();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_steps(1);
    harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    settle(harness);
}
