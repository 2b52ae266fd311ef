//! `/api/v1/device/*`, and the same as `/api/v1/metal/*`: what the device is and how busy it is, and traces of it.

use crate::app::Shared;
use crate::failure::Failure;
use crate::noted::Lesser;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use engine::bottleneck::Bottleneck;
use engine::kpi::Kpi;
use engine::meter::{Rates, Work};
use engine::stats::{Figures, RecentSpan, Since};
use futures_util::stream::unfold;
use hal::{Kind, Role};
use serde::Serialize;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::OnceLock;
use std::time::Duration;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How often the stream of figures tells them.
const TELL_EVERY: Duration = Duration::from_millis(500);

/// Spans in one event of the stream at most.
const MAX_SPANS: usize = 400;

/// What the device can do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Capabilities {
    /// Whether a device with Metal is here and can be used.
    metal_available: bool,
    /// Its version; none without one.
    metal_version: Option<String>,
    /// The device that the workspace computes on.
    device: String,
    /// Its kind: `cpu`, `vulkan` or another.
    kind: String,
    /// Why that one.
    device_reason: String,
    /// Whether the host reaches all of its memory without a copy.
    unified_memory: bool,
    /// Whether pages of a buffer are mapped on demand.
    sparse: bool,
    /// For render, ml and blit, the hardware queue each runs on.
    hardware_queues: Vec<usize>,
    /// Threads that run work on a CPU; 0 elsewhere.
    threads: usize,
    /// What the hardware claims and is not used for, with the reason.
    notes: Vec<String>,
    /// All devices of this machine: name, kind, memory_bytes, unusable.
    #[schema(value_type = Vec<Object>)]
    devices: Vec<Value>,
}

/// How busy the device is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Stats {
    /// Whether a device with Metal is here and can be used.
    metal_available: bool,
    /// Its version; none without one.
    metal_version: Option<String>,
    /// The device that the workspace computes on.
    device: String,
    /// Why that one.
    device_reason: String,
    /// Part of the last seconds in which a queue was busy, from 0 to 1, from timestamps.
    gpu_utilization: f64,
    /// Memory taken from the system for the device's heap.
    memory_used_mb: f64,
    /// Memory of the device.
    memory_total_mb: f64,
    /// Submissions that have not ended.
    active_command_buffers: u64,
    /// Dispatches of kernels per second.
    tensor_operations_per_sec: f64,
    /// Compiled programs that are kept, idle and in use.
    mps_graphs_cached: u64,
    /// Sparse buffers with pages of their own.
    sparse_heaps: u64,
    /// The time that the figures look back on, in seconds.
    window_s: f64,
}

/// All figures at a moment.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Realtime {
    /// Milliseconds since the server began.
    at_ms: u64,
    /// The device that the workspace computes on.
    device: String,
    /// Why that one.
    device_reason: String,
    /// render, ml and blit: name, active_buffers, avg_encode_us, avg_wait_us, avg_run_us, busy, ended, submitted.
    #[schema(value_type = Vec<Object>)]
    queues: Vec<Value>,
    /// Values of the events: frame, embed, context (`rag` is its older name).
    #[schema(value_type = Object)]
    events: Value,
    /// The heap: used_mb, reserved_mb, total_mb, pressure.
    #[schema(value_type = Object)]
    heap: Value,
    /// From a frame's submission to its end on average; none while nothing is drawn.
    frame_time_ms: Option<f64>,
    /// Part of the last seconds in which a queue was busy, in per cent.
    gpu_util_pct: f64,
    /// Operations that ran beside others in the last seconds.
    overlapped_ops: usize,
    /// Dispatches of kernels per second.
    tensor_operations_per_sec: f64,
    /// The time that the figures look back on, in seconds.
    window_s: f64,
    /// interactive, live, background: lane, waiting, running, slices, waited_us, longest_wait_us.
    #[schema(value_type = Vec<Object>)]
    lanes: Vec<Value>,
    /// Threads of the server: name, waiting, running.
    #[schema(value_type = Vec<Object>)]
    pools: Vec<Value>,
    /// Memory by owner against the budget: limit, owners, granted, system_total, system_available, pressure.
    #[schema(value_type = Object)]
    budget: Value,
    /// Memory of this process.
    process_mb: f64,
    /// What ran on the queues and on the host since the event before, or in the last half second: track, name, event (`frame`, `embed`,
    /// `context` or none), began_us and ended_us since the server began.
    #[schema(value_type = Vec<Object>)]
    spans: Vec<RecentSpan>,
    /// How many more ran than are told.
    spans_left_out: u64,
    /// Work since the start: tokens, texts, answer_tokens, rows, chunks, answers, retrievals, queries.
    #[schema(value_type = Object)]
    work: Work,
    /// Work per second: tokens, answer_tokens, rows, chunks, retrievals.
    #[schema(value_type = Object)]
    rates: Rates,
    /// Figures beside their targets: name, value, unit, target, met.
    #[schema(value_type = Vec<Object>)]
    kpis: Vec<Kpi>,
    /// What limits the work: bound, says, figures, evidence.
    #[schema(value_type = Object)]
    bottleneck: Bottleneck,
    /// The last replies that were degraded, cut or failed, the newest first.
    degraded: Vec<Lesser>,
    /// Whether a trace is being collected, and how many events it holds.
    #[schema(value_type = Object)]
    trace: Value,
}

/// The routes, under both names.
pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(capabilities))
        .routes(routes!(stats))
        .routes(routes!(realtime))
        .routes(routes!(stream))
        .routes(routes!(trace))
        .routes(routes!(trace_start))
        .routes(routes!(trace_stop))
        .route("/api/v1/metal/capabilities", get(capabilities))
        .route("/api/v1/metal/stats", get(stats))
        .route("/api/v1/metal/realtime-stats", get(realtime))
        .route("/api/v1/metal/realtime-stats/stream", get(stream))
}

/// What the device can do
#[utoipa::path(get, path = "/api/v1/device/capabilities", tag = "device", responses((status = 200, body = Capabilities)))]
pub async fn capabilities(State(app): State<Shared>) -> Result<Json<Capabilities>, Failure> {
    let found = app.look_up(|engine| {
        let is = engine.device().capabilities();
        let (metal_available, metal_version) = metal();
        let devices = found().iter().map(|info| {
            json!({"name": info.name, "kind": kind_name(info.kind), "memory_bytes": info.memory_bytes, "unusable": info.unusable})
        });
        Ok(Capabilities {
            metal_available,
            metal_version,
            kind: kind_name(is.kind),
            device: is.name,
            device_reason: engine.conditions().device_reason,
            unified_memory: is.unified_memory,
            sparse: is.sparse,
            hardware_queues: is.hardware_queues.to_vec(),
            threads: is.threads,
            notes: is.notes,
            devices: devices.collect(),
        })
    });
    Ok(Json(found.await?))
}

/// How busy the device is
#[utoipa::path(get, path = "/api/v1/device/stats", tag = "device", responses((status = 200, body = Stats)))]
pub async fn stats(State(app): State<Shared>) -> Result<Json<Stats>, Failure> {
    let stats = app.look_up(|engine| {
        let figures = engine.figures();
        let (metal_available, metal_version) = metal();
        Ok(Stats {
            metal_available,
            metal_version,
            device: engine.device().capabilities().name,
            device_reason: engine.conditions().device_reason,
            gpu_utilization: figures.utilization,
            memory_used_mb: mb(figures.heap.reserved),
            memory_total_mb: mb(figures.memory.total),
            active_command_buffers: figures.queues.iter().map(|queue| queue.active).sum(),
            tensor_operations_per_sec: figures.operations_per_second,
            mps_graphs_cached: figures.programs.idle as u64 + figures.programs.leased,
            sparse_heaps: figures.sparse_buffers,
            window_s: figures.window_s,
        })
    });
    Ok(Json(stats.await?))
}

/// All figures at this moment
#[utoipa::path(get, path = "/api/v1/device/realtime-stats", tag = "device", responses((status = 200, body = Realtime)))]
pub async fn realtime(State(app): State<Shared>) -> Result<Json<Realtime>, Failure> {
    Ok(Json(now(&app, Since::Lately(TELL_EVERY)).await?.0))
}

/// All figures twice a second, as server-sent events
#[utoipa::path(get, path = "/api/v1/device/realtime-stats/stream", tag = "device",
    responses((status = 200, description = "Events with what realtime-stats gives", body = String, content_type = "text/event-stream")))]
pub async fn stream(State(app): State<Shared>) -> Response {
    let mut beat = tokio::time::interval(TELL_EVERY);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let events = unfold((app, beat, Since::Lately(TELL_EVERY)), |(app, mut beat, since)| async move {
        tokio::select! {
            _ = beat.tick() => {}
            () = app.stop.asked() => return None,
        }
        let (event, since) = match now(&app, since).await {
            Ok((figures, seen)) => (json!(figures), Since::Seen(seen)),
            Err(failure) => (failure.own(), since),
        };
        Some((Ok::<Bytes, Infallible>(format!("data: {event}\n\n").into()), (app, beat, since)))
    });
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-cache")];
    (headers, Body::from_stream(events)).into_response()
}

/// Start to collect a trace, with nothing
#[utoipa::path(post, path = "/api/v1/trace/start", tag = "device", responses((status = 200, body = Object)))]
pub async fn trace_start(State(app): State<Shared>) -> Json<Value> {
    app.engine.trace().record(true);
    Json(trace_of(&app))
}

/// Stop it; what was collected can be fetched until the next one starts
#[utoipa::path(post, path = "/api/v1/trace/stop", tag = "device", responses((status = 200, body = Object)))]
pub async fn trace_stop(State(app): State<Shared>) -> Json<Value> {
    app.engine.trace().record(false);
    Json(trace_of(&app))
}

/// The trace, for Perfetto or chrome://tracing
#[utoipa::path(get, path = "/api/v1/trace", tag = "device", responses((status = 200, body = Object)))]
pub async fn trace(State(app): State<Shared>) -> Result<Response, Failure> {
    let written = app.look_up(|engine| {
        let mut text = Vec::new();
        let written = engine.trace().write_to(&mut text);
        written.map_err(|cause| engine::Error::File { context: "writing the trace".into(), cause })?;
        Ok(text)
    });
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"downbeat-trace.json\""),
    ];
    Ok((headers, written.await?).into_response())
}

/// The figures, and how many spans there have been.
async fn now(app: &Shared, since: Since) -> Result<(Realtime, u64), Failure> {
    let (pools, trace, degraded, started) = (pools(app), trace_of(app), app.noted.all(), app.started);
    app.look_up(move |engine| {
        let figures = engine.figures();
        let process_mb = mb(hal::budget::process().0);
        let recent = engine.recent_spans(since, MAX_SPANS, started);
        let realtime = Realtime {
            at_ms: started.elapsed().as_millis() as u64,
            device: engine.device().capabilities().name,
            device_reason: engine.conditions().device_reason,
            queues: figures.queues.iter().map(queue).collect(),
            events: json!({
                "frame": figures.events.frame, "embed": figures.events.embed,
                "context": figures.events.context, "rag": figures.events.context,
            }),
            heap: heap(&figures),
            frame_time_ms: figures.frame_ms,
            gpu_util_pct: figures.utilization * 100.0,
            overlapped_ops: figures.overlapped,
            tensor_operations_per_sec: figures.operations_per_second,
            window_s: figures.window_s,
            lanes: figures.lanes.iter().map(|lane| json!(lane)).collect(),
            pools,
            budget: json!(figures.budget),
            process_mb,
            spans: recent.spans,
            spans_left_out: recent.left_out,
            work: figures.work,
            rates: figures.rates,
            kpis: figures.kpis,
            bottleneck: figures.bottleneck,
            degraded,
            trace,
        };
        Ok((realtime, recent.seen))
    })
    .await
}

fn queue(queue: &engine::stats::QueueFigures) -> Value {
    json!({
        "name": queue.name, "active_buffers": queue.active, "avg_encode_us": queue.encode_us, "avg_wait_us": queue.wait_us,
        "avg_run_us": queue.run_us, "busy": queue.busy, "ended": queue.ended, "submitted": queue.submitted,
    })
}

fn heap(figures: &Figures) -> Value {
    json!({
        "used_mb": mb(figures.heap.used), "reserved_mb": mb(figures.heap.reserved), "total_mb": mb(figures.heap.limit),
        "pressure": figures.budget.pressure,
    })
}

fn pools(app: &Shared) -> Vec<Value> {
    let pools = [&app.people, &app.chats, &app.queries, &app.look_ups];
    let told = pools.iter().map(|pool| {
        let (waiting, running) = pool.load();
        json!({"name": pool.name(), "waiting": waiting, "running": running})
    });
    told.collect()
}

fn trace_of(app: &Shared) -> Value {
    let trace = app.engine.trace();
    let (events, dropped) = trace.held();
    json!({"collecting": trace.is_recording(), "events": events, "dropped": dropped, "tracks": Role::ALL.map(Role::name)})
}

/// The devices of this machine. They are looked for once: that loads drivers.
fn found() -> &'static [hal::DeviceInfo] {
    static FOUND: OnceLock<Vec<hal::DeviceInfo>> = OnceLock::new();
    FOUND.get_or_init(hal::devices)
}

/// Whether there is a usable device with Metal, and which version of it.
fn metal() -> (bool, Option<String>) {
    let usable = found().iter().find(|info| kind_name(info.kind) == "metal" && info.unusable.is_none());
    (usable.is_some(), usable.map(|info| info.name.clone()))
}

/// The name of a kind of device, without its number.
fn kind_name(kind: Kind) -> String {
    kind.to_string().split(':').next().unwrap_or_default().to_owned()
}

fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
