//! Prints as JSON what the embedded model costs: load time, memory, CPU time per question, and throughput.
//! Fetches the model first if it is absent.

use anyhow::{Context, Result};
use models::{LocalE5, TextKind, fetch};
use std::time::{Duration, Instant};

/// Both are 13 tokens long, prefix and special tokens included.
const QUESTIONS: [(&str, &str); 2] = [("zh", "我的订单什么时候能发货?"), ("en", "When will my order be shipped?")];
const RUNS: u32 = 200;
const BATCH: usize = 512;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    rustls::crypto::ring::default_provider().install_default().ok().context("a TLS provider is installed already")?;
    let path = fetch::fetch(&fetch::FetchOptions::default(), &mut |_| ()).await?;
    let before_kb = resident_kb()?;
    let start = Instant::now();
    let model = LocalE5::load(&path)?;
    let load_ms = start.elapsed().as_secs_f64() * 1e3;
    let after_kb = resident_kb()?;

    let mut report = serde_json::json!({
        "kernel": model.kernel().name(),
        "load_ms": round(load_ms),
        "resident_before_mb": round(before_kb / 1024.0),
        "resident_after_load_mb": round(after_kb / 1024.0),
    });
    for (language, question) in QUESTIONS {
        let (tokens, _) = model.count_tokens(TextKind::Query, question);
        let cpu_ms = cpu_ms_per_run(RUNS, || drop(model.embed(TextKind::Query, &[question])))?;
        report[format!("question_{language}")] = serde_json::json!({ "tokens": tokens, "cpu_ms": round(cpu_ms) });
    }
    let long = "尊敬的顾客,收到破损商品请不要丢弃包装。".repeat(40);
    let long_ms = cpu_ms_per_run(5, || drop(model.embed(TextKind::Passage, &[&long])))?;
    let (tokens, _) = model.count_tokens(TextKind::Passage, &long);
    report["long_passage"] = serde_json::json!({ "tokens": tokens, "cpu_ms": round(long_ms) });

    let texts: Vec<String> = (0..BATCH).map(|n| format!("{} {n}", QUESTIONS[n % QUESTIONS.len()].1)).collect();
    let batch_ms = cpu_ms_per_run(3, || drop(model.embed(TextKind::Passage, &texts)))?;
    report["texts_per_second_one_core"] = round(BATCH as f64 / batch_ms * 1e3).into();
    report["resident_in_use_mb"] = round(resident_kb()? / 1024.0).into();
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}

/// CPU milliseconds of this process per call of `work`, after one call to warm up.
fn cpu_ms_per_run(runs: u32, mut work: impl FnMut()) -> Result<f64> {
    work();
    let start = cpu_time()?;
    for _ in 0..runs {
        work();
    }
    Ok((cpu_time()? - start).as_secs_f64() * 1e3 / f64::from(runs))
}

/// Time all threads of this process have spent on a processor, to the nanosecond.
fn cpu_time() -> Result<Duration> {
    let mut total = 0;
    for task in std::fs::read_dir("/proc/self/task")? {
        let text = std::fs::read_to_string(task?.path().join("schedstat"))?;
        let first = text.split(' ').next().context("schedstat is empty")?;
        total += first.parse::<u64>()?;
    }
    Ok(Duration::from_nanos(total))
}

fn resident_kb() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

fn round(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
