use eframe::egui::{Context, Key, KeyboardShortcut, Modifiers};

use super::text::{actions as say, common};
use super::{Screen, icons};

/// Something the user can have done from anywhere: by its key, from a menu, or by its name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Action {
    /// Show a screen.
    Show(Screen),
    /// Choose files to read.
    Import,
    /// Make a workspace.
    New,
    /// Open one.
    Open,
    /// Leave the one that is open.
    Close,
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// The other theme.
    SwitchTheme,
    /// Find among the accounts.
    Find,
    /// Walk through the screens.
    Guide,
    /// All of these by name, and people, accounts and apps.
    Palette,
    /// Everything larger.
    Larger,
    /// Everything smaller.
    Smaller,
    /// As large as the display asks for.
    NormalSize,
}

impl Action {
    /// All that can be called by name.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let others = [
            Self::Import,
            Self::New,
            Self::Open,
            Self::Close,
            Self::Undo,
            Self::Redo,
            Self::Find,
            Self::SwitchTheme,
            Self::Guide,
            Self::Larger,
            Self::Smaller,
            Self::NormalSize,
        ];
        Screen::NAVIGATION.into_iter().map(Self::Show).chain(others)
    }

    /// What it is called.
    pub(super) fn title(self) -> String {
        match self {
            Self::Show(screen) => say::go_to(screen.title()),
            Self::Import => say::IMPORT.into(),
            Self::New => common::NEW_WORKSPACE.into(),
            Self::Open => common::OPEN_WORKSPACE.into(),
            Self::Close => say::CLOSE_WORKSPACE.into(),
            Self::Undo => common::UNDO.into(),
            Self::Redo => say::REDO.into(),
            Self::SwitchTheme => say::SWITCH_THEME.into(),
            Self::Find => say::FIND_ACCOUNTS.into(),
            Self::Guide => say::GUIDE.into(),
            Self::Palette => common::FIND_ANYTHING.into(),
            Self::Larger => say::LARGER.into(),
            Self::Smaller => say::SMALLER.into(),
            Self::NormalSize => say::NORMAL_SIZE.into(),
        }
    }

    /// Its sign.
    pub(super) fn icon(self) -> &'static str {
        match self {
            Self::Show(screen) => screen.icon(),
            Self::Import => icons::UPLOAD,
            Self::New | Self::Open | Self::Close => icons::FILE,
            Self::Undo => icons::UNDO,
            Self::Redo => icons::REDO,
            Self::Guide => icons::INFO,
            Self::SwitchTheme => icons::MOON,
            Self::Find | Self::Palette => icons::SEARCH,
            Self::Larger | Self::Smaller | Self::NormalSize => icons::GEAR,
        }
    }

    /// Its key; the second of two does the same.
    pub(super) fn shortcuts(self) -> Vec<KeyboardShortcut> {
        let command = |key| KeyboardShortcut::new(Modifiers::COMMAND, key);
        match self {
            Self::Show(screen) => {
                let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8];
                let place = Screen::NAVIGATION.iter().position(|known| *known == screen);
                place.and_then(|place| keys.get(place)).map(|key| command(*key)).into_iter().collect()
            }
            Self::Import => vec![command(Key::I)],
            Self::New => vec![command(Key::N)],
            Self::Open => vec![command(Key::O)],
            Self::Close => vec![command(Key::W)],
            Self::Undo => vec![command(Key::Z)],
            Self::Redo => {
                vec![KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z), command(Key::Y)]
            }
            Self::Find => vec![command(Key::F)],
            Self::Palette => vec![command(Key::K)],
            // The toolkit takes these itself.
            Self::Larger => vec![command(Key::Plus)],
            Self::Smaller => vec![command(Key::Minus)],
            Self::NormalSize => vec![command(Key::Num0)],
            Self::SwitchTheme | Self::Guide => Vec::new(),
        }
    }

    /// Its key as people read it: `Ctrl K`.
    pub(super) fn keys(self, ctx: &Context) -> Option<String> {
        self.shortcuts().first().map(|keys| ctx.format_shortcut(keys).replace('+', " "))
    }

    /// Whether the toolkit carries its key out.
    pub(super) fn is_of_the_toolkit(self) -> bool {
        matches!(self, Self::Larger | Self::Smaller | Self::NormalSize)
    }

    /// Whether its key means something within a field of text.
    pub(super) fn is_of_text(self) -> bool {
        matches!(self, Self::Undo | Self::Redo)
    }
}
