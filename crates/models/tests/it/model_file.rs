//! What the reader makes of whole, cut and damaged model files. No bytes may make it panic.

use crate::tiny_model::{self, Random, SIZES_AT};
use models::kernel::Kernel;
use models::{FormatError, LocalE5, TextKind};
use std::io::Cursor;

fn read(bytes: &[u8]) -> Result<LocalE5, FormatError> {
    LocalE5::from_reader(Cursor::new(bytes), Kernel::detect())
}

#[test]
fn a_tiny_model_embeds() {
    let model = read(&tiny_model::bytes()).unwrap();
    assert_eq!((model.dims(), model.dimensions().ffn), (32, 64));
    assert_eq!(model.count_tokens(TextKind::Query, "退货"), (5, false));
    let embeddings = model.embed(TextKind::Query, &["退货", "退\t退"]).unwrap();
    for embedding in &embeddings {
        let length: f32 = embedding.vector.iter().map(|x| x * x).sum();
        assert!((length - 1.0).abs() < 1e-5);
    }
    assert_ne!(embeddings[0].vector, embeddings[1].vector);
}

#[test]
fn windows_beyond_the_positions_are_used_then_cut() {
    let model = read(&tiny_model::bytes()).unwrap();
    // Six positions leave four tokens of content per window, and eight windows at most.
    let embedding = model.embed(TextKind::Query, &["退".repeat(20)]).unwrap().remove(0);
    assert!(!embedding.is_truncated);
    let embedding = model.embed(TextKind::Query, &["退".repeat(40)]).unwrap().remove(0);
    assert!(embedding.is_truncated);
    assert_eq!(embedding.tokens, 4 * 8 + 2);
}

#[test]
fn other_files_are_refused_by_name() {
    let whole = tiny_model::bytes();
    let with = |at: usize, new: &[u8]| {
        let mut bytes = whole.clone();
        bytes[at..at + new.len()].copy_from_slice(new);
        read(&bytes).unwrap_err()
    };
    assert!(matches!(with(0, b"GGUF"), FormatError::Magic));
    assert!(matches!(with(4, &[2, 0, 0, 0]), FormatError::Version(2)));
    assert!(matches!(read(b""), Err(FormatError::Truncated("magic"))));
    for size in 0..tiny_model::SIZES.len() {
        for absurd in [-1, 0, i32::MIN, i32::MAX] {
            let error = with(SIZES_AT + size * 4, &absurd.to_le_bytes());
            assert!(matches!(error, FormatError::Size { .. }), "{size} {absurd} {error:?}");
        }
    }
    // More words, layers or positions than the tensors have rows for.
    for size in [1, 4, 5] {
        let error = with(SIZES_AT + size * 4, &(tiny_model::SIZES[size] + 1).to_le_bytes());
        assert!(matches!(error, FormatError::Tensor(_) | FormatError::Missing(_)), "{error:?}");
    }
}

#[test]
fn every_cut_is_noticed() {
    let whole = tiny_model::bytes();
    for length in 0..whole.len() {
        assert!(read(&whole[..length]).is_err(), "cut at {length}");
    }
}

#[test]
fn damage_leads_to_an_error_or_a_model_never_a_panic() {
    let whole = tiny_model::bytes();
    let mut random = Random(7);
    for _ in 0..20_000 {
        let mut bytes = whole.clone();
        for _ in 0..=random.next() % 4 {
            // The front half of the draws go to the header and vocabulary, where the sizes are.
            let reach = if random.byte() < 128 { 400 } else { bytes.len() };
            let at = random.next() as usize % reach;
            bytes[at] = random.byte();
        }
        if let Ok(model) = read(&bytes) {
            let _ = model.embed(TextKind::Query, &["退货 abc\t"]);
        }
    }
}
