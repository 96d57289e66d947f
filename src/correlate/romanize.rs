//! Plain spellings of names, so that one name written in two alphabets or by two conventions can be compared.

use std::sync::OnceLock;

use any_ascii::any_ascii_char;
use unicode_normalization::UnicodeNormalization;

use super::surnames;
use crate::model::fold_text;

/// Korean surnames, which are seldom written by the rules their given names are; these are nine in ten.
const KOREAN: [(&str, &str); 34] = [
    ("김", "kim"),
    ("이", "lee"),
    ("박", "park"),
    ("최", "choi"),
    ("정", "jung"),
    ("강", "kang"),
    ("조", "cho"),
    ("윤", "yoon"),
    ("장", "jang"),
    ("임", "lim"),
    ("한", "han"),
    ("오", "oh"),
    ("서", "seo"),
    ("신", "shin"),
    ("권", "kwon"),
    ("황", "hwang"),
    ("안", "ahn"),
    ("송", "song"),
    ("류", "ryu"),
    ("유", "yoo"),
    ("전", "jeon"),
    ("홍", "hong"),
    ("고", "ko"),
    ("문", "moon"),
    ("양", "yang"),
    ("손", "son"),
    ("배", "bae"),
    ("백", "baek"),
    ("허", "heo"),
    ("남", "nam"),
    ("심", "shim"),
    ("노", "noh"),
    ("하", "ha"),
    ("우", "woo"),
];

/// The name in plain lower-case Latin letters and digits: accents dropped, other scripts in their usual romanization.
pub(super) fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    }
    if let Some((_, usual)) = KOREAN.iter().find(|(surname, _)| *surname == text) {
        return (*usual).to_owned();
    }
    // Letters of other scripts are taken whole: a Hangul syllable or a voiced kana taken apart reads as something else.
    let latin = |c: char| c < '\u{250}' || ('\u{300}'..'\u{370}').contains(&c) || ('\u{1e00}'..'\u{1f00}').contains(&c);
    // One letter in Armenian spelling is two signs.
    let text = text.replace("\u{578}\u{582}", "u");
    let mut plain = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.nfc() {
        if latin(c) {
            run.push(c);
            continue;
        }
        plain.push_str(&fold_text(&std::mem::take(&mut run)));
        let spelled = any_ascii_char(c);
        match ('\u{ac00}'..'\u{d7b0}').contains(&c) {
            // The vowel of Jung and Hyun is written so as often as by the rules.
            true => plain.push_str(&spelled.replace("eo", "u")),
            false => plain.push_str(spelled),
        }
    }
    plain.push_str(&fold_text(&run));
    plain.retain(|c| c.is_ascii_alphanumeric());
    plain.make_ascii_lowercase();
    plain
}

/// Letters whose Latin spelling depends on the language or leaves vowels out: a name in them and one in Latin letters tell
/// nothing of each other.
pub(super) fn has_no_spelling(text: &str) -> bool {
    text.chars().any(|c| ('\u{590}'..'\u{1e00}').contains(&c) || c >= '\u{2e80}')
}

/// Letters of another alphabet than the Latin one.
pub(super) fn is_other_script(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && (('\u{370}'..'\u{1e00}').contains(&c) || c >= '\u{2000}'))
}

/// Other plain spellings in use: umlauts written out as in German, Danish, Norwegian and Swedish addresses (`ü` as `ue`, `å`
/// as `aa`), Ukrainian `г` as `h`, long Japanese vowels written short, a silent `h` at the end, Dutch `ij` as `y`, Korean `yeo` as
/// `you`, `Mac` as `Mc`, letters such as `č` and `ş` by their sound in English, and what is known of single surnames.
pub(super) fn other_spellings(text: &str, plain_spelling: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut note = |spelling: String| {
        if spelling != plain_spelling && !found.contains(&spelling) {
            found.push(spelling);
        }
    };
    if !text.is_ascii() {
        note(written(text, |c| match c {
            'ä' => Some("ae"),
            'ö' | 'ø' => Some("oe"),
            'ü' => Some("ue"),
            'å' => Some("aa"),
            'г' => Some("h"),
            _ => None,
        }));
        // Letters of Turkic, Slavic, Baltic, Albanian and Romanian as English writes their sounds.
        note(written(text, |c| match c {
            'ç' | 'č' | 'ć' => Some("ch"),
            'ş' | 'š' | 'ș' => Some("sh"),
            'ž' => Some("zh"),
            'đ' => Some("dj"),
            'ğ' => Some("gh"),
            'ț' | 'ţ' => Some("ts"),
            'ə' => Some("a"),
            _ => None,
        }));
    }
    if text.chars().any(|c| ('\u{400}'..'\u{530}').contains(&c)) {
        // As Serbian is written in Latin letters, without their marks.
        note(written(text, |c| match c {
            'ц' | 'ч' | 'ћ' => Some("c"),
            'ш' => Some("s"),
            'ж' => Some("z"),
            'х' => Some("h"),
            'ђ' => Some("dj"),
            'џ' => Some("dz"),
            'љ' => Some("lj"),
            'њ' => Some("nj"),
            _ => None,
        }));
    }
    if text.chars().any(is_greek) {
        greek(text).into_iter().for_each(&mut note);
    }
    // Aspirates of Thai and Indian names are told by an `h` or not told; `r` before a last `n` is silent in Thai ones.
    if plain_spelling.len() > 4 {
        note(plain_spelling.replace("ph", "p").replace("kh", "k"));
    }
    if plain_spelling.len() > 6 {
        let stem = plain_spelling.strip_suffix("rn").filter(|stem| stem.ends_with(['o', 'a']));
        stem.into_iter().for_each(|stem| note(format!("{}n", stem.replace("ph", "p"))));
    }
    let short = plain_spelling.replace("ou", "o").replace("oo", "o").replace("uu", "u");
    let silent = short.len() > 3 && ["ah", "eh", "oh"].iter().any(|end| short.ends_with(end));
    note(short[..short.len() - usize::from(silent)].to_owned());
    // Ōta as Ohta; names of Japan end in a vowel.
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let long = plain_spelling.strip_prefix("oh").filter(|rest| !rest.starts_with(is_vowel) && rest.ends_with(is_vowel));
    long.into_iter().for_each(|rest| note(format!("o{rest}")));
    note(plain_spelling.replace("ij", "y"));
    note(plain_spelling.replace("yeo", "you"));
    if let Some(rest) = plain_spelling.strip_prefix("mac").filter(|rest| rest.len() > 3) {
        note(format!("mc{rest}"));
    }
    surnames::usual(plain_spelling).for_each(|usual| note(usual.to_owned()));
    found
}

fn is_greek(c: char) -> bool {
    ('\u{370}'..'\u{400}').contains(&c)
}

/// A Greek name by the standard of passports (ELOT 743), and as it sounds: Ευαγγελία as Evangelia, Χρήστος as Christos.
fn greek(text: &str) -> [String; 2] {
    // Without accents; the letters of a sound are read together.
    let bare: String = text.nfd().filter(|c| !('\u{300}'..'\u{370}').contains(c)).collect();
    let voiced = |c: Option<&char>| c.is_none_or(|c| "αεηιουωβγδζλμνρ".contains(*c));
    let mut spelled = String::with_capacity(bare.len());
    let mut letters = bare.chars().peekable();
    while let Some(first) = letters.next() {
        let both = match (first, letters.peek()) {
            ('γ', Some('γ')) => "ng",
            ('γ', Some('ξ')) => "nx",
            ('γ', Some('χ')) => "nch",
            ('μ', Some('π')) if spelled.is_empty() => "b",
            ('ο', Some('υ')) => "ou",
            ('α', Some('υ')) => "a",
            ('ε', Some('υ')) => "e",
            ('α'..='ω', _) => {
                spelled.push_str(any_ascii_char(first));
                continue;
            }
            _ => continue,
        };
        letters.next();
        spelled.push_str(both);
        if matches!(first, 'α' | 'ε') {
            spelled.push(if voiced(letters.peek()) { 'v' } else { 'f' });
        }
    }
    let spoken = spelled.replace("ch", "h").replace("ei", "i").replace("oi", "i").replace("ai", "e");
    [spelled, spoken]
}

/// A name in plain letters, with some of its letters written as `letter` says.
fn written(text: &str, letter: impl Fn(char) -> Option<&'static str>) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.nfc() {
        match letter(c) {
            Some(letters) => written.push_str(letters),
            None => written.push(c),
        }
    }
    plain(&written)
}

/// What usual romanizations of one name have in common: `Yuliya`, `Iuliia` and `Julia` become one, as do `Mueller` and
/// `Muller`, `Kuznetsov` and `Kusnezow`.
///
/// The rules are the differences between the tables in use for Cyrillic (ISO 9, BGN/PCGN, passports, German and French
/// usage), Greek and Arabic names; each replaces several spellings of one sound by one of them. It merges some different
/// names too, so that equality of sounds is weaker than equality of spellings and is weighted by how many people share a sound.
pub(super) fn sound(plain: &str) -> String {
    // Longer spellings first.
    const SPELLINGS: [(&str, &str); 24] = [
        ("schtsch", "s"),
        ("shch", "s"),
        ("tsch", "h"),
        ("chr", "kr"),
        ("sch", "s"),
        ("tch", "h"),
        ("sh", "s"),
        ("sz", "s"),
        ("cz", "h"),
        ("kh", "h"),
        ("ch", "h"),
        ("zh", "s"),
        ("ts", "s"),
        ("tz", "s"),
        ("ce", "se"),
        ("ci", "si"),
        ("cy", "si"),
        ("ck", "k"),
        ("ks", "x"),
        ("ph", "v"),
        ("th", "t"),
        ("dh", "d"),
        ("gh", "g"),
        ("qu", "kv"),
    ];
    const LETTERS: [(&str, &str); 6] = [("q", "k"), ("c", "k"), ("w", "v"), ("f", "v"), ("z", "s"), ("j", "i")];
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| Rules::new(&[&SPELLINGS, &VOWELS, &LETTERS])).spell(plain)
}

/// What spellings of one name in Latin letters have in common beyond doubt: `Yuliya` and `Iuliia`, `Mueller` and `Muller`,
/// `Volkov` and `Wolkow`. `Zhao` and `Shao`, `Roth` and `Rott` stay two.
pub(super) fn spelling(plain: &str) -> String {
    const SPELLINGS: [(&str, &str); 5] = [("ph", "f"), ("ck", "k"), ("ks", "x"), ("qu", "kv"), ("qv", "kv")];
    const LETTERS: [(&str, &str); 2] = [("w", "v"), ("j", "i")];
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| Rules::new(&[&SPELLINGS, &VOWELS, &LETTERS])).spell(plain)
}

/// Spellings of one vowel.
const VOWELS: [(&str, &str); 10] = [
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("aa", "a"),
    ("ie", "e"),
    ("ye", "e"),
    ("je", "e"),
];

/// Spellings and the one each is replaced by, by their first letter; of those that fit, the first counts.
struct Rules([Vec<(&'static str, &'static str)>; 26]);

impl Rules {
    fn new(spellings: &[&[(&'static str, &'static str)]]) -> Self {
        let letter = |at: usize, spelling: &str| spelling.bytes().next().is_some_and(|b| usize::from(b) == at + 97);
        let of =
            |at| spellings.iter().copied().flatten().copied().filter(|(spelling, _)| letter(at, spelling)).collect();
        Self(std::array::from_fn(of))
    }

    /// Replaces spellings by one of them, and letters written twice by one.
    fn spell(&self, plain: &str) -> String {
        let mut spelled = String::with_capacity(plain.len());
        let mut rest = plain;
        while let Some(first) = rest.chars().next() {
            let rules = (first as usize).checked_sub(97).and_then(|at| self.0.get(at)).map_or(&[][..], Vec::as_slice);
            let known = rules.iter().find_map(|(spelling, one)| Some((*one, rest.strip_prefix(spelling)?)));
            let (one, after) = known.unwrap_or_else(|| rest.split_at(first.len_utf8()));
            let one = if one == "y" { "i" } else { one };
            for c in one.chars() {
                if !spelled.ends_with(c) {
                    spelled.push(c);
                }
            }
            rest = after;
        }
        spelled
    }
}

/// The consonants of a sound: what is left where romanizations differ in vowels alone, as in `Nasir` and `Nasser`, or in voiced
/// consonants, as in `Karapetyan` and `Garabedian`. None where fewer than three are left, which too many names share.
pub(super) fn consonants(sound: &str) -> Option<String> {
    let mut left = String::with_capacity(sound.len());
    for c in sound.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')) {
        let c = match c {
            'b' => 'p',
            'd' => 't',
            'g' => 'k',
            c => c,
        };
        if !left.ends_with(c) {
            left.push(c);
        }
    }
    (left.len() >= 3).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_plain_letters() {
        let check = |name: &str, expect: &str| assert_eq!(plain(name), expect, "{name}");
        check("Wójcik", "wojcik");
        check("Sørensen", "sorensen");
        check("O’Connor", "oconnor");
        check("Юлия", "yuliya");
        check("Լուսինե", "lusine");
        check("Γιώργος", "giorgos");
        check("김", "kim");
        check("지진", "jijin");
        check("がく", "gaku");
    }

    #[test]
    fn names_are_spelled_in_several_ways() {
        let check = |name: &str, expect: &[&str]| assert_eq!(other_spellings(name, &plain(name)), expect, "{name}");
        check("müller", &["mueller"]);
        check("bjørn", &["bjoern"]);
        check("сергій", &["serhiy"]);
        check("satou", &["sato"]);
        check("endoh", &["endo"]);
        check("wójcik", &[]);
        check("ohta", &["ota"]);
        check("ohlsson", &[]);
        check("əliyev", &["aliyev"]);
        check("šešelj", &["sheshelj"]);
        check("đorđe", &["djordje"]);
        check("вукица", &["vukica"]);
        check("ευαγγελία", &["evangelia"]);
        check("siriphorn", &["siriporn", "siripon"]);
    }

    #[test]
    fn one_sound_for_all_romanizations() {
        let check = |names: &[&str]| {
            let sounds: Vec<String> = names.iter().map(|name| sound(&plain(name))).collect();
            assert!(sounds.iter().all(|sound| Some(sound) == sounds.first()), "{names:?}: {sounds:?}");
        };
        check(&["Юлия", "Yuliya", "Iuliia", "Julija", "Yulia"]);
        check(&["Кузнецов", "Kuznetsov", "Kusnezow"]);
        check(&["Müller", "Mueller", "Muller"]);
        check(&["Дмитрий", "Dmitry", "Dmitrii", "Dmitriy", "Dmitri"]);
        check(&["Christensen", "Kristensen"]);
        check(&["Gustav", "Gustaf"]);
        check(&["Tsymetskyy", "Zymezkyj"]);
        check(&["Александр", "Aleksandr", "Alexandr"]);
        check(&["Евгений", "Evgeny", "Yevgeny", "Jewgeni"]);
        let differ = |a: &str, b: &str| assert_ne!(sound(&plain(a)), sound(&plain(b)), "{a} {b}");
        differ("Daniel", "Daniela");
        differ("Moller", "Muller");
        differ("Smith", "Schmidt");
    }
}
