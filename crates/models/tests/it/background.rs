//! Embedding off the async runtime: order, progress, and the runtime staying free.

use crate::tiny_model;
use models::kernel::Kernel;
use models::{Embedder, LocalE5, TextKind};
use std::io::Cursor;
use std::sync::Arc;

fn local() -> Embedder {
    let model = LocalE5::from_reader(Cursor::new(tiny_model::bytes()), Kernel::detect());
    Embedder::Local(Arc::new(model.unwrap()))
}

#[tokio::test]
async fn many_texts_keep_their_order_and_report_progress() {
    let texts: Vec<String> = (0..700).map(|n| "退货".repeat(n % 7)).collect();
    let embedder = local();
    let mut steps = Vec::new();
    let found = embedder.embed_with_progress(TextKind::Passage, &texts, &mut |done| steps.push(done)).await.unwrap();
    assert_eq!(found, embedder.embed_now(TextKind::Passage, &texts).unwrap());
    assert!(steps.len() > 5 && steps.is_sorted());
    assert_eq!(steps.last(), Some(&texts.len()));
    assert!(embedder.embed(TextKind::Query, &[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_question_is_answered_while_an_import_runs() {
    let embedder = local();
    let import = embedder.clone();
    let texts = vec!["退货".repeat(200); 3000];
    let import = tokio::spawn(async move { import.embed(TextKind::Passage, &texts).await.unwrap().len() });
    tokio::task::yield_now().await;
    embedder.embed(TextKind::Query, &["退货".into()]).await.unwrap();
    assert!(!import.is_finished(), "the question waited for the whole import");
    assert_eq!(import.await.unwrap(), 3000);
}

#[tokio::test]
async fn hashing_needs_no_model() {
    let embedder = Embedder::Hashing { dims: 64 };
    assert_eq!((embedder.name(), embedder.dims()), ("hashing", 64));
    let texts = ["退货".to_owned(), "refund".to_owned()];
    let found = embedder.embed(TextKind::Query, &texts).await.unwrap();
    assert_eq!(found, embedder.embed_now(TextKind::Query, &texts).unwrap());
    assert!(found.iter().all(|vector| (vector.iter().map(|x| x * x).sum::<f32>() - 1.0).abs() < 1e-5));
}
