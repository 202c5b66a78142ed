//! Writes small but whole E5S1 files with made-up weights.

/// Sizes of the file: hidden, layers, heads, ffn, words, positions, types.
pub const SIZES: [i32; 7] = [32, 1, 2, 64, 8, 6, 2];
/// Where the sizes begin in the file: after the magic and the version.
pub const SIZES_AT: usize = 8;
const PIECES: [(&str, f32); 8] = [
    ("<s>", 0.0),
    ("<pad>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("▁", -2.0),
    ("▁query:", -3.0),
    ("退货", -4.0),
    ("退", -5.0),
];

/// A whole model file. Equal calls give equal bytes.
pub fn bytes() -> Vec<u8> {
    let mut file = b"E5S1".to_vec();
    put(&mut file, [1i32]);
    put(&mut file, SIZES);
    file.extend(1e-12f32.to_le_bytes());
    put(&mut file, [32]);
    // Pieces, then start, end, padding and unknown.
    put(&mut file, [PIECES.len() as i32, 0, 2, 1, 3]);
    let text: String = PIECES.iter().map(|(piece, _)| *piece).collect();
    file.extend((text.len() as u64).to_le_bytes());
    let mut end = 0;
    put(&mut file, [0]);
    for (piece, _) in PIECES {
        end += piece.len() as i32;
        put(&mut file, [end]);
    }
    file.extend(PIECES.iter().flat_map(|(_, score)| score.to_le_bytes()));
    file.extend(text.bytes());
    // One rewritten character: a tab becomes a space.
    put(&mut file, [1, 9, 9]);
    file.push(1);
    put(&mut file, [32]);
    put_tensors(&mut file);
    file
}

fn put(file: &mut Vec<u8>, numbers: impl IntoIterator<Item = i32>) {
    file.extend(numbers.into_iter().flat_map(i32::to_le_bytes));
}

fn put_tensors(file: &mut Vec<u8>) {
    let [hidden, layers, _, ffn, words, positions, types] = SIZES.map(|size| size as usize);
    let mut tensors = vec![
        ("emb.word".to_owned(), 1u8, words * hidden),
        ("emb.pos".to_owned(), 0, positions * hidden),
        ("emb.type".to_owned(), 0, types * hidden),
        ("emb.ln.w".to_owned(), 0, hidden),
        ("emb.ln.b".to_owned(), 0, hidden),
    ];
    for l in 0..layers {
        for (name, outputs, inputs) in
            [("q", hidden, hidden), ("k", hidden, hidden), ("v", hidden, hidden), ("ao", hidden, hidden)]
                .into_iter()
                .chain([("fi", ffn, hidden), ("fo", hidden, ffn)])
        {
            tensors.push((format!("l{l}.{name}.w"), 1, outputs * inputs));
            tensors.push((format!("l{l}.{name}.b"), 0, outputs));
        }
        for name in ["aln.w", "aln.b", "oln.w", "oln.b"] {
            tensors.push((format!("l{l}.{name}"), 0, hidden));
        }
    }
    let directory: usize = tensors.iter().map(|(name, ..)| 2 + name.len() + 21).sum();
    let mut offset = file.len() + 4 + directory;
    put(file, [tensors.len() as i32]);
    let mut contents = Vec::new();
    for (name, kind, numbers) in tensors {
        let content = content(kind, numbers, offset as u32);
        file.extend((name.len() as u16).to_le_bytes());
        file.extend(name.bytes());
        file.push(kind);
        file.extend((numbers as u32).to_le_bytes());
        file.extend((offset as u64).to_le_bytes());
        file.extend((content.len() as u64).to_le_bytes());
        offset += content.len();
        contents.extend(content);
    }
    file.extend(contents);
}

fn content(kind: u8, numbers: usize, seed: u32) -> Vec<u8> {
    let mut random = Random(seed | 1);
    if kind == 0 {
        return (0..numbers).flat_map(|_| (random.byte() as f32 / 128.0 - 1.0).to_le_bytes()).collect();
    }
    let mut blocks = Vec::new();
    for _ in 0..numbers / 32 {
        // 0x2c00 is 1/16 as an f16.
        blocks.extend([0x00, 0x2c]);
        blocks.extend((0..16).map(|_| random.byte()));
    }
    blocks
}

/// Xorshift: enough to fill files and matrices with the same numbers every time.
pub struct Random(pub u32);

impl Random {
    pub fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    pub fn byte(&mut self) -> u8 {
        (self.next() >> 11) as u8
    }
}
