"""Reads what the FHIR operations answer with the models of `fhir.resources` (PyPI), which refuse
what is not valid R4B, for a valid, a terminated and an unknown code.

Usage: fhir_client.py http://127.0.0.1:8080 [VALID TERMINATED UNKNOWN]
"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request

from fhir.resources.R4B import get_fhir_model_class

SYSTEM = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
ALL = "http://terminology.hl7.org/ValueSet/v3-HealthCareCommonProcedureCodingSystem"


def parse(status, body):
    """The resource of an answer, checked against its model."""
    resource = json.loads(body)
    model = get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    # What the model writes again must hold all that was read.
    written = json.loads(model.model_dump_json())
    assert written == resource, (written, resource)
    return status, model


class Client:
    def __init__(self, base):
        self.base = base

    def send(self, request):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return parse(answer.status, answer.read())
        except urllib.error.HTTPError as error:
            return parse(error.code, error.read())

    def get(self, operation, **parameters):
        query = urllib.parse.urlencode(parameters)
        return self.send(f"{self.base}/fhir/R4/{operation}?{query}")

    def post(self, operation, parameters):
        sent = get_fhir_model_class("Parameters").model_validate({"parameter": parameters})
        return self.send(
            urllib.request.Request(
                f"{self.base}/fhir/R4/{operation}",
                data=sent.model_dump_json().encode(),
                headers={"Content-Type": "application/fhir+json"},
            )
        )


def value(resource, name):
    """The value of a parameter."""
    for parameter in resource.parameter or []:
        if parameter.name == name:
            values = [getattr(parameter, f"value{kind}", None) for kind in
                      ("String", "Uri", "Code", "Boolean", "DateTime")]
            return next((found for found in values if found is not None), None)
    return None


def check_codes(client, valid, terminated, unknown):
    for code, is_known, is_inactive in (
        (valid, True, False),
        (terminated, True, True),
        (unknown, False, False),
    ):
        status, found = client.get("CodeSystem/$lookup", system=SYSTEM, code=code, property="*")
        assert status == (200 if is_known else 404), (code, status)
        kind = "Parameters" if is_known else "OperationOutcome"
        assert found.get_resource_type() == kind, (code, found)
        coding = {"system": SYSTEM, "code": code}
        for operation, parameters in (
            ("CodeSystem/$validate-code", [{"name": "url", "valueUri": SYSTEM},
                                           {"name": "coding", "valueCoding": coding}]),
            ("ValueSet/$validate-code", [{"name": "url", "valueUri": ALL},
                                         {"name": "coding", "valueCoding": coding}]),
        ):
            status, verdict = client.post(operation, parameters)
            assert status == 200, (operation, code, status)
            assert value(verdict, "result") is is_known, (operation, code, verdict)
            assert bool(value(verdict, "inactive")) == is_inactive, (operation, code, verdict)
        status, expanded = client.get("ValueSet/$expand", url=ALL, filter=code, count=5)
        assert status == 200
        # A filter is the beginning of words, so that others may name the code too.
        contained = {one.code: one for one in expanded.expansion.contains or []}
        assert (code in contained) == is_known, (code, list(contained))
        assert not is_known or bool(contained[code].inactive) == is_inactive
        print(f"{code}: lookup, validate-code twice, expand: read without an error")


def main():
    base = sys.argv[1].rstrip("/")
    codes = sys.argv[2:5] or ["J1640", "Q9989", "J0000"]
    client = Client(base)
    status, statement = client.get("metadata")
    assert status == 200 and statement.fhirVersion == "4.0.1"
    status, terminology = client.get("metadata", mode="terminology")
    assert status == 200 and terminology.codeSystem[0].uri == SYSTEM
    print("metadata: both modes read without an error")
    check_codes(client, *codes)
    status, whole = client.get("ValueSet/$expand", url=ALL)
    assert status == 200 and whole.expansion.total == len(whole.expansion.contains)
    print(f"expand: all {whole.expansion.total} codes read without an error")
    status, outcome = client.get("ValueSet/$expand", url="http://elsewhere.example")
    assert status == 404 and outcome.issue[0].code == "not-found"
    status, outcome = client.get("CodeSystem/$lookup")
    assert status == 400 and outcome.issue[0].code == "required"
    print("errors: read without an error")


main()
