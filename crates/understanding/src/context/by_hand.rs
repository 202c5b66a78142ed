//! The weights the desk completes utterances by. They are set by hand, by what Chinese leaves out: a question without its
//! subject, a verb without its object, a pronoun for a name. Tables of how likely a character is at the border of a name.

use super::weights::{Weights, feature};

/// Right before a name: behind the verbs one is asked with, or at the beginning.
const BEFORE: [(&str, f32); 5] =
    [("^道识", 1.5), ("欢得过吃爱玩追演读学", 1.2), ("看买", 0.8), ("的是听", 0.6), ("说", 0.5)];
/// Right behind a name.
const AFTER: [(&str, f32); 7] = [
    ("怎", 2.3),
    ("好", 1.6),
    ("吗", 1.5),
    ("是呢", 1.2),
    ("^么的", 1.0),
    ("有多什能可主今为经还最在哪讲演唱长", 0.85),
    ("会不", 0.4),
];
/// No name begins or ends with these.
const NOT_FIRST: &str = "过想要看吃听说写在有个的是和了去来最很都也还就";
const NOT_LAST: &str = "的是了个在和有不很都也还就最";
/// A name seldom has them in it.
const NOT_INSIDE: [(&str, f32); 3] = [
    ("就认", -1.8),
    ("我你您吗呢吧啊么什怎谁哪了是不很太都也还没有会能想要知道识喜欢好多少", -1.0),
    ("过吃看听说写找买用去来在给让到个推荐才又和跟与被把从觉", -0.8),
];
/// By how many characters a piece has, one as `1`, ten and more as `:`.
const LENGTHS: [(&str, f32); 8] =
    [("1", -2.5), ("2", 0.6), ("3", 1.0), ("4", 0.9), ("5", 0.6), ("6", 0.3), ("9", -0.6), (":", -1.2)];
/// In place of these.
const POINTERS: [(&str, f32); 16] = [
    ("他", 5.0),
    ("她", 5.0),
    ("它", 5.0),
    ("他们", 6.5),
    ("她们", 6.5),
    ("它们", 6.5),
    ("这个", 4.5),
    ("那个", 4.0),
    ("这款", 5.5),
    ("那款", 5.5),
    ("这", 3.0),
    ("那", 1.5),
    ("那里", 6.0),
    ("这里", 5.5),
    ("那儿", 6.0),
    ("其", 2.0),
];
/// Verbs that want an object, and what may stand between it and the end.
const VERBS: &str = "过吃看听识欢玩学写找买爱懂";
const PARTICLES: &str = "吗呢吧么没";
const BEFORE_OBJECT: [&str; 5] = ["一下", "一个", "几句", "一首", "一句"];

impl Weights {
    /// What the desk goes by.
    pub fn shipped() -> Self {
        let mut set = Table(Vec::new());
        set.each(1, &BEFORE);
        set.each(4, &[(NOT_FIRST, -1.0)]);
        set.each(5, &[(NOT_LAST, -1.0)]);
        set.each(6, &AFTER);
        set.each(25, &NOT_INSIDE);
        set.of_pieces();
        set.of_places();
        Self::set(set.0)
    }
}

/// Features with their weights.
struct Table(Vec<(u32, f32)>);

impl Table {
    fn put(&mut self, kind: u16, symbols: &str, value: f32) {
        self.0.push((feature(kind, &symbols.chars().collect::<Vec<_>>()), value));
    }

    /// One weight for each character of a row.
    fn each(&mut self, kind: u16, rows: &[(&str, f32)]) {
        for (symbols, value) in rows {
            symbols.chars().for_each(|symbol| self.put(kind, &symbol.to_string(), *value));
        }
    }

    fn of_pieces(&mut self) {
        LENGTHS.iter().for_each(|(length, value)| self.put(9, length, *value));
        // A name is asked with in the earlier turn, and is often said in both.
        self.put(10, "1", 0.5);
        for edges in ["1000", "0101"] {
            self.put(11, edges, 0.4);
        }
        for length in 2..=8u8 {
            self.put(12, &format!("1{}", char::from(b'0' + length)), 0.6 + 0.45 * f32::from(length));
        }
        // Said in the utterance already; points at something itself; one Latin word.
        self.put(13, "1", -4.0);
        self.put(19, "1", -2.5);
        self.put(20, "1", 0.6);
    }

    /// A pronoun is replaced whole; without one the subject is missing in front, or the object behind its verb.
    fn of_places(&mut self) {
        POINTERS.iter().for_each(|(pointer, value)| self.put(59, pointer, *value));
        for (way, value) in [("s", 1.5), ("m", -1.5), ("e", -0.5), ("b", 0.5)] {
            self.put(50, way, value);
        }
        for way in ["s1", "m1", "e1"] {
            self.put(60, way, -2.0);
        }
        for verb in VERBS.chars() {
            self.put(52, &format!("e{verb}"), 3.0);
            PARTICLES.chars().for_each(|particle| self.put(56, &format!("m{verb}{particle}"), 4.5));
        }
        BEFORE_OBJECT.iter().for_each(|words| self.put(53, &format!("e{words}"), 3.0));
    }
}
