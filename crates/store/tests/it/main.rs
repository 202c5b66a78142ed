//! What every function of the store promises, checked on SQLite always and on PostgreSQL when `TANDEM_TEST_POSTGRES`
//! holds an address (`.ci/postgres.sh` makes one). With `TANDEM_REQUIRE_ALL=1` a missing address is a failure.

mod actions;
mod agent_asks;
mod append;
mod articles;
mod chat;
mod damage;
mod deadlines;
mod erasure;
mod inbox;
mod jobs;
mod measures;
mod people;
mod postgres_only;
mod queue;
mod random;
mod routing;
mod samples;
mod small;
mod sqlite_only;
mod workspace;
mod world;

/// Makes a SQLite and a PostgreSQL test of each check.
macro_rules! on_both {
    ($($module:ident: $($check:ident),+;)+) => {
        mod sqlite {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $check() {
                    let world = crate::world::World::on_sqlite().await;
                    crate::$module::$check(&world).await;
                    world.end().await;
                }
            )+)+
        }

        mod postgres {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $check() {
                    let Some(world) = crate::world::World::on_postgres().await else { return };
                    crate::$module::$check(&world).await;
                    world.end().await;
                }
            )+)+
        }
    };
}

on_both! {
    append: check_append_and_read, check_concurrent_appends, check_concurrent_creations, check_duplicate_clients,
        check_one_open_conversation, check_refused_appends, check_identified, check_read_marks, check_traces,
        check_jobs_with_append;
    random: check_projection_is_fold;
    deadlines: check_deadlines, check_board_rows;
    measures: check_measured_rows, check_returns, check_rebuild, check_erased_measures;
    damage: check_verify_finds_damage, check_unreadable_rows;
    erasure: check_erasure;
    inbox: check_views, check_cursors, check_text, check_counts_and_today;
    queue: check_places, check_waits, check_waiting_with_bot, check_kept_places, check_idle_with_bot;
    routing: check_plans, check_seats, check_vanishing, check_looking;
    jobs: check_enqueue, check_two_workers, check_leases, check_dead, check_counts_and_prune;
    people: check_shoppers, check_shops, check_staff, check_agents, check_sign_ins, check_audit;
    actions: check_actions, check_one_key, check_erased_actions;
    articles: check_save, check_concurrent_saves, check_import, check_list, check_changes, check_vectors;
    chat: check_chat_ledger;
    samples: check_samples, check_phrase_vectors;
    agent_asks: check_agent_asks;
    small: check_phrases, check_files, check_migrations, check_concurrent_starts, check_nul;
    workspace: check_sorting, check_notices, check_tasks, check_call_backs, check_visits,
        check_drafts_and_views, check_suggestions, check_past_replies;
}
