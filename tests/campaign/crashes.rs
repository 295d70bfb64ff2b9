//! Every interleaving of two workers of `placeCampaign`, with a crash between any two steps.
//!
//! A worker records that it is about to send, waits for a save that began after that, sends, records the answer and takes the
//! next order. The server knows orders by their PO numbers; an answer may be lost, a request may be lost or arrive after all
//! has long ended, and 422 may come whenever it likes, also for an order that exists. All states that can be reached are
//! visited; nothing here is random.

use std::collections::{BTreeSet, HashSet};

use giftcard_partners::bulk::{Campaign, Course, Ending, OrderState};
use giftcard_partners::error::Outcome;

use crate::rows::planned;

const WORKERS: usize = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Worker {
    Idle,
    /// The order is recorded as about to be sent; whether a save that began after that is under way.
    Saving {
        order: usize,
        covered: bool,
    },
    Ready {
        order: usize,
    },
    /// The request was sent, and this is how the call will end.
    Sent {
        order: usize,
        answer: Answer,
    },
    Done,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Answer {
    Created,
    Reconciled,
    Lost,
    Short,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World {
    /// What this process knows.
    memory: Vec<OrderState>,
    /// What was saved.
    saved: Vec<OrderState>,
    /// What is being saved.
    saving: Option<Vec<OrderState>>,
    workers: [Worker; WORKERS],
    /// The next order that no worker has looked at in this run.
    cursor: usize,
    pausing: bool,
    /// Orders that exist.
    placed: BTreeSet<usize>,
    /// Requests that are still on their way.
    late: BTreeSet<usize>,
    /// Crashes and resumptions that are left.
    restarts: u8,
}

impl World {
    fn new(orders: usize, restarts: u8) -> Self {
        Self {
            memory: vec![OrderState::Planned; orders],
            saved: vec![OrderState::Planned; orders],
            saving: None,
            workers: [Worker::Idle; WORKERS],
            cursor: 0,
            pausing: false,
            placed: BTreeSet::new(),
            late: BTreeSet::new(),
            restarts,
        }
    }

    /// A process that begins with what was saved.
    fn restarted(&self, saved: Vec<OrderState>) -> Self {
        Self {
            memory: saved.clone(),
            saved,
            saving: None,
            workers: [Worker::Idle; WORKERS],
            cursor: 0,
            pausing: false,
            restarts: self.restarts.saturating_sub(1),
            ..self.clone()
        }
    }

    /// The worlds that this one may become by one step.
    fn steps(&self, template: &Campaign) -> Vec<Self> {
        let mut steps = Vec::new();
        for worker in 0..WORKERS {
            self.step_of(worker, template, &mut steps);
        }
        match &self.saving {
            Some(written) => {
                let mut next = self.clone();
                next.saved.clone_from(written);
                next.saving = None;
                for worker in &mut next.workers {
                    if let Worker::Saving {
                        order,
                        covered: true,
                    } = *worker
                    {
                        *worker = Worker::Ready { order };
                    }
                }
                steps.push(next);
            }
            // A save begins where one is wanted, and covers all that waits for one by then.
            None if self.memory != self.saved => {
                let mut next = self.clone();
                next.saving = Some(self.memory.clone());
                for worker in &mut next.workers {
                    if let Worker::Saving { covered, .. } = worker {
                        *covered = true;
                    }
                }
                steps.push(next);
            }
            None => {}
        }
        for late in &self.late {
            let mut next = self.clone();
            next.late.remove(late);
            next.placed.insert(*late);
            steps.push(next);
        }
        if self.restarts > 0 {
            steps.push(self.restarted(self.saved.clone()));
            // A crash in the middle of a save: it may have been written or not.
            if let Some(written) = &self.saving {
                steps.push(self.restarted(written.clone()));
            }
        }
        steps
    }

    fn step_of(&self, worker: usize, template: &Campaign, steps: &mut Vec<Self>) {
        let mut next = self.clone();
        match self.workers[worker] {
            Worker::Idle => {
                let mut campaign = campaign(template, &self.memory);
                let open = campaign.next_open(self.cursor).filter(|_| !self.pausing);
                next.workers[worker] = match open {
                    Some(order) => {
                        campaign.begin(order);
                        next.memory = states(&campaign);
                        next.cursor = order + 1;
                        // What is recorded already needs no save: it was saved when it was.
                        let saved = next.memory == next.saved && next.saving.is_none();
                        if saved {
                            Worker::Ready { order }
                        } else {
                            Worker::Saving {
                                order,
                                covered: false,
                            }
                        }
                    }
                    None => Worker::Done,
                };
                steps.push(next);
            }
            Worker::Ready { order } => {
                for (arrives, late, answer) in [
                    (true, false, None),
                    (true, false, Some(Answer::Lost)),
                    (false, false, Some(Answer::Lost)),
                    (false, true, Some(Answer::Lost)),
                    (false, false, Some(Answer::Short)),
                ] {
                    let mut next = next.clone();
                    let was_there = next.placed.contains(&order);
                    let truth = if was_there {
                        Answer::Reconciled
                    } else {
                        Answer::Created
                    };
                    if arrives {
                        next.placed.insert(order);
                    }
                    if late {
                        next.late.insert(order);
                    }
                    let answer = answer.unwrap_or(truth);
                    next.workers[worker] = Worker::Sent { order, answer };
                    steps.push(next);
                }
            }
            Worker::Sent { order, answer } => {
                let mut campaign = campaign(template, &self.memory);
                let failed = |code, outcome| Ending::Failed {
                    code,
                    issue: None,
                    outcome,
                    order_id: None,
                };
                let course = campaign.settle(
                    order,
                    match answer {
                        Answer::Lost => failed("network", Outcome::Unknown),
                        Answer::Short => failed("insufficient_funds", Outcome::Rejected),
                        placed => Ending::Placed {
                            reconciled: placed == Answer::Reconciled,
                            order_id: None,
                        },
                    },
                );
                next.pausing |= course != Course::On;
                next.memory = states(&campaign);
                next.workers[worker] = Worker::Idle;
                steps.push(next);
            }
            Worker::Saving { .. } | Worker::Done => {}
        }
    }

    /// What must hold in every world.
    fn check(&self, template: &Campaign) {
        for order in self.placed.union(&self.late) {
            for (knower, states) in [("the process", &self.memory), ("the ledger", &self.saved)] {
                assert!(
                    states[*order].may_have_paid(),
                    "{knower} thinks that order {order} was not sent: {self:?}"
                );
            }
        }
        for states in [&self.memory, &self.saved] {
            for (order, state) in states.iter().enumerate() {
                assert!(
                    !state.is_placed() || self.placed.contains(&order),
                    "order {order} is said to be placed and is not: {self:?}"
                );
            }
        }
        // Whatever happened, a last run from the saved ledger against a server that works ends with every order placed.
        let mut last = campaign(template, &self.saved);
        let mut cursor = 0;
        while let Some(order) = last.next_open(cursor) {
            last.begin(order);
            last.settle(
                order,
                Ending::Placed {
                    reconciled: self.placed.contains(&order),
                    order_id: None,
                },
            );
            cursor = order + 1;
        }
        assert!(
            states(&last).into_iter().all(OrderState::is_placed),
            "{self:?}"
        );
    }
}

fn campaign(template: &Campaign, states: &[OrderState]) -> Campaign {
    let mut campaign = template.clone();
    for (place, state) in states.iter().enumerate() {
        let name = template.orders()[place].po_number();
        campaign.record(name, *state, None).unwrap();
    }
    campaign
}

fn states(campaign: &Campaign) -> Vec<OrderState> {
    crate::rows::states(campaign)
}

/// The number of worlds that can be reached.
fn explore(orders: u32, restarts: u8) -> usize {
    let template = planned(&(0..orders).collect::<Vec<_>>(), 1);
    let first = World::new(template.orders().len(), restarts);
    let mut known = HashSet::from([first.clone()]);
    let mut open = vec![first];
    while let Some(world) = open.pop() {
        world.check(&template);
        for next in world.steps(&template) {
            if known.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    known.len()
}

#[test]
fn two_workers_and_two_orders_lose_nothing_and_send_nothing_twice_through_two_crashes() {
    let worlds = explore(2, 2);

    println!("{worlds}");
    assert!(worlds > 1_000, "{worlds}");
}

#[test]
fn two_workers_and_three_orders_lose_nothing_and_send_nothing_twice_through_a_crash() {
    let worlds = explore(3, 1);

    println!("{worlds}");
    assert!(worlds > 1_000, "{worlds}");
}
