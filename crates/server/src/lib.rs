//! HTTP, WebSockets and the command line around the desk. Decides nothing about customer service itself.
#![forbid(unsafe_code)]

pub mod api;
pub mod app;
pub mod assets;
pub mod cli;
pub mod client_address;
pub mod config;
pub mod demo;
pub mod headers;
pub mod observe;
pub mod openapi;
pub mod problem;
pub mod rate;
pub mod rehearse;
pub mod router;
pub mod sockets;
pub mod start;
pub mod storefront;
pub mod tokens;
pub mod wire;
