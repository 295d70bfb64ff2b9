//! A server of orders that does what the script says, and what becomes of its answers.

use std::collections::VecDeque;

use giftcard_partners::error::Kind;

/// What a request does to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// It is carried out.
    Done,
    /// It is carried out when the server is reached the next time.
    DoneLater,
    /// It never is.
    Undone,
}

/// What the caller is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tells {
    /// What the server answers.
    Truth,
    /// Another status, with a body, perhaps with `Retry-After` in milliseconds.
    Status(u16, &'static str, Option<u64>),
    /// A status, and a body that ended too early.
    Cut(u16),
    TimedOut,
    Disconnected,
    /// No connection was made.
    Unreached,
    /// The caller's signal, while the request is out.
    Aborted,
    /// The request never left.
    NotSent(Kind),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Fate {
    pub(crate) work: Work,
    pub(crate) tells: Tells,
}

pub(crate) const FINE: Fate = Fate {
    work: Work::Done,
    tells: Tells::Truth,
};

pub(crate) const fn lost_after_commit(tells: Tells) -> Fate {
    Fate {
        work: Work::Done,
        tells,
    }
}

pub(crate) const fn not_done(tells: Tells) -> Fate {
    Fate {
        work: Work::Undone,
        tells,
    }
}

pub(crate) const fn status(status: u16) -> Tells {
    Tells::Status(status, "", None)
}

#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) id: String,
    pub(crate) po_number: String,
    /// The request's body: an echo of every field.
    pub(crate) body: String,
}

impl Stored {
    fn answer(&self) -> String {
        format!("{{\"id\":\"{}\",{}", self.id, &self.body[1..])
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) orders: Vec<Stored>,
    /// What becomes of order requests, then of looks; beyond the script all goes well.
    pub(crate) posts: VecDeque<Fate>,
    pub(crate) gets: VecDeque<Fate>,
    /// Whether a 409 has the original's id.
    pub(crate) names_original: bool,
    /// Looks at an order that are answered with 404, though it is there.
    pub(crate) hidden_for: u32,
    /// Whether the history lists anything, and orders on its page.
    pub(crate) lists: bool,
    pub(crate) page_size: usize,
    waiting: Vec<(String, String)>,
    /// Orders that requests made: not those that were there at first.
    pub(crate) created: usize,
}

impl Server {
    pub(crate) fn new(posts: &[Fate]) -> Self {
        Self {
            orders: Vec::new(),
            posts: posts.iter().copied().collect(),
            gets: VecDeque::new(),
            names_original: true,
            hidden_for: 0,
            lists: true,
            page_size: 100,
            waiting: Vec::new(),
            created: 0,
        }
    }

    pub(crate) fn with_order(mut self, po_number: &str, body: &str) -> Self {
        self.keep(po_number, &body.replace("PO-1", po_number));
        self
    }

    pub(crate) fn count(&self, po_number: &str) -> usize {
        self.named(po_number).count()
    }

    pub(crate) fn named(&self, po_number: &str) -> impl Iterator<Item = &Stored> {
        let po_number = po_number.to_owned();
        self.orders
            .iter()
            .filter(move |order| order.po_number == po_number)
    }

    /// A request comes in: what was still under way is carried out before.
    pub(crate) fn settle(&mut self) {
        for (po_number, body) in std::mem::take(&mut self.waiting) {
            self.place(&po_number, &body);
        }
    }

    /// The status and body of the answer to an order request that is carried out.
    pub(crate) fn place(&mut self, po_number: &str, body: &str) -> (u16, String) {
        let original = self.named(po_number).next().cloned();
        match original {
            Some(original) if self.names_original => (
                409,
                format!("{{\"previousOrderIds\":[\"{}\"]}}", original.id),
            ),
            Some(_) => (409, "{\"message\":\"Duplicate\"}".to_owned()),
            None => {
                self.created += 1;
                (201, self.keep(po_number, body).answer())
            }
        }
    }

    pub(crate) fn place_later(&mut self, po_number: &str, body: &str) {
        self.waiting.push((po_number.to_owned(), body.to_owned()));
    }

    pub(crate) fn get(&mut self, path: &str) -> (u16, String) {
        if let Some(query) = path.strip_prefix("/v1/Orders?pageIndex=") {
            let page: usize = query.split('&').next().unwrap().parse().unwrap();
            return (200, self.history(page));
        }
        let id = path.strip_prefix("/v1/Orders/").unwrap();
        if self.hidden_for > 0 {
            self.hidden_for -= 1;
            return (404, String::new());
        }
        let found = self.orders.iter().find(|order| order.id == id);
        found.map_or((404, String::new()), |order| (200, order.answer()))
    }

    fn history(&self, page: usize) -> String {
        let listed = if self.lists {
            self.orders.as_slice()
        } else {
            &[]
        };
        let items: Vec<_> = listed
            .iter()
            .skip((page - 1) * self.page_size)
            .take(self.page_size)
            .map(Stored::answer)
            .collect();
        format!(
            "{{\"data\":[{}],\"page\":{page},\"pageSize\":{},\"totalCount\":{}}}",
            items.join(","),
            self.page_size,
            listed.len()
        )
    }

    fn keep(&mut self, po_number: &str, body: &str) -> &Stored {
        let id = format!("ORDER-{}", self.orders.len() + 1);
        self.orders.push(Stored {
            id,
            po_number: po_number.to_owned(),
            body: body.to_owned(),
        });
        self.orders.last().unwrap()
    }
}
