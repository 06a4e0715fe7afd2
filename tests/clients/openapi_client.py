"""Validates `/openapi.json`, generates a client from it with openapi-python-client, and asks with it:
a search, a code, a diff.

Usage: openapi_client.py http://127.0.0.1:8080 FOLDER
"""

import compileall
import importlib
import json
import pathlib
import subprocess
import sys
import urllib.request

from openapi_spec_validator import validate

address, folder = sys.argv[1].rstrip("/"), pathlib.Path(sys.argv[2])
with urllib.request.urlopen(f"{address}/openapi.json", timeout=30) as answer:
    description = json.load(answer)
validate(description)
print("openapi.json: valid")

folder.mkdir(parents=True, exist_ok=True)
source = folder / "openapi.json"
source.write_text(json.dumps(description))
generated = folder / "generated"
tool = pathlib.Path(sys.executable).with_name("openapi-python-client")
subprocess.run(
    [tool, "generate", "--path", source, "--output-path", generated, "--overwrite", "--meta", "none"],
    check=True,
    stdout=subprocess.DEVNULL,
)
assert compileall.compile_dir(generated, quiet=1)
sys.path.insert(0, str(folder))
client = importlib.import_module("generated").Client(base_url=address)
api = lambda name: importlib.import_module(f"generated.api.{name}")

found = api("search.search").sync(client=client, q="hemin", limit=3)
assert found.hits[0].code == "J1640", found
details = api("codes.get_code").sync(client=client, code="J1640")
assert details.record.code == "J1640", details
status = api("status.get_status").sync(client=client)
newest = status.releases[-1].id.split("/")[0]
changes = api("diff.diff").sync(client=client, old=newest, new=newest)
assert changes.added == [], changes
print("openapi-python-client: a search, a code and a diff were asked")
