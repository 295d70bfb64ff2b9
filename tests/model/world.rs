//! A run of the machine, the server, the clock: one state of the model, and those that can come after it.

use std::fmt::{self, Write};
use std::hash::{DefaultHasher, Hasher};
use std::sync::OnceLock;

use giftcard_partners::compose::as_written;
use giftcard_partners::flow::{Elapsed, Event, Placement, PlacementStep, Policy, Request, Step};
use giftcard_partners::order::{CheckedOrder, OrderLimits};

use crate::check::{Facts, check};
use crate::faults::{Way, body, gets, posts, sleeps};
use crate::server::{Content, Server};

/// The call's time. Its clock stands still, or jumps to just before the deadline, or to the deadline: how long a wait is makes
/// no other difference to the machine.
pub(crate) const DEADLINE_MS: Elapsed = 100_000;
const CLOCK: [Elapsed; 3] = [0, DEADLINE_MS - 1, DEADLINE_MS];

/// What led from one state to another, for people.
#[derive(Debug)]
#[allow(dead_code, reason = "it is read by its Debug")]
pub(crate) enum Move {
    /// What became of a request or a sleep, what was heard of it, and when.
    Happened(&'static str, &'static str, u16, Elapsed),
    Restarted(Content),
}

/// A state.
#[derive(Clone)]
pub(crate) struct World {
    machine: Placement<'static>,
    /// What the machine waits for.
    step: PlacementStep,
    now: Elapsed,
    server: Server,
    facts: Facts,
    policy: Policy,
    /// How often the process may still be started again.
    restarts: u8,
}

/// The orders that are sent, each with the bytes that every attempt carries.
pub(crate) fn order(content: Content) -> &'static CheckedOrder<'static> {
    static ORDERS: OnceLock<[CheckedOrder<'static>; 2]> = OnceLock::new();
    let orders = ORDERS.get_or_init(|| {
        [Content::Ours, Content::Other].map(|content| {
            CheckedOrder::read(body(content).as_bytes(), &OrderLimits::default()).unwrap()
        })
    });
    &orders[content as usize]
}

impl World {
    pub(crate) fn new(content: Content, server: Server, policy: Policy, restarts: u8) -> Self {
        let mut machine = Placement::new(order(content), policy, 7, as_written);
        let step = machine.start(0);
        Self {
            machine,
            step,
            now: 0,
            server,
            facts: Facts::new(content, server),
            policy,
            restarts,
        }
    }

    /// What makes two states one: all that what comes next depends on. The machine hands errors on and does not look into them.
    pub(crate) fn key(&self) -> [u64; 2] {
        let mut digest = Digest::new();
        let Self {
            machine,
            step,
            now,
            server,
            facts,
            restarts,
            ..
        } = self;
        write!(
            digest,
            "{machine:?}{step:?}{now}{server:?}{facts:?}{restarts}"
        )
        .unwrap();
        digest.finish()
    }

    /// The states after this one, each with what led to it. Where the run is over its result is checked.
    pub(crate) fn next(&self) -> Vec<(Move, Self)> {
        let mut next = Vec::new();
        match &self.step {
            Step::Done(result) => check(result, &self.facts, self.server),
            Step::Sleep(_) => {
                let ways = |server| sleeps(server).into();
                self.happen(ways, &mut next);
            }
            Step::Send { request, .. } => {
                let content = self.facts.content;
                match request {
                    Request::Place => self.happen(|server| posts(server, content), &mut next),
                    Request::Get(path) => self.happen(|server| gets(server, path), &mut next),
                }
            }
        }
        self.restart(&mut next);
        next
    }

    fn happen(&self, ways: impl Fn(Server) -> Vec<Way>, next: &mut Vec<(Move, Self)>) {
        let late = CLOCK.into_iter().filter(|time| *time >= self.now);
        for (now, server) in late.flat_map(|now| {
            self.server
                .landings()
                .into_iter()
                .map(move |server| (now, server))
        }) {
            for way in ways(server) {
                let mut world = self.clone();
                world.now = now;
                let placed = matches!(
                    self.step,
                    Step::Send {
                        request: Request::Place,
                        ..
                    }
                );
                world.facts.heard(&way, placed);
                world.server = way.server;
                let (heard, status) = heard(&way.event);
                world.step = world.machine.on(way.event, now);
                next.push((Move::Happened(way.name, heard, status, now), world));
            }
        }
    }

    /// The process ends here, or the caller calls again: a new machine, with the same bytes or with others.
    fn restart(&self, next: &mut Vec<(Move, Self)>) {
        let Some(restarts) = self.restarts.checked_sub(1) else {
            return;
        };
        let mut servers = vec![self.server];
        if let Step::Send {
            request: Request::Place,
            ..
        } = &self.step
        {
            // The request was out: it arrived, or will be carried out, or neither.
            let mut made = self.server;
            made.place(self.facts.content);
            let mut running = self.server;
            running.place_later(self.facts.content);
            servers.extend([made, running]);
        }
        for mut server in servers {
            server.run_ended();
            for content in [Content::Ours, Content::Other] {
                let world = Self::new(content, server, self.policy, restarts);
                next.push((Move::Restarted(content), world));
            }
        }
    }
}

fn heard(event: &Event) -> (&'static str, u16) {
    match event {
        Event::Answered(answer) => ("answered", answer.status),
        Event::TimedOut => ("timed out", 0),
        Event::Disconnected(_) => ("disconnected", 0),
        Event::Unreached(_) => ("unreached", 0),
        Event::NotSent(_) => ("not sent", 0),
        Event::Woke => ("woke", 0),
        Event::Aborted => ("aborted", 0),
    }
}

/// A digest of 128 bits of a text, errors left out: two of some million states are one in it with a chance below 2^-80.
struct Digest {
    halves: [DefaultHasher; 2],
    /// In an error, whose text ends with its brace.
    skipping: bool,
}

impl Digest {
    fn new() -> Self {
        let mut halves = [DefaultHasher::new(), DefaultHasher::new()];
        halves[1].write_u8(1);
        Self {
            halves,
            skipping: false,
        }
    }

    fn finish(&self) -> [u64; 2] {
        [self.halves[0].finish(), self.halves[1].finish()]
    }
}

impl Write for Digest {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.skipping |= text == "Error";
        if self.skipping {
            self.skipping = !text.ends_with('}');
        } else {
            for half in &mut self.halves {
                half.write(text.as_bytes());
            }
        }
        Ok(())
    }
}
