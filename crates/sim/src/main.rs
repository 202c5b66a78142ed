//! `tandem-sim`: plays services from seeds and says what was wrong; a failing seed is replayed with
//! `--from S --seeds 1 --verbose`.

use std::process::ExitCode;

use clap::Parser;
use sim::{Manner, Premises, Report};

/// Plays whole days of service from seeds, with two nodes, races and faults, and checks what must hold.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// How many seeds to play.
    #[arg(long, default_value_t = 100)]
    seeds: u64,
    /// The first of them.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Plays so many days of waiting and serving and compares them with Erlang A, instead of services from seeds.
    #[arg(long)]
    days: Option<u64>,
    /// The report as JSON on stdout.
    #[arg(long)]
    json: bool,
    /// Says every step of the plan and what came of it.
    #[arg(long)]
    verbose: bool,
    /// Leaves out what depends on how threads are scheduled: the same seed then leaves the same log.
    #[arg(long)]
    exact: bool,
    /// A `postgres://` address; each seed gets a shop of its own there. Without it, SQLite files in memory.
    #[arg(long)]
    database: Option<String>,
}

// One thread: what is done at once is interleaved, and which node comes first is not left to the system's scheduler.
#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    if let Some(days) = arguments.days {
        return Ok(if days_of_waiting(days, &arguments)? { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let premises = Premises::furnish(arguments.database.as_deref()).await?;
    let manner = Manner { exact: arguments.exact, verbose: arguments.verbose };
    let report = sim::run(&premises, arguments.from, arguments.seeds, manner).await;
    if arguments.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        say(&report);
    }
    Ok(if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether Erlang A agrees.
fn days_of_waiting(days: u64, arguments: &Arguments) -> anyhow::Result<bool> {
    anyhow::ensure!(days > 1, "an interval needs at least two days");
    let report = sim::day::play(&sim::day::DAY, days, arguments.from);
    if arguments.json {
        println!("{}", serde_json::to_string(&report)?);
        return Ok(report.agrees);
    }
    for shift in &report.shifts {
        println!("{} agents, {} a minute, {} shoppers", shift.agents, shift.per_minute, shift.shoppers);
        let figures = [
            ("wait at all", shift.waits, 100.0),
            ("leave", shift.abandons, 100.0),
            ("within 20 s", shift.within_20_s, 100.0),
            ("mean wait, s", shift.wait_ms, 1e-3),
        ];
        for (name, figure, unit) in figures {
            let sim::day::Figure { played, half_width, erlang_a, agrees } = figure;
            let verdict = if agrees { "agrees" } else { "DIFFERS" };
            println!(
                "  {name:<14} {:>7.2} +- {:.2}, Erlang A {:.2}: {verdict}",
                played * unit,
                half_width * unit,
                erlang_a * unit
            );
        }
    }
    Ok(report.agrees)
}

fn say(report: &Report) {
    let Report { seeds, failed, races, withheld, events, seconds, .. } = report;
    println!(
        "{seeds} seeds, {failed} failed; {races} races, {withheld} replies withheld; {events} events in {seconds} s"
    );
    if *failed > 0 {
        let Report { wrong_speaker, lost, doubled, unanswered, other, failing_seeds, .. } = report;
        println!(
            "wrong speaker {wrong_speaker}, lost {lost}, doubled {doubled}, unanswered {unanswered}, other {other}"
        );
        println!("failing seeds: {failing_seeds:?}");
    }
}
