// The page in a real browser against a real server: node dashboard.mjs CHROMIUM URL KEYED_URL KEY. With DOWNBEAT_SHOTS=FOLDER it leaves
// pictures there for people to look at.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const [executablePath, url, keyed, key] = process.argv.slice(2);
const shots = process.env.DOWNBEAT_SHOTS;
const WAIT = 20_000;
const STATS = "/api/v1/device/realtime-stats";

const post = async (path, body) => {
  const reply = await fetch(url + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const text = await reply.text();
  assert.equal(reply.status, 200, `${path}: ${text}`);
  return JSON.parse(text);
};
const stats = async () => (await fetch(url + STATS)).json();
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Searches, questions, queries and documents, until told to stop. */
function load() {
  let going = true;
  const over = async (work) => {
    for (let turn = 0; going; turn++) await work(turn);
  };
  const ended = Promise.all([
    over(() => post("/api/v1/search", { query: "who approves long journeys" })),
    over(() => post("/api/v1/ask", { question: "Who approves journeys above 500 euros?", keep: false })),
    over(async () => {
      await post("/api/v1/sql", { sql: "SELECT * FROM shipments", question: "what is late" });
      await pause(50);
    }),
    over(async (turn) => {
      const text = Array.from({ length: 30 }, (_, part) => `## Part ${turn}.${part}\n\n${"The sluice keeper notes the level of the river. ".repeat(30)}\n`);
      const reply = await fetch(`${url}/api/v1/uploads/notes-${turn}.md`, { method: "PUT", body: `# Notes\n\n${text.join("\n")}` });
      assert.equal(reply.status, 202, await reply.text());
      await pause(250);
    }),
  ]);
  return async () => {
    going = false;
    await ended;
  };
}

/** The server's figures once nothing moves any more. */
async function settled() {
  const still = ({ queues, events, lanes, budget, work, degraded }) => JSON.stringify([queues.map((queue) => queue.submitted), events, lanes, budget.owners, work, degraded]);
  for (let tries = 0; tries < 60; tries++) {
    const before = await stats();
    // Longer than the window that rates look back on.
    await pause(2600);
    const after = await stats();
    if (still(before) === still(after)) return after;
  }
  throw new Error("the server does not come to rest");
}

// What the page should say, worked out apart from its own code.
const grouped = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
const size = (value) => {
  const units = ["B", "kB", "MB", "GB"];
  let unit = 0;
  while (value >= 999.5 && unit < 3) [value, unit] = [value / 1000, unit + 1];
  return `${unit === 0 || value >= 99.5 ? value.toFixed(0) : value.toFixed(1)} ${units[unit]}`;
};
const plain = (text) => text.replaceAll("\u202f", " ");

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, colorScheme: "light", acceptDownloads: true });
const page = await context.newPage();
const requests = [];
const complaints = [];
/** Until the page was drawn more than `times` times. */
async function drawn(times) {
  const until = (await page.evaluate(() => Number(document.documentElement.dataset.draws))) + times;
  await page.waitForFunction((then) => document.documentElement.dataset.draws > then, until, { timeout: WAIT });
}
page.on("request", (request) => requests.push(request.url()));
page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(String(error)));

const state = (wanted, on = page) => on.waitForFunction((name) => document.documentElement.dataset.state === name, wanted, { timeout: WAIT });
const text = async (selector, on = page) => plain((await on.textContent(selector)) ?? "");
const figure = (name) => text(`[data-figure="${name}"]`);
const shot = async (name, on = page) => shots && on.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
const checks = [];
const check = (name, work) => checks.push([name, work]);

check("the page loads within its own rules and comes alive", async () => {
  const reply = await page.goto(`${url}/dashboard`);
  const rules = reply.headers()["content-security-policy"];
  assert.match(rules, /default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'/);
  assert.doesNotMatch(rules, /unsafe|http/);
  await state("live");
  assert.equal(await text("#state"), "Live");
  await page.waitForSelector('[data-figure="queues.ml.submitted"]', { timeout: WAIT });
});

check("under load the timeline shows submissions, stages and events", async () => {
  const stop = load();
  try {
    await underLoad();
  } finally {
    await stop();
  }
});

async function underLoad() {
  await page.waitForFunction(() => Number(document.getElementById("timeline-picture").dataset.submissions) > 50, null, { timeout: WAIT });
  await pause(7000);
  await shot("light");
  const seen = await page.evaluate(() => {
    const canvas = document.getElementById("timeline-picture");
    const accent = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
    const wanted = [1, 3, 5].map((place) => parseInt(accent.slice(place, place + 2), 16));
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let coloured = 0;
    for (let place = 0; place < data.length; place += 4) {
      // Of any strength: less of it is less busy.
      if (wanted.every((part, index) => Math.abs(data[place + index] - part) < 12) && data[place + 3] > 50) coloured++;
    }
    return coloured;
  });
  assert.ok(seen > 100, `only ${seen} pixels of submissions`);
  assert.match(await text("#timeline-count"), /[1-9]\d* submissions and [1-9]\d* stages in 10 s/);
  assert.notEqual(await page.getAttribute("#limit", "data-bound"), "idle");
  assert.match(await text("#limit-figures"), /\d of \d+ cores? · machine \d+ % · (ml|blit|render) queue \d+ % · budget \d+ %, pressure \w+/);
  for (const rate of ["retrievals", "tokens", "rows"]) assert.match(await text(`#rate-${rate} .value`), /[1-9]/, rate);
  assert.ok((await page.getAttribute("#rate-tokens polyline", "points")).split(" ").length > 5);
  await page.emulateMedia({ colorScheme: "dark" });
  await pause(700);
  await shot("dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  await pause(700);
  await shot("narrow");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the narrow page scrolls sideways");
  await page.setViewportSize({ width: 1360, height: 900 });
}

check("a trace is started by a key, stopped, downloaded, and parses", async () => {
  await page.keyboard.press("t");
  await page.waitForFunction(() => document.getElementById("trace").ariaPressed === "true", null, { timeout: WAIT });
  for (let turn = 0; turn < 5; turn++) await post("/api/v1/search", { query: "kettle" });
  await page.getByRole("button", { name: "Stop trace" }).click();
  const button = page.getByRole("button", { name: "Download" });
  await page.waitForFunction(() => !document.getElementById("download").disabled, null, { timeout: WAIT });
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: WAIT }), button.click()]);
  assert.equal(download.suggestedFilename(), "downbeat-trace.json");
  const trace = JSON.parse(await readFile(await download.path(), "utf8"));
  const tracks = trace.traceEvents.filter((event) => event.ph === "M").map((event) => event.args.name);
  assert.ok(tracks.includes("ml") && tracks.includes("ask"), tracks);
  assert.ok(trace.traceEvents.filter((event) => event.ph === "X" && event.name === "search").length >= 5);
  // It stays told: the next figures took it away once.
  await drawn(3);
  assert.match(await text("#trace-state"), /^Saved \d/);
});

check("a degraded reply is told, with its reason", async () => {
  await post("/api/v1/search", { query: "kettle ".repeat(2000).slice(0, 9000) });
  await page.waitForSelector("#lesser tr", { timeout: WAIT });
  const row = await text("#lesser tr");
  assert.match(row, /degraded.*\/api\/v1\/search.*(bytes|words|longer)/);
});

check("at rest the page's figures are the API's", async () => {
  const api = await settled();
  // The next figures may be half a second away.
  await drawn(2);
  for (const queue of api.queues) {
    assert.equal(await figure(`queues.${queue.name}.submitted`), grouped(queue.submitted), queue.name);
    assert.equal(await figure(`queues.${queue.name}.active`), "0", queue.name);
  }
  for (const lane of api.lanes) {
    assert.equal(await figure(`lanes.${lane.lane}.slices`), grouped(lane.slices), lane.lane);
    assert.equal(await figure(`lanes.${lane.lane}.waiting`), "0", lane.lane);
  }
  for (const event of ["frame", "embed", "context"]) assert.equal(await text(`#event-${event}`), grouped(api.events[event]), event);
  assert.ok(api.events.frame > 0 && api.events.embed > 0 && api.events.context > 0);
  for (const [owner, held] of Object.entries(api.budget.owners)) assert.equal(await figure(`owners.${owner}.bytes`), size(held), owner);
  assert.equal(await text("#granted"), `${size(api.budget.granted)} of ${size(api.budget.limit)}`);
  assert.equal(await text("#pressure"), api.budget.pressure);
  assert.equal(await text("#rate-retrievals .total"), `${grouped(api.work.retrievals)} searches and questions`);
  assert.equal(await text("#rate-rows .total"), `${grouped(api.work.rows)} rows in ${grouped(api.work.queries)} queries`);
  assert.equal(await text("#rate-tokens .total"), `${grouped(api.work.tokens)} tokens embedded`);
  assert.equal(await text("#rate-chunks .total"), `${grouped(api.work.chunks)} chunks stored`);
  assert.equal(await page.locator("#lesser tr").count(), api.degraded.length);
  const first = api.kpis.find((kpi) => kpi.name === "msg_to_first_token_ms");
  assert.ok(first.value > 0);
  assert.equal(await figure("kpis.msg_to_first_token_ms.verdict"), first.met ? "met" : "missed");
  assert.equal(await figure("kpis.msg_to_first_token_ms.target"), `${first.target} ms`);
  // Both say so at once: on a busy machine either may say otherwise for a moment.
  const end = Date.now() + WAIT;
  const bound = () => page.locator("#limit").getAttribute("data-bound");
  for (;;) {
    const said = [await bound(), (await stats()).bottleneck.bound, await bound()];
    if (said.every((one) => one === "idle")) break;
    assert.ok(Date.now() < end, `page, API, page: ${said}`);
    await pause(200);
  }
  assert.match(await text("#limit"), /^Idle/);
  assert.equal(await text("#rate-retrievals .value"), "0");
  await page.waitForFunction(() => document.getElementById("timeline-picture").dataset.spans === "0", null, { timeout: WAIT });
  assert.ok(await page.isVisible("#timeline-empty"));
  await shot("idle");
});

check("everything has a name and the keyboard reaches it", async () => {
  for (const search of [1, 2, 3]) await post("/api/v1/search", { query: `kettle ${search}` });
  await page.waitForFunction(() => Number(document.getElementById("timeline-picture").dataset.spans) >= 6, null, { timeout: WAIT });
  await page.focus("#timeline");
  await page.keyboard.press("ArrowLeft");
  assert.match(await text("#timeline-tip"), /^ml · .+ · [\d.]+ (µs|ms)/);
  assert.equal(await text("#timeline-spoken"), await text("#timeline-tip"));
  await page.keyboard.press("ArrowDown");
  assert.match(await text("#timeline-tip"), /^ask · /);
  await page.keyboard.press("Escape");
  assert.ok(await page.isHidden("#timeline-tip"));
  await page.keyboard.press("2");
  assert.equal(await page.getAttribute('[data-seconds="30"]', "aria-pressed"), "true");
  // The picture follows with the next frame.
  await page.waitForFunction(() => / in 30 s/.test(document.getElementById("timeline-count").textContent), null, { timeout: WAIT });
  await page.keyboard.press("1");
  await page.keyboard.press("?");
  assert.ok(await page.isVisible("#help"));
  await shot("keys");
  await page.keyboard.press("Escape");
  assert.ok(await page.isHidden("#help"));
  const nameless = await page.evaluate(() => [...document.querySelectorAll("button, input, [role=img], [role=group]")].filter((one) => {
    const labelled = one.ariaLabel || one.getAttribute("aria-labelledby") || one.labels?.length || one.textContent.trim();
    return !labelled;
  }).map((one) => one.outerHTML));
  assert.deepEqual(nameless, []);
  await page.evaluate(() => document.activeElement.blur());
  const reached = new Set();
  for (let presses = 0; presses < 16; presses++) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => document.activeElement.id || document.activeElement.dataset.seconds || document.activeElement.tagName));
  }
  for (const wanted of ["trace", "pause", "theme", "keys", "timeline", "30", "SUMMARY"]) assert.ok(reached.has(wanted), `${wanted}: ${[...reached]}`);
});

check("paused, the figures stand still", async () => {
  await page.keyboard.press("p");
  assert.equal(await text("#state"), "Paused");
  const before = await figure("queues.ml.submitted");
  await post("/api/v1/search", { query: "kettle" });
  await pause(1200);
  assert.equal(await figure("queues.ml.submitted"), before);
  await page.keyboard.press("p");
  await page.waitForFunction((old) => document.querySelector('[data-figure="queues.ml.submitted"]').textContent !== old, before, { timeout: WAIT });
  // What ran meanwhile is not lost.
  assert.equal(await page.evaluate(() => document.getElementById("timeline-picture").dataset.unseen), "0.0");
});

check("dark follows the system, a key turns it, and that stays", async () => {
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await paper();
  assert.notEqual(light, dark);
  await page.keyboard.press("d");
  assert.equal(await paper(), light);
  await page.reload();
  await state("live");
  assert.equal(await paper(), light);
  await page.keyboard.press("d");
  assert.equal(await paper(), dark);
  await page.emulateMedia({ colorScheme: "light" });
  await page.keyboard.press("d");
});

check("it draws ten times a second at most, and not at all while hidden", async () => {
  const draws = () => page.evaluate(() => Number(document.documentElement.dataset.draws));
  for (let turn = 0; turn < 5; turn++) await post("/api/v1/search", { query: "kettle" });
  await page.waitForFunction(() => Number(document.getElementById("timeline-picture").dataset.spans) > 4, null, { timeout: WAIT });
  const box = await page.locator("#timeline-picture").boundingBox();
  const [from, begun] = [await draws(), Date.now()];
  for (let move = 0; move < 200; move++) await page.mouse.move(box.x + 80 + move * 5, box.y + (move % 2 ? 40 : 70));
  const [drawn, seconds] = [(await draws()) - from, (Date.now() - begun) / 1000];
  assert.ok(drawn <= seconds * 10 + 1, `${drawn} draws in ${seconds} s`);
  const hide = (hidden) => page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  await hide(true);
  await state("hidden");
  // One that was due already.
  await pause(200);
  const still = await draws();
  await pause(1500);
  assert.equal(await draws(), still);
  await hide(false);
  await state("live");
  // Nobody was told of that time: it is hatched, not drawn as rest.
  await page.waitForFunction(() => Number(document.getElementById("timeline-picture").dataset.unseen) >= 1, null, { timeout: WAIT });
  assert.match(await text("#timeline-count"), /nothing is known of [\d.]+ s/);
});

check("nothing complained, and nothing was asked of anybody else", () => {
  assert.deepEqual(complaints, []);
  const elsewhere = requests.filter((one) => !one.startsWith(`${url}/`) && !one.startsWith("data:") && !one.startsWith(`blob:${url}/`));
  assert.deepEqual(elsewhere, []);
  assert.ok(requests.some((one) => one.endsWith("/dashboard/dashboard.js")));
});

check("a server that is gone is told, and found again", async () => {
  await context.setOffline(true);
  // Connections that are open may live on; a new one is refused.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await state("lost");
  assert.match(await text("#state"), /^(Disconnected: .*Trying again in \d+ s|Connecting again…)$/);
  await shot("lost");
  await context.setOffline(false);
  await state("live");
});

check("a server with keys asks for one", async () => {
  const guarded = await context.newPage();
  await guarded.goto(`${keyed}/dashboard`);
  await state("key", guarded);
  assert.ok(await guarded.isVisible("#key-panel"));
  assert.ok(await guarded.isHidden("main"));
  await guarded.keyboard.type("not the key at all");
  await guarded.keyboard.press("Enter");
  await guarded.waitForSelector("#key-wrong:not([hidden])", { timeout: WAIT });
  await shot("key", guarded);
  await guarded.keyboard.type(key);
  await guarded.keyboard.press("Enter");
  await state("live", guarded);
  assert.ok(await guarded.isHidden("#key-panel"));
  assert.equal(await guarded.evaluate(() => Object.values(sessionStorage).join() + Object.values(localStorage).filter((value) => value.length > 5).join()), key);
  await guarded.reload();
  await state("live", guarded);
  await guarded.close();
});

let failed = 0;
for (const [name, work] of checks) {
  try {
    await work();
    console.log(`ok      ${name}`);
  } catch (cause) {
    failed++;
    console.log(`FAILED  ${name}\n${cause.stack}`);
    if (shots) await page.screenshot({ path: `${shots}/failed-${failed}.png` });
  }
}
await browser.close();
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
