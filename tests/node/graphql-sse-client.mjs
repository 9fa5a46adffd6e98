// Drives the event stream with the npm client graphql-sse, in distinct connections mode.
import assert from "node:assert/strict";
import { createClient } from "graphql-sse";

const url = process.argv[2];

function connect(options = {}) {
  return createClient({ url, singleConnection: false, retryAttempts: 0, ...options });
}

async function all(events) {
  const seen = [];
  for await (const event of events) seen.push(event);
  return seen;
}

const client = connect({ headers: { Authorization: "Bearer ada" } });

assert.deepEqual(await all(client.iterate({ query: "{ viewer }" })), [{ data: { viewer: "user:default/ada" } }]);
assert.deepEqual(await all(client.iterate({ query: "mutation { change }" })), [{ data: { change: true } }]);
assert.deepEqual(
  await all(client.iterate({ query: "subscription S($to: Int!) { count(to: $to) }", variables: { to: 3 } })),
  [1, 2, 3].map((count) => ({ data: { count } })),
);

const [refused] = await all(client.iterate({ query: "{ unknown }" }));
assert.match(refused.errors[0].message, /unknown/i);

let ticks = 0;
for await (const { data } of client.iterate({ query: "subscription { ticks }" })) {
  ticks += 1;
  assert.equal(data.ticks, ticks);
  if (ticks === 3) break;
}
assert.equal(ticks, 3);
client.dispose();

const stranger = connect({ headers: { Authorization: "Bearer wrong" } });
await assert.rejects(all(stranger.iterate({ query: "{ viewer }" })), (error) => {
  assert.equal(error.response.status, 401);
  return true;
});

console.log("graphql-sse ok");
