//! A model check of `giftcard_partners::flow::Placement`: every interleaving of what a network, a server, a clock and a process
//! can do to one order, and not one of them makes two orders or a result that is not true.
//!
//! The machine runs against a model of the server (`server.rs`) and everything that can happen to a request (`faults.rs`).
//! `explore.rs` walks the whole graph of states, each one once. No depth is set: the walk ends because the graph is finite, and
//! because it has no circle every run ends.
#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its way of saying so; this one prints how much it has seen"
)]

#[path = "model/check.rs"]
mod check;
#[path = "model/classes.rs"]
mod classes;
#[path = "model/explore.rs"]
mod explore;
#[path = "model/faults.rs"]
mod faults;
#[path = "model/server.rs"]
mod server;
#[path = "model/waiting.rs"]
mod waiting;
#[path = "model/world.rs"]
mod world;

use std::thread;

use giftcard_partners::flow::Policy;

use crate::explore::{Explored, explore};
use crate::server::{Content, Server};
use crate::world::{DEADLINE_MS, World};

/// The walk is as deep as the longest run.
const STACK: usize = 256 << 20;

/// All that can be there when the run begins: nothing, the order, or another one of the same PO number.
static SERVERS: [Server; 3] = [
    Server::EMPTY,
    Server::with(Content::Ours),
    Server::with(Content::Other),
];

fn walk(max_retries: u32, restarts: u8) -> Explored {
    let policy = Policy {
        timeout_ms: 30_000,
        deadline_ms: Some(DEADLINE_MS),
        max_retries,
    };
    let walk = move || {
        let worlds = SERVERS.iter();
        explore(worlds.map(|server| World::new(Content::Ours, *server, policy, restarts)))
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(walk);
    let explored = thread.unwrap().join().unwrap();
    println!("max_retries {max_retries}, restarts {restarts}: {explored:?}");
    explored
}

/// The floors hold what was counted when the alphabet of faults was last changed, a tenth aside: it cannot shrink unseen.
#[track_caller]
fn assert_covers(explored: &Explored, states: usize, transitions: usize, longest: u32) {
    assert!(explored.states > states, "{explored:?}");
    assert!(explored.transitions > transitions, "{explored:?}");
    assert!(explored.longest <= longest, "{explored:?}");
}

#[test]
fn whatever_happens_to_a_run_there_is_one_order_at_most_and_its_result_is_true() {
    assert_covers(&walk(1, 0), 170_000, 6_600_000, 100);
}

#[test]
fn a_process_that_ends_anywhere_and_starts_again_with_any_bytes_makes_no_second_order() {
    assert_covers(&walk(0, 1), 5_400, 215_000, 40);
}

#[test]
#[ignore = "minutes: more of the same, for whoever changes the machine"]
fn more_retries_and_more_restarts_show_nothing_new() {
    assert_covers(&walk(2, 0), 90_000, 3_300_000, 250);
    assert_covers(&walk(1, 1), 65_000, 2_700_000, 200);
}
