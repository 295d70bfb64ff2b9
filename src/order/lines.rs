//! The lines of an order: the scanner reads as many as are surely valid, one after the other, and the exact reader each other one.

use super::line::Line;
use super::scan::Scanner;
use super::validate::Validator;
use super::{IssueCode, Segment, schema};
use crate::json::{self, Kind};

impl Validator<'_> {
    /// Reads the value of `LineItems`.
    pub(super) fn lines(&mut self) -> Result<(), json::Error> {
        if !self.expect(Kind::Array)? {
            return Ok(());
        }
        let mut elements = self.reader.array()?;
        let mut index = 0;
        let mut may_scan = true;
        while elements.next(&mut self.reader)? {
            if may_scan {
                let before = index;
                may_scan = self.scan_lines(&mut index);
                if index > before {
                    continue;
                }
            }
            self.exact_line(index)?;
            index = index.saturating_add(1);
            may_scan = true;
        }
        self.report.line_count = index;
        if index == 0 {
            self.error(IssueCode::Required, "needs at least one line.");
        }
        self.check_totals();
        Ok(())
    }

    /// Reads the lines that come next, as long as neither the scanner nor the catalog has anything to note about one. Whether it ended
    /// where no line follows, and not at one that is for the exact reader.
    ///
    /// A function of its own: inlined into what reads objects, its loop has too many neighbours to stay in registers.
    #[inline(never)]
    fn scan_lines(&mut self, index: &mut u64) -> bool {
        let Some(order_type) = self.report.order_type.filter(|_| self.scan) else {
            return false;
        };
        let mut line = Line::default();
        let mut scanner = Scanner::new(self.reader.rest(), Some(order_type), None, &mut line);
        scanner.now = self.now;
        let mut end = 0;
        let is_at_end = loop {
            if scanner.line().is_none() {
                break false;
            }
            if let Some(rules) = &mut self.catalog
                && !rules.accept(scanner.line, order_type)
            {
                break false;
            }
            self.add_line(*index, scanner.line);
            *index = index.saturating_add(1);
            end = scanner.at;
            if !scanner.another() {
                break true;
            }
        };
        self.reader.advance(end);
        is_at_end
    }

    #[inline(never)]
    fn exact_line(&mut self, index: u64) -> Result<(), json::Error> {
        self.path.push(Segment::Index(index));
        self.line = Line {
            text: self.reader.rest(),
            ..Line::default()
        };
        self.find_product();
        if self.expect(Kind::Object)? {
            self.object(&schema::LINE_ITEM)?;
        }
        self.path.pop();
        let line = core::mem::take(&mut self.line);
        self.add_line(index, &line);
        Ok(())
    }

    /// What a line that was read adds to the order.
    fn add_line(&mut self, index: u64, line: &Line<'_>) {
        if let Some(key) = line.key(self.report.order_type)
            && let Some(first) = self.duplicates.first(key, index)
        {
            self.repeats(index, first);
        }
        let (Some(value), Some(quantity)) = (line.value, line.quantity) else {
            return;
        };
        match value
            .checked_mul(quantity)
            .and_then(|line| self.report.face_value.checked_add(line))
        {
            Some(sum) => self.report.face_value = sum,
            None => self.overflow = true,
        }
    }
}
