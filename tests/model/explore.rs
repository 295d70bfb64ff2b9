//! The walk over all states.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::world::{Move, World};

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Explored {
    pub(crate) states: usize,
    pub(crate) transitions: usize,
    /// Steps of the longest run, over all restarts.
    pub(crate) longest: u32,
}

/// Whether a state is on the way that is being walked, or how many steps there can be after it.
enum Mark {
    OnTheWay,
    Left(u32),
}

#[derive(Default)]
struct Walk {
    marks: HashMap<[u64; 2], Mark>,
    transitions: usize,
    /// What happened up to here, for the report.
    way: Vec<Move>,
}

/// Visits every state that can be reached from the first ones; panics where a result is wrong or a run may never end.
pub(crate) fn explore(first: impl IntoIterator<Item = World>) -> Explored {
    let mut walk = Walk::default();
    let mut longest = 0;
    for world in first {
        longest = longest.max(walk.steps_from(&world));
    }
    Explored {
        states: walk.marks.len(),
        transitions: walk.transitions,
        longest,
    }
}

impl Walk {
    fn steps_from(&mut self, world: &World) -> u32 {
        let key = world.key();
        match self.marks.get(&key) {
            Some(Mark::Left(steps)) => return *steps,
            Some(Mark::OnTheWay) => panic!("a run that never ends:\n{}", self.story()),
            None => {}
        }
        self.marks.insert(key, Mark::OnTheWay);
        let next = catch_unwind(AssertUnwindSafe(|| world.next()));
        let next = next.unwrap_or_else(|fault| {
            println!("{}", self.story());
            resume_unwind(fault)
        });
        let mut steps = 0;
        for (name, world) in next {
            self.transitions += 1;
            self.way.push(name);
            steps = steps.max(self.steps_from(&world) + 1);
            self.way.pop();
        }
        self.marks.insert(key, Mark::Left(steps));
        steps
    }

    fn story(&self) -> String {
        let moves = self.way.iter().map(|step| format!("{step:?}\n"));
        moves.collect()
    }
}
