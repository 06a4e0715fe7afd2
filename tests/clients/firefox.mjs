// The page at `/` in Firefox, through WebDriver BiDi: typed, by keyboard, narrowed, calculated,
// checked; axe finds nothing, and neither its scripts nor its policy report an error.
//
// Usage: node --experimental-websocket firefox.mjs http://127.0.0.1:8080
// Needs the npm package axe-core, and Firefox ($FIREFOX, else /usr/bin/firefox-esr). The index
// must hold J1640 and J1597.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { launch } from "./bidi.mjs";

const require = createRequire(process.cwd() + "/");
const axe = require("axe-core").source;
const base = process.argv[2].replace(/\/$/, "");
const WORD = "glycopyrrolate";

const { page, close } = await launch(process.env.FIREFOX ?? "/usr/bin/firefox-esr");
const files = await mkdtemp(join(tmpdir(), "hcpcs-files-"));

const text = (selector) => page.evaluate((selector) => document.querySelector(selector)?.textContent ?? "", selector);
const codes = () => page.evaluate(() => [...document.querySelectorAll(".hit > .code")].map((own) => own.textContent));
const answered = (word) => page.until((word) => document.querySelector("[data-answer]")?.dataset.answer === word, word);
const focused = () => page.evaluate(() => document.activeElement.dataset.code ?? document.activeElement.id);
const said = (part) => page.until((part) => document.getElementById("summary")?.textContent.includes(part), part);

const tests = {
  async "typing shows answers, and the address has them"() {
    await page.goto(`${base}/`);
    await page.evaluate(() => document.getElementById("q").focus());
    await page.type(WORD);
    await answered(WORD);
    assert.ok((await codes()).includes("J1597"));
    await page.until((word) => location.search === `?q=${word}`, WORD);
    await page.evaluate(() => history.back());
    await page.until(() => document.querySelector(".home") !== null);
  },

  async "the keyboard is enough, on a fresh link and behind a facet"() {
    await page.goto(`${base}/?q=${WORD}`);
    const [first, second] = await codes();
    await page.type("ArrowDown", "ArrowDown");
    assert.equal(await focused(), second);
    await page.type("ArrowUp");
    assert.equal(await focused(), first);
    await page.click('[data-key^="coverage:C"]');
    await page.until(() => document.querySelector(".chosen") !== null);
    await page.type("ArrowDown");
    assert.equal(await focused(), (await codes())[0]);
    await page.type("Enter");
    await page.until(() => location.pathname.startsWith("/codes/") && document.readyState === "complete");
    await page.type("Escape");
    await page.until(() => location.pathname === "/");
  },

  async "units are calculated as they are typed"() {
    await page.goto(`${base}/codes/J1597`);
    await page.click("input[name=dose]");
    await page.type("0.45 mg");
    await page.until(() => document.querySelector(".billed .total")?.textContent === "5 units");
    await page.click("input[name=vial]");
    await page.type("0.2 mg");
    await page.until(() => document.querySelector(".billed .lines")?.textContent.includes("J1597 JW"));
    assert.equal(await page.evaluate(() => document.querySelector("input[name=dose]").value), "0.45 mg");
    await page.until(() => location.search.includes("vial=0.2"));
  },

  async "lines and a file are checked, and the table is filtered"() {
    await page.goto(`${base}/check`);
    await page.click("textarea[name=lines]");
    await page.type("J1640 JW", "Enter", "Z9999");
    await page.click("button.first");
    await said("2 pasted lines");
    await page.click("button[name=show][value=wrong]");
    await page.until(() => document.querySelectorAll(".verdicts tbody tr").length === 1);
    assert.match(await text(".verdicts tbody"), /Z9999/);
    const file = join(files, "claims.csv");
    await writeFile(file, "code,charge\nJ1640,5\nE0601,6\n");
    await page.choose("[type=file]", file);
    await said("2 lines of claims.csv");
    assert.match(await text(".verdicts thead"), /charge/);
  },

  async "axe finds nothing, wide and narrow, and nothing is cut off"() {
    const paths = [
      "/", `/?q=${WORD}`, "/?q=zzqxzz", "/codes/J1597?dose=0.45+mg&vial=0.2+mg", "/codes/Z9999", "/browse/J15",
      "/compare?codes=J1596,J1597", "/tables/coverage", "/changes", "/check",
      `/check?lines=${encodeURIComponent("code,charge\nJ1640,5\nZ9999,6")}`,
    ];
    for (const width of [1280, 390]) {
      await page.size(width, 900);
      for (const path of paths) {
        await page.goto(base + path);
        await page.evaluate(axe);
        const found = await page.evaluate(async () => {
          const { violations } = await window.axe.run();
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
        });
        assert.deepEqual(found, [], `${path} ${width}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${path} is ${over} pixels too wide at ${width}`);
      }
    }
  },
};

let failed = 0;
try {
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      assert.deepEqual(page.errors.splice(0), []);
      console.log(`ok  ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`NOT ${name}\n${error.stack}`);
    }
  }
} finally {
  await close();
  await rm(files, { recursive: true, force: true });
}
console.log(failed === 0 ? "the page holds in Firefox" : `${failed} tests failed in Firefox`);
process.exitCode = failed === 0 ? 0 : 1;
