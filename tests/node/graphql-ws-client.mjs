// Drives the WebSocket with the npm client graphql-ws.
import assert from "node:assert/strict";
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const url = `${process.argv[2].replace(/^http/, "ws")}/ws`;

function connect(options = {}) {
  return createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, ...options });
}

async function all(events) {
  const seen = [];
  for await (const event of events) seen.push(event);
  return seen;
}

const client = connect({ connectionParams: { Authorization: "Bearer ada" } });

assert.deepEqual(await all(client.iterate({ query: "{ viewer }" })), [{ data: { viewer: "user:default/ada" } }]);
assert.deepEqual(await all(client.iterate({ query: "mutation { change }" })), [{ data: { change: true } }]);
assert.deepEqual(
  await all(
    client.iterate({
      query: "query A { viewer } subscription B($to: Int!) { count(to: $to) }",
      operationName: "B",
      variables: { to: 3 },
    }),
  ),
  [1, 2, 3].map((count) => ({ data: { count } })),
);
await assert.rejects(all(client.iterate({ query: "{ unknown }" })), (errors) => {
  assert.match(errors[0].message, /unknown/i);
  return true;
});

let ticks = 0;
for await (const { data } of client.iterate({ query: "subscription { ticks }" })) {
  ticks += 1;
  assert.equal(data.ticks, ticks);
  if (ticks === 3) break;
}
assert.equal(ticks, 3);
await client.dispose();

const stranger = connect({ connectionParams: { token: "wrong" } });
await assert.rejects(all(stranger.iterate({ query: "{ viewer }" })), (event) => {
  assert.equal(event.code, 4401);
  return true;
});

let pongs = 0;
const lively = connect({ keepAlive: 10, lazy: false, on: { pong: () => (pongs += 1) } });
while (pongs < 2) await new Promise((resolve) => setTimeout(resolve, 10));
await lively.dispose();

console.log("graphql-ws ok");
