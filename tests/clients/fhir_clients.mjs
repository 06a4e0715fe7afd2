// Reads, searches and operations of FHIR, as medplum and fhir-kit-client ask them.
//
// Usage: node fhir_clients.mjs http://127.0.0.1:8080

import assert from "node:assert/strict";
import { MedplumClient } from "@medplum/core";
import { Client as Kit } from "fhir-kit-client";

const address = process.argv[2].replace(/\/$/, "");
const SYSTEM = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
const ALL = "http://terminology.hl7.org/ValueSet/v3-HealthCareCommonProcedureCodingSystem";
const value = (parameters, name) => {
  const own = parameters.parameter.find((one) => one.name === name);
  return own && Object.entries(own).find(([key]) => key.startsWith("value"))[1];
};

const kit = new Kit({ baseUrl: `${address}/fhir/R4` });
assert.equal((await kit.capabilityStatement()).fhirVersion, "4.0.1");
assert.equal((await kit.read({ resourceType: "CodeSystem", id: "hcpcs" })).url, SYSTEM);
const systems = await kit.search({ resourceType: "CodeSystem", searchParams: { url: SYSTEM } });
assert.ok(systems.total >= 1);
const sets = await kit.search({ resourceType: "ValueSet", searchParams: { url: ALL } });
assert.equal(sets.total, 1);
const found = await kit.operation({
  name: "lookup", resourceType: "CodeSystem", method: "GET", input: { system: SYSTEM, code: "J1640" },
});
assert.equal(value(found, "code"), "J1640");
const valid = await kit.operation({
  name: "validate-code", resourceType: "ValueSet", id: "hcpcs",
  input: { resourceType: "Parameters", parameter: [{ name: "coding", valueCoding: { system: SYSTEM, code: "J1640" } }] },
});
assert.equal(value(valid, "result"), true);
const batch = await kit.batch({
  body: { resourceType: "Bundle", type: "batch", entry: [{ request: { method: "GET", url: "CodeSystem/hcpcs" } }] },
});
assert.equal(batch.entry[0].resource.url, SYSTEM);
console.log("fhir-kit-client: reads, searches, operations and a batch");

const medplum = new MedplumClient({ baseUrl: address, fhirUrlPath: "fhir/R4" });
assert.equal((await medplum.readResource("CodeSystem", "hcpcs")).url, SYSTEM);
assert.equal((await medplum.searchOne("ValueSet", { url: ALL })).url, ALL);
const expanded = await medplum.valueSetExpand({ url: ALL, filter: "hemin", count: 5 });
assert.ok(expanded.expansion.contains.some((one) => one.code === "J1640"));
console.log("medplum: a read, a search and an expansion");
