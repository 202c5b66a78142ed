//! The engine against a real SQLite database: one desk per test, nothing shared.

mod actions;
mod bot;
mod chat;
mod chat_tools;
mod deadlines;
mod desk;
mod flows;
mod gone;
mod handoff;
mod identity;
mod injection;
mod knowledge;
mod measures;
mod policies;
mod recovery;
mod routing;
mod several_wishes;
mod skills;
mod team;
mod waiting;
mod workspace;
