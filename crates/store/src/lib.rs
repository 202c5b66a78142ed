//! The only crate with SQL: everything the desk remembers, in SQLite or PostgreSQL, through one set of functions.
//! It decides nothing about customer service, reads no clock and makes no ids; callers pass them in.

mod actions;
mod agent_asks;
mod articles;
mod chat;
mod conversations;
mod database;
mod deadlines;
mod drafts;
mod error;
mod files;
mod jobs;
mod measures;
mod notices;
mod past_replies;
mod phrase_vectors;
mod phrases;
mod routing;
mod samples;
mod shoppers;
mod shops;
mod suggestions;
mod tasks;
mod team;
mod views;
mod visits;

pub use actions::{ActionFilter, StoredAction};
pub use agent_asks::{AgentAsk, AskedAgain};
pub use articles::{
    ArticleFilter, ArticlePage, ArticleState, MAX_ARTICLES_PER_TRANSACTION, SaveArticle, Saved, StoredVectors,
};
pub use chat::ChatUse;
pub use conversations::{
    Append, Appended, ControlEvent, Difference, ErasedCounts, InboxCounts, InboxFilter, InboxPage, InboxRow, InboxView,
    NewBody, Page, Preview, QueueWait, ReadMarks, Side, Stay, Stored, StoredEvent, TodayCounts,
};
pub use database::{OpenOptions, Store, StoreKind};
pub use deadlines::{DeadlineStep, NewDeadline, StoredDeadline};
pub use drafts::Draft;
pub use error::{Result, StoreError};
pub use files::StoredFile;
pub use jobs::{DeadJob, Job, JobCounts, JobFate, NewJob};
pub use measures::MeasureFault;
pub use notices::{NewNotice, Notice, NoticeKind};
pub use past_replies::{NewPastReply, PastReply};
pub use phrases::Phrase;
pub use routing::{SeatGuard, StoredPlan, StoredSeat};
pub use samples::{Sample, SampleKind};
pub use shoppers::Shopper;
pub use shops::Shop;
pub use suggestions::{Offered, SuggestionCounts, SuggestionFilter};
pub use tasks::{Task, TaskFilter, TaskKind};
pub use team::{AgentRow, AuditPage, AuditRow, Grant, NewAudit, SignIn, Staff};
pub use views::SavedView;
pub use visits::Visit;
