"""Reads, searches and operations of FHIR, as fhirpy and fhirclient ask them.

Usage: fhir_clients.py http://127.0.0.1:8080
"""

import sys

from fhirclient.client import FHIRClient
from fhirclient.models.codesystem import CodeSystem
from fhirclient.models.valueset import ValueSet
from fhirpy import SyncFHIRClient

SYSTEM = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
ALL = "http://terminology.hl7.org/ValueSet/v3-HealthCareCommonProcedureCodingSystem"
base = sys.argv[1].rstrip("/") + "/fhir/R4"

client = SyncFHIRClient(base)
assert client.reference("CodeSystem", "hcpcs").to_resource()["url"] == SYSTEM
assert client.resources("CodeSystem").search(url=SYSTEM).first()["url"] == SYSTEM
assert client.resources("ValueSet").search(url=ALL).first()["url"] == ALL
assert client.resources("ValueSet").search(url="http://elsewhere.example").fetch() == []
found = client.execute("CodeSystem/$lookup", "GET", params={"system": SYSTEM, "code": "J1640"})
assert any(one.get("valueCode") == "J1640" for one in found["parameter"]), found
print("fhirpy: a reference, searches and an operation")

smart = FHIRClient(settings={"app_id": "hcpcs-clients", "api_base": base})
assert CodeSystem.read("hcpcs", smart.server).url == SYSTEM
sets = ValueSet.where(struct={"url": ALL}).perform_resources(smart.server)
assert [one.url for one in sets] == [ALL], sets
assert ValueSet.where(struct={"url": "urn:none"}).perform_resources(smart.server) == []
print("fhirclient: a read and searches")
