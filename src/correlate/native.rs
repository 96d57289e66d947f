//! Names in signs whose Latin spelling no rule gives: which spellings their bearers use.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// Words of names in their own signs, and their Latin spellings; the notice beside the file says where it is from.
const NATIVE: &str = include_str!("../../assets/names/native-names.txt");

/// Signs that the same people write in several ways, the one they are compared by first; the notice says where they are from.
const VARIANTS: &str = include_str!("../../assets/names/sign-variants.txt");

/// A text with each of its signs in the form that signs are compared by: 渡邊 and 渡辺 become one.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    static FORMS: OnceLock<FxHashMap<char, char>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let lines = VARIANTS.lines().filter(|line| !line.starts_with('#'));
        let forms = lines.filter_map(|line| {
            let mut signs = line.split(' ').filter_map(|sign| sign.chars().next());
            let one = signs.next()?;
            Some(signs.map(move |sign| (sign, one)))
        });
        forms.flatten().collect()
    });
    if text.is_ascii() || !text.chars().any(|sign| forms.contains_key(&sign)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|sign| forms.get(&sign).copied().unwrap_or(sign)).collect())
}

/// Latin spellings of names in other signs, folded.
struct Native {
    words: FxHashMap<Cow<'static, str>, Vec<&'static str>>,
    /// Surnames of people who write their names without a space.
    surnames: FxHashMap<Cow<'static, str>, Vec<&'static str>>,
    /// Signs that given names are made of.
    signs: FxHashMap<Cow<'static, str>, Vec<&'static str>>,
}

/// A given name of two signs that are spelled in many ways each is spelled in no more than these many.
const MOST: usize = 64;

/// A surname has three signs at most, and so has a given name.
const MOST_SIGNS: usize = 3;

impl Native {
    fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Native> = OnceLock::new();
        BUILTIN.get_or_init(|| Self::parse(NATIVE))
    }

    /// Reads lines such as `יעקב: yaakov yakov jacob`. A `*` before the word says that it is a surname that may stand before a
    /// given name without a space, a `+` that given names are composed of it.
    fn parse(text: &'static str) -> Self {
        let mut native =
            Self { words: FxHashMap::default(), surnames: FxHashMap::default(), signs: FxHashMap::default() };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((word, spellings)) = line.split_once(": ") else { continue };
            let (words, word) = match (word.strip_prefix('*'), word.strip_prefix('+')) {
                (Some(word), _) => (&mut native.surnames, word),
                (_, Some(word)) => (&mut native.signs, word),
                _ => (&mut native.words, word),
            };
            let known = words.entry(folded(word)).or_default();
            for spelling in spellings.split_whitespace() {
                if !known.contains(&spelling) {
                    known.push(spelling);
                }
            }
        }
        native
    }

    /// Spellings of a given name of some signs, each by its own.
    fn composed(&self, word: &str) -> Vec<String> {
        let mut spelled = vec![String::new()];
        let count = word.chars().count();
        if !(1..=MOST_SIGNS).contains(&count) {
            return Vec::new();
        }
        for sign in word.chars() {
            let Some(spellings) = self.signs.get(sign.encode_utf8(&mut [0; 4]) as &str) else { return Vec::new() };
            let next = spelled.iter().flat_map(|start| spellings.iter().map(move |end| format!("{start}{end}")));
            spelled = next.take(MOST).collect();
        }
        spelled
    }
}

/// The Latin spellings of a word of a name, the most usual first; none where they are not known.
pub(super) fn spellings(word: &str) -> Vec<String> {
    if word.is_ascii() {
        return Vec::new();
    }
    let native = Native::builtin();
    let typed: String = word.chars().filter(|c| !matches!(c, '\u{200c}' | '\u{200d}' | '\u{670}')).collect();
    // A geresh is typed as an apostrophe.
    let is_hebrew = typed.chars().any(|c| ('\u{590}'..'\u{600}').contains(&c));
    let typed = if is_hebrew { typed.replace(['\'', '’'], "\u{5f3}") } else { typed };
    let word = &*folded(&typed);
    let known = [&native.surnames, &native.words].into_iter().filter_map(|words| words.get(word)).flatten();
    let mut spelled: Vec<String> = known.map(|spelling| (*spelling).to_owned()).collect();
    spelled.extend(native.composed(word));
    let mut seen = FxHashSet::default();
    spelled.retain(|spelling| seen.insert(spelling.clone()));
    spelled
}

/// A name written without a space, as surname and given name: 田中陽子 as 田中 and 陽子.
pub(super) fn parted(name: &str) -> Option<(&str, &str)> {
    if name.is_ascii() {
        return None;
    }
    let native = Native::builtin();
    let ends = name.char_indices().map(|(at, _)| at).skip(1).take(MOST_SIGNS);
    let parts = ends.map(|end| name.split_at(end));
    let is_surname = |surname: &str| native.surnames.contains_key(&*folded(surname));
    // The longest surname: 中島 before 中.
    parts.filter(|(surname, given)| is_surname(surname) && !spellings(given).is_empty()).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_other_signs() {
        let check = |word: &str, expect: &str| {
            assert!(spellings(word).iter().any(|spelling| spelling == expect), "{word}: {:?}", spellings(word));
        };
        check("יעקב", "yaakov");
        check("陽子", "yoko");
        check("小龙", "xiaolong");
        check("민준", "minjun");
        check("محمد", "mohamed");
        check("渡邉", "watanabe");
        check("渡邊", "watanabe");
        assert!(spellings("jacob").is_empty() && spellings("Юлия").is_empty());
        let check = |name: &str, expect: Option<(&str, &str)>| assert_eq!(parted(name), expect, "{name}");
        check("田中陽子", Some(("田中", "陽子")));
        check("李小龙", Some(("李", "小龙")));
        check("김민준", Some(("김", "민준")));
        check("陈艳", Some(("陈", "艳")));
        check("髙橋陽子", Some(("髙橋", "陽子")));
        check("陳艷", Some(("陳", "艷")));
        check("李", None);
        check("Smith", None);
    }
}
