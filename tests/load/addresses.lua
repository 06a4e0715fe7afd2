-- What wrk asks, in turn: searches (words, misspelt, begun, with filters, codes), completions as
-- they are typed, and full records. Each address of tests/load/addresses.txt.

local addresses = {}

-- Only here wrk knows the host, which the server checks.
function init()
  for line in io.lines(os.getenv("ADDRESSES")) do
    addresses[#addresses + 1] = wrk.format("GET", line)
  end
end

local at = 0
function request()
  at = at % #addresses + 1
  return addresses[at]
end

function done(summary, latency)
  local seconds = summary.duration / 1e6
  io.write(string.format(
    "%d requests in %.1f s: %.0f a second, p50 %.2f ms, p99 %.2f ms, longest %.1f ms\n",
    summary.requests, seconds, summary.requests / seconds,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("failed %d\n", failed))
end
