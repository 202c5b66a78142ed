//! Reads the "E5S1" model file. Nothing in the file is believed: every size is checked against limits and
//! against the file's length before memory is reserved for it.

use super::encoder::{Encoder, Layer, Linear, Norm};
use super::pieces::{Normaliser, Pieces, Specials};
use crate::kernel::{BLOCK, BLOCK_BYTES, Kernel, PackError, PackedMatrix, f16_to_f32};
use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom};

const MAGIC: &[u8; 4] = b"E5S1";
const VERSION: u32 = 1;
/// Wider than any e5 model (the large one has 1024).
const MAX_HIDDEN: usize = 4096;
/// Wider than any e5 model (the large one has 4096).
const MAX_FFN: usize = 16_384;
/// Deeper than any e5 model (the large one has 24).
const MAX_LAYERS: usize = 64;
/// Far above the XLM-R vocabulary of 250 002.
const MAX_PIECES: usize = 2_000_000;
/// Four times what e5 has; bounds the memory of attention.
const MAX_POSITIONS: usize = 2048;
/// Four times the real file's directory of 197.
const MAX_TENSORS: usize = 800;
/// Longest tensor name; the real file's longest has eight bytes.
const MAX_NAME_BYTES: usize = 64;
/// Far above the real table of 4 837 code points.
const MAX_NORMALISED: usize = 100_000;
/// Head sizes are multiples of this, so that attention needs no remainder loop.
const HEAD_STEP: usize = 8;

const F32_TENSOR: u8 = 0;
const Q4_TENSOR: u8 = 1;

/// Why a model file was refused.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// The file could not be read.
    #[error("the model file could not be read")]
    Read(#[source] io::Error),
    /// The file does not begin with "E5S1".
    #[error("this is not an E5S1 model file")]
    Magic,
    /// The file is of another version of the format.
    #[error("model file version {0} is not supported")]
    Version(u32),
    /// The file ends before what it says it holds.
    #[error("the model file is cut short in {0}")]
    Truncated(&'static str),
    /// A number in the header is outside what this reader accepts.
    #[error("{what} is {value}, which is not supported")]
    Size {
        /// Which number.
        what: &'static str,
        /// What the file says.
        value: i64,
    },
    /// The vocabulary or the normalisation table contradicts itself.
    #[error("the vocabulary is damaged: {0}")]
    Vocabulary(&'static str),
    /// The directory lacks a tensor.
    #[error("tensor {0} is missing")]
    Missing(String),
    /// A tensor has another type, length or position than its place needs.
    #[error("tensor {0} does not fit its place")]
    Tensor(String),
    /// A weight is infinite or not a number.
    #[error("tensor {0} holds a number that is not finite")]
    NotFinite(String),
}

/// The sizes in the header of a model file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dimensions {
    /// Length of a vector (384).
    pub hidden: usize,
    /// Transformer layers (12).
    pub layers: usize,
    /// Attention heads (12).
    pub heads: usize,
    /// Inner width of the feed-forward step (1536).
    pub ffn: usize,
    /// Rows of the word table (250 037).
    pub words: usize,
    /// Tokens one forward pass can tell apart (512).
    pub positions: usize,
    /// Token types (2); only the first is used.
    pub types: usize,
}

/// Everything a model file holds.
#[derive(Debug)]
pub(super) struct ModelFile {
    pub pieces: Pieces,
    pub normaliser: Normaliser,
    pub encoder: Encoder,
}

/// Reads a whole model file, leaving each weight in memory once.
pub(super) fn read(reader: impl Read + Seek, kernel: Kernel) -> Result<ModelFile, FormatError> {
    let mut file = Input::new(reader)?;
    if &file.array::<4>("magic")? != MAGIC {
        return Err(FormatError::Magic);
    }
    let version = file.u32("version")?;
    if version != VERSION {
        return Err(FormatError::Version(version));
    }
    let dimensions = read_dimensions(&mut file)?;
    let epsilon = file.f32("epsilon")?;
    if !(0.0..1.0).contains(&epsilon) {
        return Err(FormatError::NotFinite("epsilon".into()));
    }
    file.size("block", BLOCK..=BLOCK, 1)?;
    let pieces = read_pieces(&mut file, dimensions.words)?;
    let normaliser = read_normaliser(&mut file)?;
    let directory = read_directory(&mut file)?;
    let mut tensors = Tensors { file, directory };
    let encoder = read_encoder(&mut tensors, dimensions, epsilon, kernel)?;
    Ok(ModelFile { pieces, normaliser, encoder })
}

fn read_dimensions<R: Read + Seek>(file: &mut Input<R>) -> Result<Dimensions, FormatError> {
    let hidden = file.size("hidden", BLOCK..=MAX_HIDDEN, BLOCK)?;
    let layers = file.size("layers", 1..=MAX_LAYERS, 1)?;
    let heads = file.size("heads", 1..=hidden / HEAD_STEP, 1)?;
    if hidden % (heads * HEAD_STEP) != 0 {
        return Err(FormatError::Size { what: "heads", value: heads as i64 });
    }
    let ffn = file.size("ffn", BLOCK..=MAX_FFN, BLOCK)?;
    let words = file.size("vocabulary", 1..=MAX_PIECES, 1)?;
    // A start, an end and at least one token of content.
    let positions = file.size("positions", 3..=MAX_POSITIONS, 1)?;
    let types = file.size("types", 1..=MAX_POSITIONS, 1)?;
    Ok(Dimensions { hidden, layers, heads, ffn, words, positions, types })
}

fn read_pieces<R: Read + Seek>(file: &mut Input<R>, words: usize) -> Result<Pieces, FormatError> {
    let count = file.size("pieces", 1..=words, 1)?;
    let start = file.size("start token", 0..=count - 1, 1)? as u32;
    let end = file.size("end token", 0..=count - 1, 1)? as u32;
    file.size("padding token", 0..=count - 1, 1)?;
    let unknown = file.size("unknown token", 0..=count - 1, 1)? as u32;
    let text_bytes = file.u64("vocabulary")?;
    let offsets = file.bytes((count as u64 + 1) * 4, "vocabulary")?;
    let offsets = offsets.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect();
    let scores = file.bytes(count as u64 * 4, "vocabulary")?;
    let scores = scores.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
    let text = file.bytes(text_bytes, "vocabulary")?;
    let specials = Specials { start, end, unknown };
    Pieces::new(text, offsets, scores, specials).map_err(FormatError::Vocabulary)
}

fn read_normaliser<R: Read + Seek>(file: &mut Input<R>) -> Result<Normaliser, FormatError> {
    let count = file.size("normalisation table", 0..=MAX_NORMALISED, 1)?;
    let length = file.u32("normalisation table")?;
    let table = file.bytes(length.into(), "normalisation table")?;
    Normaliser::parse(count, &table).map_err(FormatError::Vocabulary)
}

/// Where one tensor lies in the file.
struct Entry {
    kind: u8,
    numbers: u64,
    offset: u64,
    bytes: u64,
}

fn read_directory<R: Read + Seek>(file: &mut Input<R>) -> Result<HashMap<String, Entry>, FormatError> {
    const PLACE: &str = "the directory";
    let count = file.size("tensors", 1..=MAX_TENSORS, 1)?;
    let mut directory = HashMap::with_capacity(count);
    for _ in 0..count {
        let length = usize::from(u16::from_le_bytes(file.array(PLACE)?));
        if length > MAX_NAME_BYTES {
            return Err(FormatError::Size { what: "a tensor name's length", value: length as i64 });
        }
        let name = file.bytes(length as u64, PLACE)?;
        let name = String::from_utf8_lossy(&name).into_owned();
        let [kind] = file.array(PLACE)?;
        let numbers = file.u32(PLACE)?.into();
        let (offset, bytes) = (file.u64(PLACE)?, file.u64(PLACE)?);
        directory.insert(name, Entry { kind, numbers, offset, bytes });
    }
    Ok(directory)
}

fn read_encoder<R: Read + Seek>(
    tensors: &mut Tensors<R>,
    dimensions: Dimensions,
    epsilon: f32,
    kernel: Kernel,
) -> Result<Encoder, FormatError> {
    let Dimensions { hidden, ffn, words, positions, types, .. } = dimensions;
    let words = tensors.q4("emb.word", words, hidden)?;
    for block in words.as_chunks::<BLOCK_BYTES>().0 {
        if !f16_to_f32(u16::from_le_bytes([block[0], block[1]])).is_finite() {
            return Err(FormatError::NotFinite("emb.word".into()));
        }
    }
    let positions = tensors.f32("emb.pos", positions * hidden)?;
    let mut kinds = tensors.f32("emb.type", types * hidden)?;
    kinds.truncate(hidden);
    let embedding_norm = tensors.norm("emb.ln", hidden)?;
    let mut layers = Vec::with_capacity(dimensions.layers);
    for l in 0..dimensions.layers {
        layers.push(Layer {
            query: tensors.linear(&format!("l{l}.q"), hidden, hidden)?,
            key: tensors.linear(&format!("l{l}.k"), hidden, hidden)?,
            value: tensors.linear(&format!("l{l}.v"), hidden, hidden)?,
            attended: tensors.linear(&format!("l{l}.ao"), hidden, hidden)?,
            attended_norm: tensors.norm(&format!("l{l}.aln"), hidden)?,
            widen: tensors.linear(&format!("l{l}.fi"), ffn, hidden)?,
            narrow: tensors.linear(&format!("l{l}.fo"), hidden, ffn)?,
            narrow_norm: tensors.norm(&format!("l{l}.oln"), hidden)?,
        });
    }
    Ok(Encoder { kernel, dimensions, epsilon, words, positions, kind: kinds, embedding_norm, layers })
}

/// The tensors of a file, read by name.
struct Tensors<R> {
    file: Input<R>,
    directory: HashMap<String, Entry>,
}

impl<R: Read + Seek> Tensors<R> {
    /// A Q4_0 matrix of `outputs * inputs` weights, as its bytes.
    fn q4(&mut self, name: &str, outputs: usize, inputs: usize) -> Result<Vec<u8>, FormatError> {
        let numbers = outputs as u64 * inputs as u64;
        self.raw(name, Q4_TENSOR, numbers, numbers / BLOCK as u64 * BLOCK_BYTES as u64)
    }

    fn f32(&mut self, name: &str, numbers: usize) -> Result<Vec<f32>, FormatError> {
        let bytes = self.raw(name, F32_TENSOR, numbers as u64, numbers as u64 * 4)?;
        let numbers: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
        match numbers.iter().all(|n| n.is_finite()) {
            true => Ok(numbers),
            false => Err(FormatError::NotFinite(name.into())),
        }
    }

    fn norm(&mut self, name: &str, width: usize) -> Result<Norm, FormatError> {
        let weight = self.f32(&format!("{name}.w"), width)?;
        Ok(Norm { weight, bias: self.f32(&format!("{name}.b"), width)? })
    }

    fn linear(&mut self, name: &str, outputs: usize, inputs: usize) -> Result<Linear, FormatError> {
        let weight = format!("{name}.w");
        let bytes = self.q4(&weight, outputs, inputs)?;
        let weight = PackedMatrix::pack(outputs, inputs, &bytes).map_err(|error| match error {
            PackError::NotFinite => FormatError::NotFinite(weight),
            PackError::Shape { .. } | PackError::Length { .. } => FormatError::Tensor(weight),
        })?;
        Ok(Linear { weight, bias: self.f32(&format!("{name}.b"), outputs)? })
    }

    fn raw(&mut self, name: &str, kind: u8, numbers: u64, bytes: u64) -> Result<Vec<u8>, FormatError> {
        let entry = self.directory.get(name).ok_or_else(|| FormatError::Missing(name.into()))?;
        if entry.kind != kind || entry.numbers != numbers || entry.bytes != bytes {
            return Err(FormatError::Tensor(name.into()));
        }
        self.file.go_to(entry.offset).map_err(|_| FormatError::Tensor(name.into()))?;
        self.file.bytes(bytes, "a tensor")
    }
}

/// A file being read, that knows how much of it is left.
struct Input<R> {
    reader: R,
    at: u64,
    length: u64,
}

impl<R: Read + Seek> Input<R> {
    fn new(mut reader: R) -> Result<Self, FormatError> {
        let length = reader.seek(SeekFrom::End(0)).map_err(FormatError::Read)?;
        reader.rewind().map_err(FormatError::Read)?;
        Ok(Self { reader, at: 0, length })
    }

    fn go_to(&mut self, offset: u64) -> Result<(), FormatError> {
        if offset > self.length {
            return Err(FormatError::Truncated("a tensor"));
        }
        self.reader.seek(SeekFrom::Start(offset)).map_err(FormatError::Read)?;
        self.at = offset;
        Ok(())
    }

    fn take(&mut self, into: &mut [u8], place: &'static str) -> Result<(), FormatError> {
        self.reader.read_exact(into).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => FormatError::Truncated(place),
            _ => FormatError::Read(error),
        })?;
        self.at += into.len() as u64;
        Ok(())
    }

    /// `count` bytes; memory is reserved only after the file proved long enough.
    fn bytes(&mut self, count: u64, place: &'static str) -> Result<Vec<u8>, FormatError> {
        if count > self.length - self.at.min(self.length) {
            return Err(FormatError::Truncated(place));
        }
        let count = usize::try_from(count).map_err(|_| FormatError::Truncated(place))?;
        let mut bytes = vec![0; count];
        self.take(&mut bytes, place)?;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self, place: &'static str) -> Result<[u8; N], FormatError> {
        let mut bytes = [0; N];
        self.take(&mut bytes, place)?;
        Ok(bytes)
    }

    fn u32(&mut self, place: &'static str) -> Result<u32, FormatError> {
        self.array(place).map(u32::from_le_bytes)
    }

    fn u64(&mut self, place: &'static str) -> Result<u64, FormatError> {
        self.array(place).map(u64::from_le_bytes)
    }

    fn f32(&mut self, place: &'static str) -> Result<f32, FormatError> {
        self.array(place).map(f32::from_le_bytes)
    }

    /// A signed 32-bit size that must lie in `range` and be a multiple of `step`.
    fn size(
        &mut self,
        what: &'static str,
        range: std::ops::RangeInclusive<usize>,
        step: usize,
    ) -> Result<usize, FormatError> {
        let value = i32::from_le_bytes(self.array(what)?);
        match usize::try_from(value) {
            Ok(size) if range.contains(&size) && size % step == 0 => Ok(size),
            _ => Err(FormatError::Size { what, value: value.into() }),
        }
    }
}
