// Asks the tools at `/mcp` with the TypeScript SDK of the Model Context Protocol, and compiles their
// schemas in Ajv's strict mode.
//
// Usage: node mcp_client.mjs http://127.0.0.1:8080

import assert from "node:assert/strict";
import Ajv from "ajv/dist/2020.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const address = process.argv[2].replace(/\/$/, "");
const client = new Client({ name: "hcpcs-clients", version: "1.0.0" });
await client.connect(new StreamableHTTPClientTransport(new URL(`${address}/mcp`)));
const { tools } = await client.listTools();
for (const tool of tools) {
  for (const schema of [tool.inputSchema, tool.outputSchema]) {
    new Ajv({ strict: true }).compile(schema);
  }
}
// The SDK validates what a tool gives against its output schema.
const found = await client.callTool({ name: "hcpcs_search", arguments: { query: "hemin" } });
assert.equal(found.structuredContent.hits[0].code, "J1640");
const got = await client.callTool({ name: "hcpcs_get", arguments: { codes: ["J1640"] } });
assert.equal(got.structuredContent.found[0].code, "J1640");
const wrong = await client.callTool({ name: "hcpcs_get", arguments: { codes: [] } });
assert.equal(wrong.isError, true);
await client.close();
console.log(`${tools.length} tools: compiled by Ajv in strict mode, asked by the TypeScript SDK`);
