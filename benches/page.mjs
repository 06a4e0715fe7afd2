// How soon an answer is on the screen after its key, on the server's own page and, by turns in the
// same browser, on a bare page: one field whose every key fetches the same answer and puts it in.
//
// Usage: node page.mjs http://127.0.0.1:8080 [WORD]        (default: glycopyrrolate)
// Needs the npm package playwright-core in the folder it is called from (`tests/clients/run` fetches
// it into target/clients), and chromium ($CHROMIUM, else /usr/bin/chromium).

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const { chromium } = createRequire(process.cwd() + "/")("playwright-core");

const base = process.argv[2].replace(/\/$/, "");
const word = process.argv[3] ?? "glycopyrrolate";
const RUNS = 12;
/** How far apart the keys are, in milliseconds. */
const APART = 150;

/** Makes of any page the bare one; it says as ours does which question an answer is to. */
function bare() {
  document.documentElement.innerHTML = "<body><input autofocus><div></div></body>";
  const [field, place] = [document.querySelector("input"), document.querySelector("div")];
  field.focus();
  field.addEventListener("input", async () => {
    const asked = field.value;
    const response = await fetch(`/?q=${asked}`, { headers: { accept: "text/html" } });
    place.innerHTML = await response.text();
  });
}

/** Notes the time of each key, and of the frame in which its answer is drawn. */
function observe() {
  window.keys = [];
  window.shown = {};
  new MutationObserver(() => {
    const answer = document.querySelector("[data-answer]")?.dataset.answer;
    if (answer) requestAnimationFrame(() => (shown[answer] ??= performance.now()));
  }).observe(document.documentElement, { childList: true, subtree: true });
  addEventListener("keydown", ({ timeStamp }) => keys.push(timeStamp), { capture: true });
}

/** The milliseconds from each key of the word to its answer. */
async function delays(browser, isBare) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(isBare ? `${base}/api/v1/status` : `${base}/`);
  if (isBare) await page.evaluate(bare);
  await page.evaluate(observe);
  await page.waitForTimeout(500);
  await page.keyboard.type(word, { delay: APART });
  await page.waitForFunction((word) => shown[word], word);
  const { keys, shown } = await page.evaluate(() => ({ keys, shown }));
  await page.close();
  return keys.map((key, at) => {
    const answer = shown[word.slice(0, at + 1)];
    assert.ok(answer, `the answer to ${word.slice(0, at + 1)} came after the next key`);
    return answer - key;
  });
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const all = { page: [], bare: [] };
const slowest = { page: [], bare: [] };
for (let run = 0; run < RUNS; run += 1) {
  for (const name of Object.keys(all)) {
    const times = await delays(browser, name === "bare");
    all[name].push(...times);
    slowest[name].push(Math.max(...times));
  }
}
await browser.close();

const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];
for (const [what, times] of [["a key", all], ["the slowest key of a run", slowest]]) {
  const [ours, peer] = [median(times.page), median(times.bare)];
  console.log(`${what}: ${ours.toFixed(1)} ms, the bare page ${peer.toFixed(1)} ms, ratio ${(ours / peer).toFixed(2)}`);
}
