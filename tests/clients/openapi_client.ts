// What openapi-typescript generates, used: a search, a code and a diff are typed and asked.

import type { components, paths } from "./openapi.js";

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer A } } } };
}
  ? A
  : never;

const address = process.argv[2]!.replace(/\/$/, "");

async function ask<P extends keyof paths>(path: P, target: string): Promise<Answer<P>> {
  const answer = await fetch(`${address}${target}`);
  if (!answer.ok) throw new Error(`${target}: ${answer.status}`);
  return (await answer.json()) as Answer<P>;
}

const question: NonNullable<paths["/api/v1/search"]["get"]["parameters"]["query"]> = {
  q: "hemin",
  limit: 3,
};
const found = await ask("/api/v1/search", `/api/v1/search?q=${question.q}&limit=${question.limit}`);
const hit: components["schemas"]["Hit"] = found.hits[0]!;
if (hit.code !== "J1640") throw new Error(hit.code);
const details = await ask("/api/v1/codes/{code}", "/api/v1/codes/J1640");
if (details.record.code !== "J1640") throw new Error(details.record.code);
const status = await ask("/api/v1/status", "/api/v1/status");
const newest = status.releases[status.releases.length - 1]!.id.split("/")[0]!;
const changes = await ask("/api/v1/diff", `/api/v1/diff?old=${newest}&new=${newest}`);
if (!("added" in changes) || changes.added.length) throw new Error("a release differs from itself");
console.log("openapi-typescript: a search, a code and a diff were asked");
