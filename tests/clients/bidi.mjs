// A browser driven through WebDriver BiDi, W3C's protocol: Firefox as it is installed, without a
// driver beside it. Needs Node's WebSocket (from 22 on; before, `--experimental-websocket`).

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Keys that are no characters, as WebDriver encodes them. */
const KEYS = {
  Enter: "\uE007", Escape: "\uE00C", ArrowUp: "\uE013", ArrowDown: "\uE015",
};
/** How long to wait for what must become true, in milliseconds. */
const PATIENCE = 10_000;

/** Starts a browser; `close` ends it and takes away its profile. */
export async function launch(program) {
  const profile = await mkdtemp(join(tmpdir(), "hcpcs-firefox-"));
  // Nothing is fetched that the page does not ask for.
  const preferences = {
    "app.update.enabled": false,
    "browser.shell.checkDefaultBrowser": false,
    "datareporting.policy.dataSubmissionEnabled": false,
    "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false,
    "toolkit.telemetry.server": "",
  };
  const lines = Object.entries(preferences).map(([name, value]) =>
    `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  await writeFile(join(profile, "user.js"), lines.join("\n"));
  const child = spawn(program, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]);
  const ended = new Promise((done) => child.once("exit", done));
  const close = async () => {
    child.kill();
    await ended;
    await rm(profile, { recursive: true, force: true });
  };
  try {
    const session = await connect(await address(child));
    return { page: await Page.open(session), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where the browser listens, which it says on stderr. */
function address(child) {
  return new Promise((done, fail) => {
    let text = "";
    child.stderr.on("data", (part) => {
      text += part;
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(text);
      if (found) done(`${found[1]}/session`);
    });
    child.once("error", fail);
    child.once("exit", () => fail(new Error(`the browser ended: ${text}`)));
  });
}

async function connect(url) {
  const socket = new WebSocket(url);
  await new Promise((done, fail) => {
    socket.onopen = done;
    socket.onerror = () => fail(new Error(`no connection to ${url}`));
  });
  const waiting = new Map();
  const listeners = [];
  socket.onmessage = ({ data }) => {
    const { id, type, error, message, result, method, params } = JSON.parse(data);
    if (type === "event") return listeners.forEach((listen) => listen(method, params));
    const { done, fail } = waiting.get(id);
    waiting.delete(id);
    if (type === "success") done(result);
    else fail(new Error(`${error}: ${message}`));
  };
  let last = 0;
  const send = (method, params = {}) => new Promise((done, fail) => {
    waiting.set(++last, { done, fail });
    socket.send(JSON.stringify({ id: last, method, params }));
  });
  await send("session.new", { capabilities: {} });
  return { send, listen: (listener) => listeners.push(listener) };
}

/** A tab. */
class Page {
  /** What its console and its policy found wrong. */
  errors = [];

  static async open(session) {
    const page = new Page();
    page.session = session;
    const { contexts } = await session.send("browsingContext.getTree");
    page.context = contexts[0].context;
    await session.send("session.subscribe", { events: ["log.entryAdded"] });
    session.listen((method, { level, text }) => {
      const isStatus = /status of 4|HTTP\/1.1 4/.test(text ?? "");
      if (method === "log.entryAdded" && level === "error" && !isStatus) page.errors.push(text);
    });
    return page;
  }

  #send(method, params) {
    return this.session.send(method, { context: this.context, ...params });
  }

  async goto(url) {
    await this.#send("browsingContext.navigate", { url, wait: "complete" });
  }

  async size(width, height) {
    await this.#send("browsingContext.setViewport", { viewport: { width, height } });
  }

  /** What a function of the page gives, as JSON carries it. */
  async evaluate(work, ...given) {
    const expression = typeof work === "string"
      ? work
      : `(async () => JSON.stringify(await (${work})(...${JSON.stringify(given)})))()`;
    const { result, exceptionDetails } = await this.session.send("script.evaluate", {
      expression, awaitPromise: true, target: { context: this.context },
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.type === "string" && typeof work !== "string" ? JSON.parse(result.value) : undefined;
  }

  /** Waits until a function of the page gives something true, and gives it. */
  async until(work, ...given) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const found = await this.evaluate(work, ...given).catch(() => null);
      if (found) return found;
      if (Date.now() > end) throw new Error(`never true: ${work} ${given.join(", ")}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  /** Types texts and the keys that have names. */
  async type(...keys) {
    const values = keys.flatMap((key) => (key in KEYS ? [KEYS[key]] : [...key]));
    const actions = values.flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    await this.#send("input.performActions", { actions: [{ type: "key", id: "keys", actions }] });
  }

  async click(selector) {
    const { x, y } = await this.until((selector) => {
      const element = document.querySelector(selector);
      element?.scrollIntoView({ block: "center" });
      const box = element?.getBoundingClientRect();
      return box && { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
    }, selector);
    const actions = [
      { type: "pointerMove", x, y }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 },
    ];
    await this.#send("input.performActions", { actions: [{ type: "pointer", id: "mouse", actions }] });
  }

  /** Chooses a file in a field. */
  async choose(selector, path) {
    const { nodes } = await this.#send("browsingContext.locateNodes", {
      locator: { type: "css", value: selector },
    });
    await this.#send("input.setFiles", { element: { sharedId: nodes[0].sharedId }, files: [path] });
  }
}
