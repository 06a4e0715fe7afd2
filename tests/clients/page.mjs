// The page at `/`, in Debian's chromium: typed, clicked, by keyboard alone, shared, on another
// day, without JavaScript, on a phone; every key has its answer and never an older one over a newer;
// axe finds nothing, in light and dark.
//
// Usage: node page.mjs http://127.0.0.1:8080
// Needs the npm packages axe-core and playwright-core, and chromium ($CHROMIUM, else
// /usr/bin/chromium). The index must hold J1640 and J1597; what needs several releases is
// skipped, and said so, where there is one.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const axe = require("axe-core").source;
const { chromium } = require("playwright-core");

const base = process.argv[2].replace(/\/$/, "");
const WORD = "glycopyrrolate";

const status = await (await fetch(`${base}/api/v1/status`)).json();
const releases = status.releases.map(({ id }) => String(id).split("/")[0]);
const terminated = await anyTerminated();

async function anyTerminated() {
  const asked = "section=J&section=A&terminated=true&limit=500";
  const answer = await (await fetch(`${base}/api/v1/search?${asked}`)).json();
  return answer.hits.find((hit) => hit.status === "terminated")?.code;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

/** A page of its own, which fails at the first error of its scripts or its policy. */
async function withPage(options, work) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    const isStatus = message.text().includes("the server responded with a status of 4");
    if (message.type() === "error" && !isStatus) errors.push(message.text());
  });
  try {
    await work(page, context);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
}

const codes = (page) => page.locator(".hit > .code").allTextContents();
const answered = (page, text) => page.locator(`[data-answer="${text}"]`).waitFor({ timeout: 5000 });
const box = (page) => page.locator("#q");

const tests = {
  async "typing shows answers, and the address has them"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/`);
      assert.equal(await page.evaluate(() => document.activeElement.id), "q");
      await page.keyboard.type(WORD);
      await answered(page, WORD);
      assert.ok((await codes(page)).includes("J1597"));
      assert.ok((await page.locator("mark").first().textContent()).toLowerCase() === WORD);
      await page.waitForURL(`**/?q=${WORD}`);
      assert.ok((await page.title()).startsWith(WORD));
      await page.goBack();
      await page.locator(".home").waitFor();
      assert.equal(await box(page).inputValue(), "");
      await page.goForward();
      await answered(page, WORD);
      assert.equal(await box(page).inputValue(), WORD);
    });
  },

  async "a misspelt word is corrected, and said so"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/?q=glycopirolate`);
      const text = await page.locator(".answer").textContent();
      assert.match(text, /No code has “glycopirolate”/);
      assert.match(text, /corrected from glycopirolate/);
      await page.getByRole("link", { name: "exactly what was typed" }).click();
      await page.getByText("No code matches").waitFor();
    });
  },

  async "a facet narrows, and is taken away again"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/?q=injection`);
      const before = await page.locator("#summary").textContent();
      await page.locator('[data-key^="coverage:D"]').click();
      await page.locator(".chosen").waitFor();
      assert.match(page.url(), /coverage=D/);
      const facts = await page.locator(".hit .coverage .coded").allTextContents();
      assert.ok(facts.length > 0 && facts.every((fact) => fact.startsWith("D ")), facts.join());
      // the filter stays with what is typed on
      await box(page).fill("injection hemin");
      await answered(page, "injection hemin");
      assert.match(await page.locator(".chosen").textContent(), /Coverage/);
      await box(page).fill("injection");
      await answered(page, "injection");
      await page.locator(".chosen a").first().click();
      await page.locator(".chosen").waitFor({ state: "detached" });
      assert.equal(await page.locator("#summary").textContent(), before);
      await page.goBack();
      await page.locator(".chosen").waitFor();
    });
  },

  async "BETOS is a tree: a branch opens, and holds its leaves"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/`);
      const leaf = page.locator('[data-key^="betos:O1E"]');
      const branch = page.locator('[data-key="betos:O1Other"]');
      assert.equal(await leaf.count(), 0);
      await branch.click();
      await leaf.click();
      await page.waitForURL("**/?betos=O1E");
      const facts = await page.locator(".hit .betos .coded").allTextContents();
      assert.ok(facts.every((fact) => fact.startsWith("O1E ")), facts.join());
    });
  },

  async "a code opens, and back leads to the list"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/?q=${WORD}`);
      await page.locator('.hit > .code:text-is("J1597")').click();
      await page.waitForURL("**/codes/J1597");
      const text = await page.locator("main").textContent();
      for (const part of ["Modifiers and when to use them", "History", "Pricing indicator", "J1596"]) {
        assert.ok(text.includes(part), part);
      }
      await page.locator("#back").click();
      await answered(page, WORD);
      await page.goto(`${base}/codes/J1640`);
      await page.getByRole("heading", { name: "Hemin injection" }).waitFor();
      await page.locator("svg .valid").waitFor();
    });
  },

  async "the keyboard is enough"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/codes/J1640`);
      await page.keyboard.press("/");
      await page.keyboard.type(WORD);
      await answered(page, WORD);
      const all = await codes(page);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(`**/codes/${all[1]}`);
      await page.keyboard.press("Escape");
      await page.waitForURL(`**/?q=${WORD}`);
      await answered(page, WORD);
      await page.waitForFunction(
        (code) => document.activeElement.textContent.trim() === code, all[1]);
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      assert.equal(await page.evaluate(() => document.activeElement.id), "q");
      await page.keyboard.press("Escape");
      await page.locator(".home").waitFor();
      await page.keyboard.type("j1640");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/codes/J1640");
    });
  },

  async "arrows work on a fresh link and behind a facet click"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/?q=${WORD}`);
      const focused = () => page.evaluate(() => document.activeElement.dataset.code);
      const [first, second] = await codes(page);
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(), first);
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(), second);
      await page.locator('[data-key^="coverage:C"]').click();
      await page.locator(".chosen").waitFor();
      await page.keyboard.press("ArrowDown");
      assert.equal(await focused(), (await codes(page))[0]);
      await page.keyboard.press("?");
      await page.locator("dialog[open]").waitFor();
      await page.keyboard.press("Escape");
      await page.locator("dialog[open]").waitFor({ state: "detached" });
    });
  },

  async "25 rows fit on a screen"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/?section=J`);
      const seen = await page.evaluate(() => {
        const inView = (hit) => hit.getBoundingClientRect().bottom <= innerHeight;
        const lines = (hit) => Math.round(hit.querySelector(".body").getBoundingClientRect().height / 18);
        const all = [...document.querySelectorAll(".hit")];
        return all.filter(inView).reduce((sum, hit) => sum + Math.max(lines(hit), 1), 0);
      });
      assert.ok(seen >= 25, `${seen} lines of hits`);
    });
  },

  async "codes are browsed by section and hundred, and from one to the next"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/browse`);
      await page.locator('.sections a[href="/browse/J"]').click();
      await page.locator('.hundreds a[href="/browse/J15"]').click();
      await page.locator('.hit > .code:text-is("J1597")').click();
      await page.waitForURL("**/codes/J1597");
      await page.locator('a[rel="prev"]').click();
      await page.waitForURL("**/codes/J1596");
      await page.keyboard.press("]");
      await page.waitForURL("**/codes/J1597");
      await page.getByRole("link", { name: "Compare side by side" }).click();
      assert.ok((await page.locator(".side-by-side tr.differs").count()) > 0);
      await page.goto(`${base}/codes/Z9999`);
      assert.match(await page.locator("main").textContent(), /no release that is indexed has|CPT|not a HCPCS/i);
    });
  },

  async "units are calculated as they are typed"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/codes/J1597`);
      await page.locator("input[name=dose]").pressSequentially("0.45 mg");
      await page.locator('.billed .total:text-is("5 units")').waitFor();
      await page.locator("input[name=vial]").fill("0.2 mg");
      await page.locator('.billed .lines:has-text("J1597 JW")').waitFor();
      assert.equal(await page.locator("input[name=dose]").inputValue(), "0.45 mg");
      await page.waitForURL("**vial=0.2**");
      await page.locator("input[name=dose]").fill("much");
      await page.locator(".billed .problem-line").waitFor();
    });
  },

  async "lines, a list and files are checked, filtered and taken along"() {
    await withPage({}, async (page) => {
      const said = (part) => page.locator(`#summary:has-text("${part}")`).waitFor();
      await page.goto(`${base}/check`);
      const lines = page.locator("textarea[name=lines]");
      await lines.fill("J1640 JW\nZ9999");
      await page.locator("button.first").click();
      await said("2 pasted lines");
      await page.locator("button[name=show][value=wrong]").click();
      await page.locator('.verdicts tbody:not(:has-text("J1640"))').waitFor();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.locator(".get button[value=xlsx]").click(),
      ]);
      assert.equal(download.suggestedFilename(), "verdicts.xlsx");
      const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
      await page.locator("[type=file]").setInputFiles(file("claims.csv", "code,charge\nJ1640,5\n"));
      await said("1 line of claims.csv");
      const dropped = await page.evaluateHandle(() => {
        const data = new DataTransfer();
        data.items.add(new File(["code\nE0601\nJ1640\n"], "dropped.csv"));
        return data;
      });
      for (const event of ["dragover", "drop"]) {
        await page.dispatchEvent("main", event, { dataTransfer: dropped });
      }
      await said("2 lines of dropped.csv");
      // what is typed takes the place of the file
      await lines.fill("E0601");
      await page.locator("button.first").click();
      await said("1 pasted line");
    });
  },

  async "a list is sorted, sized and taken along"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/?q=injection`);
      await page.locator('[data-key="sort:code"]').click();
      await page.waitForURL("**sort=code**");
      await page.locator('[data-key="sort:code"][aria-current]').waitFor();
      const sorted = await codes(page);
      assert.deepEqual(sorted, [...sorted].sort());
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.locator(".tools").getByRole("link", { name: "CSV" }).click(),
      ]);
      assert.equal(download.suggestedFilename(), "hcpcs-codes.csv");
    });
  },

  async "pinned and recent codes stay in this browser until cleared"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/?q=hemin`);
      await page.locator(".hit > .code").first().click();
      await page.getByRole("button", { name: "Pin", exact: true }).click();
      await page.getByRole("button", { name: "Unpin" }).waitFor();
      await page.goto(`${base}/`);
      const mine = page.locator("#mine");
      for (const title of ["Pinned codes", "Recent codes", "Earlier questions"]) {
        await mine.getByRole("heading", { name: title }).waitFor();
      }
      await mine.getByRole("button", { name: "Clear all" }).click();
      await mine.waitFor({ state: "hidden" });
    });
  },

  async "a link shares what one sees"() {
    let link, seen;
    await withPage({}, async (page) => {
      await page.goto(`${base}/`);
      await page.keyboard.type("injection");
      await answered(page, "injection");
      await page.locator('[data-key^="coverage:C"]').click();
      await page.locator(".chosen").waitFor();
      [link, seen] = [page.url(), await page.locator(".answer").innerHTML()];
    });
    await withPage({}, async (page) => {
      await page.goto(link);
      assert.equal(await page.locator(".answer").innerHTML(), seen);
      assert.equal(await box(page).inputValue(), "injection");
    });
  },

  async "another day gives that day's codes and release"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/?q=hemin`);
      const [first, last] = [releases[0], releases.at(-1)];
      await page.locator(`.release:has-text("${last}")`).waitFor();
      const day = releases.length > 1 ? `${first}-15` : "2020-06-30";
      await page.locator("#as_of").fill(day);
      await page.waitForURL(`**as_of=${day}**`);
      await page.locator(`.release.other:has-text("${first}")`).waitFor();
      await page.locator(".hit > .code").first().click();
      await page.waitForURL(`**/codes/J1640?as_of=${day}`);
      await page.getByText(`As of ${day}, release ${first}`).waitFor();
      if (releases.length === 1) skipped("another release on another day");
    });
  },

  async "what changed, narrowed and downloaded"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/changes`);
      if (releases.length === 1) {
        await page.getByText("nothing to compare").waitFor();
        return skipped("changes between releases");
      }
      await page.locator(".hit").first().waitFor();
      await page.locator('[data-key="tab:revised"]').click();
      await page.waitForURL("**change=revised**");
      await page.locator(".change ins, .change del").first().waitFor();
      await page.locator("select[name=section]").selectOption("J");
      await page.waitForURL("**section=J**");
      assert.ok((await codes(page)).every((code) => code.startsWith("J")));
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "CSV" }).click(),
      ]);
      assert.match(download.suggestedFilename(), /^hcpcs-.*\.csv$/);
    });
  },

  async "a code and a row are copied with a click"() {
    await withPage({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      const copied = () => page.evaluate(() => navigator.clipboard.readText());
      await page.goto(`${base}/?q=hemin`);
      await page.locator(".hit").first().hover();
      await page.getByRole("button", { name: "Copy the code J1640" }).click();
      await page.locator(".copy[data-done]").waitFor();
      assert.equal(await copied(), "J1640");
      await page.getByRole("button", { name: "Copy the row of J1640" }).click();
      await page.waitForTimeout(50);
      assert.match(await copied(), /^J1640\t.*hemin.*\tvalid since 2006-01-01\tD /i);
    });
  },

  async "without JavaScript it searches, narrows and shows records"() {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${base}/`);
      await box(page).fill("injection");
      await page.getByRole("button", { name: "Search" }).click();
      await page.locator(".hit").first().waitFor();
      await page.locator('[data-key^="coverage:D"]').click();
      await page.locator(".chosen").waitFor();
      await box(page).fill("hemin");
      await page.getByRole("button", { name: "Search" }).click();
      assert.match(page.url(), /coverage=D/);
      await page.locator('.hit > .code:text-is("J1640")').click();
      await page.getByRole("heading", { name: "Hemin injection" }).waitFor();
      await page.goto(`${base}/changes`);
      await page.locator("h1").waitFor();
      await page.goto(`${base}/codes/J1597`);
      await page.locator("input[name=dose]").fill("0.4 mg");
      await page.getByRole("button", { name: "Calculate" }).click();
      await page.locator('.billed .total:text-is("4 units")').waitFor();
      await page.goto(`${base}/check`);
      const file = { name: "claims.csv", mimeType: "text/csv", buffer: Buffer.from("code\nJ1640\nZ9999\n") };
      await page.locator("[type=file]").setInputFiles(file);
      await page.locator("button.first").click();
      await page.locator("button[name=show][value=wrong]").click();
      await page.locator('.verdicts tbody:not(:has-text("J1640"))').waitFor();
      assert.match(await page.locator("#summary").textContent(), /2 lines of claims.csv/);
    });
  },

  async "on a phone nothing is cut off, and filters fold"() {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    await withPage(phone, async (page) => {
      for (const path of states()) {
        await page.goto(base + path);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${path} is ${over} pixels too wide`);
      }
      await page.goto(`${base}/?q=injection`);
      const facet = page.locator('[data-key^="coverage:C"]');
      assert.equal(await facet.isVisible(), false);
      await page.locator("#filters > summary").click();
      await facet.click();
      await page.locator(".chosen").waitFor();
    });
  },

  async "each key has its answer"() {
    await withPage({}, async (page) => {
      await page.goto(`${base}/`);
      for (const at of WORD.split("").keys()) {
        await page.keyboard.type(WORD[at]);
        await answered(page, WORD.slice(0, at + 1));
      }
    });
  },

  async "an older answer never takes the place of a newer one"() {
    for (const aborts of [true, false]) {
      await withPage({}, async (page) => {
        // Without aborting, every late answer does arrive.
        if (!aborts) await page.addInitScript(() => (AbortController.prototype.abort = () => {}));
        await page.addInitScript(observe);
        await page.route("**/?q=*", async (route) => {
          const typed = new URL(route.request().url()).searchParams.get("q").length;
          await new Promise((resolve) => setTimeout(resolve, (WORD.length - typed) * 120));
          await route.continue().catch(() => {});
        });
        await page.goto(`${base}/`);
        await page.keyboard.type(WORD, { delay: 40 });
        await page.waitForTimeout(WORD.length * 120 + 500);
        const seen = (await page.evaluate(() => shown)).map((text) => text.length);
        assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
        assert.equal(await page.locator("[data-answer]").getAttribute("data-answer"), WORD);
      });
    }
  },

  async "axe finds nothing, in light and dark, wide and narrow"() {
    let looked = 0;
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1280, 390]) {
        await withPage({ colorScheme, viewport: { width, height: 900 } }, async (page) => {
          for (const path of states()) {
            await page.goto(base + path);
            await page.locator("html.scripted").waitFor();
            await page.evaluate(axe);
            const { violations } = await page.evaluate(() => window.axe.run());
            const found = violations.map(({ id, nodes }) =>
              `${id}: ${nodes.slice(0, 3).map((node) => `${node.html} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
            assert.deepEqual(found, [], `${path} ${colorScheme} ${width}`);
            looked += 1;
          }
        });
      }
    }
    console.log(`    ${looked} states looked at`);
  },
};

function states() {
  const all = [
    "/", `/?q=${WORD}`, "/?q=glycopirolate", "/?q=zzqxzz", "/?q=J164O", "/?q=injection&coverage=D",
    "/?q=hemin&as_of=2020-01-15", "/?q=hemin&explain=true", "/?q=power%20wheelchair&terminated=true",
    "/codes/J1640", "/codes/J1597", "/codes/JW", "/codes/X", "/changes", "/?limit=ten",
    "/browse", "/browse/J", "/browse/J15", "/browse/modifiers", "/compare?codes=J1596,J1597", "/tables", "/tables/betos",
    "/codes/Z9999", "/codes/J1597?dose=0.45+mg&vial=0.2+mg", "/?q=glycopyrrolate%200.4%20mg", "/?q=J1640%20Z9999%2099213",
    "/check", `/check?lines=${encodeURIComponent("code,charge\nJ1640,5\nZ9999,6\n99213,\n")}`, "/check?columns=x",
  ];
  if (terminated) all.push(`/codes/${terminated}`);
  if (releases.length > 1) all.push("/changes?change=revised", "/?q=hemin&any_time=true");
  return all;
}

/** Notes the question of each answer that is shown. */
function observe() {
  window.shown = [];
  const answer = () => document.querySelector("[data-answer]")?.dataset.answer;
  new MutationObserver(() => {
    if (answer() !== undefined && answer() !== shown.at(-1)) shown.push(answer());
  }).observe(document, { childList: true, subtree: true });
}

function skipped(what) {
  console.log(`    SKIPPED: ${what}: the index holds one release`);
}

let failed = 0;
try {
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      console.log(`ok  ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`NOT ${name}\n${error.stack}`);
    }
  }
} finally {
  await browser.close();
}
console.log(failed === 0 ? "the page holds" : `${failed} tests failed`);
process.exitCode = failed === 0 ? 0 : 1;
