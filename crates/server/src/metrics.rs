//! Counters of requests, and the whole as Prometheus text.

use crate::app::App;
use engine::Lane;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::fmt::Write;
use std::time::Duration;

/// Bounds of the time histograms, in seconds.
const BOUNDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// A route, a method and a status.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Served {
    /// The route as declared, e.g. `/v1/models/{id}`; `none` where there is none.
    route: String,
    /// The method.
    method: String,
    /// The status.
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// Counters of this server.
pub struct Metrics {
    registry: Registry,
    requests: Family<Served, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    /// Connections that are open.
    pub connections: Gauge,
    /// Requests whose reply has not ended.
    pub in_flight: Gauge,
    /// Connections turned away since there were too many.
    pub turned_away: Counter,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut registry = Registry::with_prefix("downbeat");
        let requests = Family::default();
        let seconds = Family::new_with_constructor((|| Histogram::new(BOUNDS)) as fn() -> Histogram);
        let (connections, in_flight, turned_away) = (Gauge::default(), Gauge::default(), Counter::default());
        registry.register("http_requests", "Requests answered", requests.clone());
        let about = "From a request's head to the head of its reply";
        registry.register_with_unit("http_request_duration", about, Unit::Seconds, seconds.clone());
        registry.register("http_connections", "Connections that are open", connections.clone());
        registry.register("http_in_flight", "Requests whose reply has not ended", in_flight.clone());
        registry.register("http_turned_away", "Connections turned away", turned_away.clone());
        Metrics { registry, requests, seconds, connections, in_flight, turned_away }
    }
}

impl Metrics {
    /// Counts a reply.
    pub fn count(&self, route: &str, method: &str, status: u16, took: Duration) {
        let served = Served { route: route.to_owned(), method: method.to_owned(), status };
        self.requests.get_or_create(&served).inc();
        self.seconds.get_or_create(&Route { route: route.to_owned() }).observe(took.as_secs_f64());
    }
}

/// All figures as Prometheus text.
pub fn text(app: &App) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let engine = &app.engine;
    let mut gauge = |name: &str, about: &str, values: &[(String, f64)]| -> std::fmt::Result {
        writeln!(out, "# HELP downbeat_{name} {about}.\n# TYPE downbeat_{name} gauge")?;
        values.iter().try_for_each(|(labels, value)| writeln!(out, "downbeat_{name}{labels} {value}"))
    };
    let one = |value: f64| vec![(String::new(), value)];
    gauge("uptime_seconds", "Time since the start", &one(app.started.elapsed().as_secs_f64()))?;
    let pools = [&app.people, &app.chats, &app.queries, &app.look_ups];
    let labelled = |value: fn((usize, usize)) -> usize| -> Vec<(String, f64)> {
        pools.iter().map(|pool| (format!("{{pool=\"{}\"}}", pool.name()), value(pool.load()) as f64)).collect()
    };
    gauge("pool_waiting", "Requests that wait for a thread", &labelled(|(waiting, _)| waiting))?;
    gauge("pool_running", "Calls that run on a thread", &labelled(|(_, running)| running))?;
    let lanes = engine.scheduler().lanes();
    let lane = |value: &dyn Fn(usize) -> f64| -> Vec<(String, f64)> {
        let name = |lane: Lane| format!("{{lane=\"{}\"}}", format!("{lane:?}").to_lowercase());
        Lane::ALL.iter().enumerate().map(|(index, which)| (name(*which), value(index))).collect()
    };
    gauge("lane_waiting", "Slices that wait for their turn", &lane(&|index| lanes[index].0 as f64))?;
    gauge("lane_running", "Slices in flight", &lane(&|index| lanes[index].1 as f64))?;
    gauge("lane_slices", "Slices entered so far", &lane(&|index| lanes[index].2.slices as f64))?;
    let waited = lane(&|index| lanes[index].2.waited_us as f64 / 1e6);
    gauge("lane_waited_seconds", "Time slices have waited so far", &waited)?;
    let (heap, budget) = (engine.device().heap().usage(), engine.budget().usage());
    gauge("heap_used_bytes", "In buffers of the device's heap", &one(heap.used as f64))?;
    gauge("heap_reserved_bytes", "Taken from the system for the heap", &one(heap.reserved as f64))?;
    gauge("budget_granted_bytes", "Granted by the memory budget", &one(budget.granted as f64))?;
    gauge("budget_limit_bytes", "The memory budget", &one(budget.limit as f64))?;
    gauge("memory_pressure", "0 normal, 1 elevated, 2 high, 3 critical", &one(budget.pressure as u8 as f64))?;
    gauge("process_resident_bytes", "Memory of this process", &one(hal::budget::process().0 as f64))?;
    gauge("graphs_cached", "Compiled programs kept for reuse", &one(engine.programs().usage().idle as f64))?;
    gauge("searchable_chunks", "Chunks that can be searched by vector", &one(engine.searchable() as f64))?;
    encode(&mut out, &app.metrics.registry)?;
    Ok(out)
}
