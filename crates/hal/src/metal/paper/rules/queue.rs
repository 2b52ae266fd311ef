//! What the rules say of queues: waits, commits, mappings and signals.

use super::super::call::{Area, Id, Tiles};
use super::memory::overlap;
use super::{Flight, Outcome, Remapped, Rule, Rules, State, keeps};
use std::collections::HashMap;

impl Rules {
    pub(super) fn wait(&mut self, queue: Id, slot: Option<Id>, event: Id, value: u64) -> Outcome {
        let (signalled, reached) = self.events.get(&event).copied().unwrap_or_default();
        let promised = value <= signalled.max(reached);
        keeps(promised, Rule::WaitForPromised, || {
            format!("queue {queue} waits for {value} of event {event} at {signalled}")
        })?;
        match slot {
            Some(slot) => self.slot(slot)?.waits.push((event, value)),
            None => self.comes_after(queue, event, value),
        }
        Ok(())
    }

    /// All further work of a queue comes after a signal, and so after what that came after.
    fn comes_after(&mut self, queue: Id, event: Id, value: u64) {
        let mut before = HashMap::from([(event, value)]);
        for ((of, at), known) in &self.before {
            if *of == event && *at <= value {
                for (event, value) in known {
                    let entry = before.entry(*event).or_insert(0);
                    *entry = (*entry).max(*value);
                }
            }
        }
        let found = self.queues.entry(queue).or_default();
        for (event, value) in before {
            for known in [&mut found.behind, &mut found.waited] {
                let entry = known.entry(event).or_insert(0);
                *entry = (*entry).max(value);
            }
        }
    }

    pub(super) fn commit(&mut self, queue: Id, slot: Id) -> Outcome {
        let pending = self.queues.get(&queue).is_some_and(|queue| !queue.unsignalled.is_empty());
        keeps(!pending, Rule::SignalAfterCommit, || format!("queue {queue} commits again without a signal"))?;
        self.advance(slot, State::Ended, State::Committed)?;
        if self.sizes.generation < 4 {
            let (passed, waits) = (self.slot(slot)?.passed, self.slot(slot)?.waits.clone());
            let last = self.queues.get(&queue).and_then(|queue| queue.last);
            let waited = |(event, value)| waits.iter().any(|(of, at)| *of == event && *at >= value);
            let linked = last.is_none_or(|(end, before)| (before && passed) || waited(end));
            keeps(linked, Rule::BehindLastCommit, || format!("slot {slot} may run beside {last:?} of queue {queue}"))?;
            waits.iter().for_each(|(event, value)| self.comes_after(queue, *event, *value));
        }
        let areas = self.slot(slot)?.areas.clone();
        for (area, spans) in &areas {
            let resident = self.memory.is_resident(area, spans);
            keeps(resident, Rule::Resident, || format!("{area:?} at {spans:?} is not resident"))?;
        }
        let found = self.queues.entry(queue).or_default();
        found.unsignalled.push(slot);
        let (behind, waited) = (found.behind.clone(), found.waited.clone());
        let unseen = areas.iter().find(|(area, _)| self.changing(&waited, area));
        keeps(unseen.is_none(), Rule::UseAfterMap, || format!("queue {queue} touches {unseen:?} before it is mapped"))?;
        for flight in self.flying.iter().filter(|flight| flight.queue != queue) {
            if behind.get(&flight.event).is_some_and(|value| *value >= flight.value) {
                continue;
            }
            let others = || flight.areas.iter().flat_map(|(_, spans)| spans);
            let mut spans = areas.iter().flat_map(|(_, spans)| spans);
            let clash = spans.find(|span| others().any(|other| span.clashes(other)));
            keeps(clash.is_none(), Rule::OrderedByEvents, || {
                format!("queue {queue} touches {clash:?} beside value {} of event {}", flight.value, flight.event)
            })?;
        }
        Ok(())
    }

    pub(super) fn signal(&mut self, queue: Id, event: Id, value: u64) -> Outcome {
        let known = self.events.entry(event).or_default();
        let grows = value > known.0;
        known.0 = known.0.max(value);
        let found = self.queues.entry(queue).or_default();
        let slots = std::mem::take(&mut found.unsignalled);
        let mapped = std::mem::take(&mut found.mapped);
        keeps(grows, Rule::SignalAfterCommit, || format!("event {event} is signalled with {value} again"))?;
        keeps(!mapped.is_empty() || !slots.is_empty(), Rule::SignalAfterCommit, || {
            format!("queue {queue} signals nothing")
        })?;
        self.before.insert((event, value), found.behind.clone());
        // The queue's own order.
        found.behind.insert(event, value);
        self.mappings.extend(mapped.into_iter().map(|area| Remapped { area, done: (event, value) }));
        for slot in slots {
            let found = self.slot(slot)?;
            found.ends_at = Some((event, value));
            let (mut uses, passed) = (found.uses.clone(), found.passed);
            uses.insert(slot);
            let flight = Flight { queue, event, value, uses, areas: found.areas.clone(), stamps: found.stamps.clone() };
            self.flying.push(flight);
            self.queues.entry(queue).or_default().last = Some(((event, value), passed));
        }
        Ok(())
    }

    pub(super) fn map(&mut self, queue: Id, buffer: Id, tiles: &[Tiles]) -> Outcome {
        let waited = self.queues.entry(queue).or_default().waited.clone();
        let areas = self.memory.mappable(buffer, tiles)?;
        for area in &areas {
            let running = self.flying.iter().find(|flight| {
                waited.get(&flight.event).is_none_or(|value| *value < flight.value)
                    && flight.areas.iter().any(|(other, _)| overlap(area, other))
            });
            keeps(running.is_none(), Rule::MapAfterUse, || format!("{area:?} is used by running work"))?;
            let changing = self.changing(&waited, area);
            keeps(!changing, Rule::MapAfterUse, || format!("{area:?} is being mapped already"))?;
        }
        self.memory.map(buffer, tiles);
        self.queues.entry(queue).or_default().mapped.extend(areas);
        Ok(())
    }

    /// Whether tiles of an area are being mapped and what has waited so is not behind that.
    fn changing(&self, waited: &HashMap<Id, u64>, area: &Area) -> bool {
        let unsignalled = self.queues.values().flat_map(|queue| &queue.mapped).any(|other| overlap(area, other));
        let open = |(event, value): (Id, u64)| waited.get(&event).is_none_or(|known| *known < value);
        unsignalled || self.mappings.iter().any(|mapping| overlap(area, &mapping.area) && open(mapping.done))
    }
}
