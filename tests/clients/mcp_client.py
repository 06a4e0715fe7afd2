"""Asks the tools at `/mcp` with the Python SDK of the Model Context Protocol, and converts their
schemas as Google's SDK does, which refuses what it does not know.

Usage: mcp_client.py http://127.0.0.1:8080
"""

import asyncio
import sys

from google.genai._mcp_utils import mcp_to_gemini_tools
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

CALLS = {
    "hcpcs_search": {"query": "what J code do I bill for 0.2 mg of glycopyrrolate"},
    "hcpcs_get": {"codes": ["J1640", "J0000"], "include": ["record", "history"]},
    "hcpcs_check": {"lines": ["J1640 JW", {"code": "J1640", "units": 2}, "J1596 x12"]},
    "hcpcs_units": {"code": "J1640", "dose": "7 mg"},
    "hcpcs_history": {"codes": ["J1640"]},
    "hcpcs_releases": {},
}


async def main():
    address = sys.argv[1].rstrip("/")
    async with streamable_http_client(f"{address}/mcp") as (reading, writing, *_):
        async with ClientSession(reading, writing) as session:
            ready = await session.initialize()
            assert ready.server_info.name == "hcpcs", ready
            tools = (await session.list_tools()).tools
            assert len(mcp_to_gemini_tools(tools)) == len(tools)
            for tool in tools:
                assert tool.output_schema, tool.name
            # The SDK validates what a tool gives against its output schema.
            for name, arguments in CALLS.items():
                result = await session.call_tool(name, arguments)
                assert not result.is_error, (name, result)
                assert result.structured_content["provenance"]["release"], name
            found = await session.call_tool("hcpcs_search", CALLS["hcpcs_search"])
            first = found.structured_content["hits"][0]
            assert (first["code"], first["units"]) == ("J1596", 2), first
            newest = result.structured_content["releases"][-1]["id"].split("/")[0]
            compared = {"from": newest, "to": newest}
            result = await session.call_tool("hcpcs_diff", compared)
            assert not result.is_error, result
            wrong = await session.call_tool("hcpcs_search", {"query": ""})
            assert wrong.is_error and "--" not in wrong.content[0].text, wrong
            print(f"{len(tools)} tools: converted by google-genai, asked by the Python SDK")


asyncio.run(main())
