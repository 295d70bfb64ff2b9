//! The wait for an order: every row of looks, of a length by which each rule of the wait has come into play.

use giftcard_partners::answer::Answer;
use giftcard_partners::error::{Error, Kind};
use giftcard_partners::flow::poll_delay_ms;
use giftcard_partners::flow::waiting::{Wait, Waiting};

const LOOKS: usize = 6;
const SEED: u64 = 7;

/// What a look can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tells {
    Pending,
    WithoutStatus,
    Finished,
    /// 404: an API that has just placed it may show it a moment later.
    Gone,
    /// A page for people, or a body that was cut off.
    Unreadable,
    Failed(Kind),
}

const ALL: [Tells; 7] = [
    Tells::Pending,
    Tells::WithoutStatus,
    Tells::Finished,
    Tells::Gone,
    Tells::Unreadable,
    Tells::Failed(Kind::Server),
    Tells::Failed(Kind::Aborted),
];

impl Tells {
    fn body(self) -> Option<&'static str> {
        match self {
            Self::Pending => Some(r#"{"id":9007199254740993,"status":"pending","lineItems":[{}]}"#),
            Self::WithoutStatus => Some(r#"{"Id":"1","LineItems":[{},{}]}"#),
            Self::Finished => Some(r#"{"Id":"1","Status":"Completed"}"#),
            Self::Unreadable => Some("<html>"),
            Self::Gone | Self::Failed(_) => None,
        }
    }

    fn answered(self) -> Result<Answer, Box<Error>> {
        match self {
            Self::Gone => Err(Error::new(Kind::NotFound)),
            Self::Failed(kind) => Err(Error::new(kind)),
            _ => Ok(Answer {
                status: 200,
                body: self.body().map(|body| body.as_bytes().to_vec()),
                retry_after_ms: None,
                request_id: None,
            }),
        }
    }

    fn is_miss(self) -> bool {
        matches!(self, Self::Gone | Self::Unreadable)
    }

    fn is_seen(self) -> bool {
        matches!(self, Self::Pending | Self::WithoutStatus | Self::Finished)
    }
}

/// Looks on from a wait, and counts the rows that ended.
fn walk(waiting: &Waiting, row: &mut Vec<Tells>, knew: bool, ended: &mut [u32; 2]) {
    let mut waiting = waiting.clone();
    let last_seen = row.iter().rev().find(|tells| tells.is_seen()).copied();
    match waiting.wait() {
        Wait::Done(order) => {
            assert_eq!(last_seen, Some(Tells::Finished));
            assert_eq!(
                core::str::from_utf8(order).unwrap(),
                Tells::Finished.body().unwrap()
            );
            ended[0] += 1;
            return;
        }
        Wait::LookAfter(ms) => {
            assert_ne!(last_seen, Some(Tells::Finished));
            let lines = match last_seen {
                Some(Tells::WithoutStatus) => 2,
                _ => 1,
            };
            // A first look that nothing is known before has no wait.
            let waits = u32::try_from(row.len())
                .unwrap()
                .saturating_sub(u32::from(!knew));
            let expected = match last_seen {
                None if !knew => 0,
                _ => poll_delay_ms(lines, waits, SEED),
            };
            assert_eq!(ms, expected, "{row:?}");
        }
    }
    if row.len() == LOOKS {
        return;
    }
    for tells in ALL {
        let mut waiting = waiting.clone();
        row.push(tells);
        let is_known = knew || row.iter().any(|tells| tells.is_seen());
        let misses = row.iter().rev().take_while(|tells| tells.is_miss()).count();
        match waiting.looked(tells.answered()) {
            Ok(Some(seen)) => {
                assert!(tells.is_seen());
                let is_rounded =
                    tells == Tells::Pending && !seen.starts_with(br#"{"Id":"9007199254740993""#);
                assert!(!is_rounded);
                walk(&waiting, row, knew, ended);
            }
            Ok(None) => {
                assert!(tells.is_miss() && is_known && misses <= 3, "{row:?}");
                walk(&waiting, row, knew, ended);
            }
            Err(_) => {
                assert!(
                    matches!(tells, Tells::Failed(_)) || !is_known || misses == 4,
                    "{row:?}"
                );
                ended[1] += 1;
            }
        }
        row.pop();
    }
}

#[test]
fn a_wait_ends_with_a_finished_order_or_with_what_keeps_it_from_being_seen() {
    let mut ended = [0; 2];
    let pending = Tells::Pending.body().map(|body| body.as_bytes().to_vec());
    for known in [None, pending] {
        let waiting = Waiting::new("1", known.clone(), SEED);
        assert_eq!(waiting.path(), "/v1/Orders/1");
        walk(&waiting, &mut Vec::new(), known.is_some(), &mut ended);
    }

    println!("waits: {ended:?}");
    assert!(ended.iter().all(|count| *count > 1_000), "{ended:?}");
}
