//! The server, as far as one PO number goes.

/// What an order says. All orders of the model have the same PO number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Content {
    Ours,
    Other,
}

/// Who asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    /// The run that is looked at.
    Run,
    /// A run before it, in a process that is gone or has given up, or somebody else.
    Earlier,
}

/// Orders are unique by PO number: there is a place for one, and that is what the model says of uniqueness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Server {
    /// The order, if there is one.
    pub(crate) order: Option<(Content, Source)>,
    /// A request of the run that was given up and may be carried out at any time, or never.
    running: Option<Content>,
    /// The same of earlier runs; one for each content.
    running_before: [bool; 2],
}

impl Server {
    pub(crate) const EMPTY: Self = Self {
        order: None,
        running: None,
        running_before: [false; 2],
    };

    pub(crate) const fn with(content: Content) -> Self {
        Self {
            order: Some((content, Source::Earlier)),
            ..Self::EMPTY
        }
    }

    /// A request of the run is carried out; says whether it made the order.
    pub(crate) fn place(&mut self, content: Content) -> bool {
        let free = self.order.is_none();
        if free {
            self.commit(content, Source::Run);
        }
        free
    }

    /// A request of the run arrives and takes its time.
    pub(crate) fn place_later(&mut self, content: Content) {
        if self.order.is_none() {
            self.running = Some(content);
        }
    }

    /// This server, and what it is after one of the requests that take their time has made its order.
    pub(crate) fn landings(self) -> Vec<Self> {
        let mut all = vec![self];
        let before = [Content::Ours, Content::Other].into_iter();
        let late = before.filter(|content| self.running_before[*content as usize]);
        let late = late.map(|content| (content, Source::Earlier));
        for (content, source) in late.chain(self.running.map(|content| (content, Source::Run))) {
            let mut landed = self;
            landed.commit(content, source);
            all.push(landed);
        }
        all
    }

    /// Whether a request is being carried out, so that the PO number may be taken before there is an order.
    pub(crate) fn is_busy(self) -> bool {
        self.running.is_some() || self.running_before != [false; 2]
    }

    /// Whether a request of the run may still make an order.
    pub(crate) fn may_still_place(self) -> bool {
        self.running.is_some()
    }

    /// The run becomes one of those before.
    pub(crate) fn run_ended(&mut self) {
        if let Some(content) = self.running.take() {
            self.running_before[content as usize] = true;
        }
        if let Some((_, source)) = &mut self.order {
            *source = Source::Earlier;
        }
    }

    /// There is the order, so whatever else runs is refused as a duplicate.
    fn commit(&mut self, content: Content, source: Source) {
        *self = Self {
            order: Some((content, source)),
            ..Self::EMPTY
        };
    }
}
