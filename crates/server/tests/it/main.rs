//! The desk's interface from outside: every route through the router, sockets over a real listener. Each test has a
//! whole desk of its own, on SQLite in a folder that goes with it.

mod actions;
mod articles;
mod bot_settings;
mod chat_model;
mod command_line;
mod compliance;
mod conversations;
mod desk;
mod files;
mod identity;
mod operations;
mod people;
mod routing;
mod shape;
mod sockets;
mod storefront;
mod visits;
mod widget;
