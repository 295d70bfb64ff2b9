//! Random faults in random order: what must hold whatever happens.

use giftcard_partners::answer::{HIDDEN_REDIRECT, NO_ANSWER};
use giftcard_partners::error::{Kind, Outcome};
use giftcard_partners::flow::Policy;

use crate::driver::{BODY, PO, run_with};
use crate::server::{FINE, Fate, Server, Tells, Work, not_done, status};

const SEEDS: u64 = 20_000;

/// The statuses, redirects aside, by which the reference or HTTP says that a request was not acted on. An honest server that has
/// carried one out may answer with any other.
const REFUSALS: [u16; 19] = [
    400, 401, 403, 404, 405, 406, 409, 411, 413, 414, 415, 421, 422, 426, 428, 429, 431, 501, 505,
];

/// SplitMix64: every run can be had again by its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, ceiling: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap() % ceiling
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// An honest server: what it refuses, it has not done.
    fn post(&mut self) -> Fate {
        const LOST: [Tells; 16] = [
            Tells::TimedOut,
            Tells::Disconnected,
            Tells::Aborted,
            Tells::Cut(201),
            Tells::Status(200, "<html>", None),
            Tells::Status(201, "{}", None),
            Tells::Status(500, "", None),
            Tells::Status(503, "", Some(1_000)),
            Tells::Status(504, "", None),
            Tells::Status(303, "", None),
            Tells::Status(444, "", None),
            Tells::Status(499, "", None),
            Tells::Status(520, "", None),
            Tells::Status(599, "", None),
            Tells::Status(HIDDEN_REDIRECT, "", None),
            Tells::Status(NO_ANSWER, "", None),
        ];
        const REFUSED: [Tells; 10] = [
            Tells::Status(400, "", None),
            Tells::Status(401, "", None),
            Tells::Status(401, "", None),
            Tells::Status(403, "", None),
            Tells::Status(422, "", None),
            Tells::Status(429, "", Some(2_000)),
            Tells::Status(429, "", Some(600_000)),
            Tells::NotSent(Kind::Unauthorized),
            Tells::NotSent(Kind::Aborted),
            Tells::Unreached,
        ];
        match self.below(5) {
            0 => FINE,
            1 => not_done(self.pick(&REFUSED)),
            2 => Fate {
                work: self.work(),
                tells: status(self.no_refusal()),
            },
            _ => Fate {
                work: self.work(),
                tells: self.pick(&LOST),
            },
        }
    }

    fn work(&mut self) -> Work {
        self.pick(&[Work::Done, Work::DoneLater, Work::Undone])
    }

    /// Any status, known or not, that is no refusal.
    fn no_refusal(&mut self) -> u16 {
        loop {
            let status = u16::try_from(self.below(1_000)).unwrap();
            let redirects = 300..400;
            if status == 303 || !redirects.contains(&status) && !REFUSALS.contains(&status) {
                return status;
            }
        }
    }

    fn get(&mut self) -> Fate {
        const TOLD: [Tells; 10] = [
            Tells::TimedOut,
            Tells::Disconnected,
            Tells::Unreached,
            Tells::Aborted,
            Tells::Cut(200),
            Tells::Status(200, "{}", None),
            Tells::Status(200, "<html>", None),
            Tells::Status(404, "", None),
            Tells::Status(429, "", Some(1_000)),
            Tells::NotSent(Kind::Unauthorized),
        ];
        match self.below(3) {
            0 => not_done(self.pick(&TOLD)),
            1 => not_done(status(self.pick(&[401, 403, 500, 503]))),
            _ => FINE,
        }
    }

    fn server(&mut self) -> Server {
        let mut server = Server::new(&[]);
        server.page_size = self.pick(&[1, 2, 100]);
        server.names_original = !self.one_in(3);
        server.lists = !self.one_in(4);
        server.hidden_for = self.pick(&[0, 0, 1, 3, u32::MAX]);
        for number in 0..self.below(4) {
            server = server.with_order(&format!("PO-1{number}"), BODY);
        }
        match self.below(12) {
            0 | 1 => server = server.with_order(PO, &BODY.replace("ann@", "bob@")),
            2 => server = server.with_order(PO, BODY),
            _ => {}
        }
        server.posts = (0..self.below(8)).map(|_| self.post()).collect();
        server.gets = (0..self.below(12)).map(|_| self.get()).collect();
        server
    }
}

#[test]
fn no_status_or_order_of_events_makes_two_orders_or_denies_one_that_exists() {
    let mut seen = [0_u32; 4];
    for seed in 0..SEEDS {
        let mut random = Random(seed);
        let mut server = random.server();
        let policy = Policy {
            timeout_ms: 30_000,
            deadline_ms: random.pick(&[Some(120_000), Some(40_000), None]),
            max_retries: random.pick(&[0, 1, 3]),
        };
        let abort_in_sleep = random.one_in(8).then(|| random.below(4));

        let run = run_with(&mut server, policy, seed, abort_in_sleep);

        // What was still under way when the call ended.
        server.settle();
        assert!(server.count(PO) <= 1, "seed {seed}: {:?}", run.log);
        let ours = server.named(PO).any(|order| order.body == BODY);
        let allowed = usize::try_from(policy.max_retries).unwrap() + 2;
        assert!(run.posts() <= allowed, "seed {seed}: {:?}", run.log);
        match &run.result {
            Ok(_) => {
                seen[0] += 1;
                assert!(ours, "seed {seed}: {:?}", run.log);
            }
            Err(error) => {
                let outcome = error.outcome.unwrap();
                seen[1 + outcome as usize] += 1;
                assert!(
                    outcome == Outcome::Unknown || server.created == 0,
                    "seed {seed}: {error:?} {:?}",
                    run.log
                );
                assert_eq!(error.po_number.as_deref(), Some(PO));
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 100), "{seen:?}");
}
