// The widget `autocomplete-lhc` of npm, in Debian's chromium, pointed at the server: it completes
// "glycopyr" and selects J1597, in NLM's format and in its FHIR mode.
//
// Usage: node widget.mjs http://127.0.0.1:8080
// Needs the npm packages autocomplete-lhc, esbuild and playwright-core, and chromium
// ($CHROMIUM, else /usr/bin/chromium).

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const { buildSync } = require("esbuild");
const { chromium } = require("playwright-core");

const base = process.argv[2].replace(/\/$/, "");
const bundle = buildSync({
  entryPoints: [require.resolve("autocomplete-lhc/source/index.js")],
  bundle: true,
  format: "iife",
  globalName: "Def",
  write: false,
  logLevel: "error",
}).outputFiles[0].text;

const nlm = {
  url: `${base}/api/hcpcs/v3/search?df=code,display`,
  options: { tableFormat: true, valueCols: [0, 1], colHeaders: ["Code", "Display"] },
};
const fhir = {
  url: `${base}/fhir/R4/ValueSet/hcpcs/$expand`,
  options: { fhir: true },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // Without a sandbox, as root in a container has none; and nothing is asked of the network.
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});
try {
  for (const [name, { url, options }] of Object.entries({ nlm, fhir })) {
    const page = await browser.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.setContent('<label for="code">Code</label><input id="code" type="text">');
    await page.addScriptTag({ content: bundle });
    await page.evaluate(([url, options]) => {
      window.list = new Def.Autocompleter.Search("code", url, options);
    }, [url, options]);
    await page.locator("#code").pressSequentially("glycopyr", { delay: 40 });
    const row = page.locator("#completionOptions tr, #completionOptions li").filter({
      hasText: name === "nlm" ? "J1597" : /glyrx/i,
    });
    await row.first().click({ timeout: 10_000 });
    const [value, code] = await page.evaluate(() => [
      document.getElementById("code").value,
      window.list.getSelectedCodes?.()[0] ?? window.list.getItemCode(document.getElementById("code").value),
    ]);
    assert.equal(code, "J1597", `${name}: ${value}`);
    assert.match(value, /glycopyrrolate/i);
    assert.deepEqual(errors, []);
    console.log(`${name}: "glycopyr" completed, ${code} selected: ${value}`);
    await page.close();
  }
} finally {
  await browser.close();
}
