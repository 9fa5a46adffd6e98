-- One kind of question for wrk, named by LOAD_QUESTION; prints one row of the table.
local ref, owner = os.getenv("LOAD_REF"), os.getenv("LOAD_OWNER")
local questions = {
  floor = { "the graph's floor: __typename", "{ __typename }", "{}" },
  entity = { "entity by ref", "query ($ref: EntityRef!) { entity(ref: $ref) { ref title description spec tags } }", '{"ref":"' .. ref .. '"}' },
  list = { "list of 20, filter, order, count",
    "query ($owner: [EntityRef!]) { entities(filter: { kind: [\\\"Component\\\"], owner: $owner }, orderBy: [{ field: \\\"metadata.name\\\" }], first: 20) { totalCount pageInfo { hasNextPage endCursor } nodes { ref title description type lifecycle } } }",
    '{"owner":["' .. owner .. '"]}' },
  facets = { "facets on four fields", "{ entities(filter: { kind: [\\\"Component\\\"] }, first: 0) { totalCount facets(fields: [\\\"spec.type\\\", \\\"spec.lifecycle\\\", \\\"spec.owner\\\", \\\"metadata.tags\\\"]) { field values { value count } } } }", "{}" },
  relations = { "three levels of relations",
    "query ($ref: EntityRef!) { entity(ref: $ref) { ref owner { ref ... on Group { members(first: 10) { nodes { ref displayName ... on User { memberOf(first: 5) { nodes { ref displayName } } } } } } } system { ref components(first: 10) { nodes { ref owner { ref displayName } } } } } }",
    '{"ref":"' .. ref .. '"}' },
}
local question = questions[os.getenv("LOAD_QUESTION")]

wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.body = '{"query":"' .. question[2] .. '","variables":' .. question[3] .. "}"

local bad = 0
function response(status, _, body)
  if status ~= 200 or body:find('"errors"', 1, true) then
    if bad == 0 then io.stderr:write(body:sub(1, 400), "\n") end
    bad = bad + 1
  end
end

function done(summary, latency)
  local rate = summary.requests / (summary.duration / 1e6)
  io.write(string.format("%-34s %10.0f %9.2f %9.2f\n", question[1], rate, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
