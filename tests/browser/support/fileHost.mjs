// A host of files beside the portal, which tests fill and break.
import { createServer } from "node:http";

/** Starts one; it may be read under its `host`. */
export async function startFileHost() {
  const files = new Map();
  let delay = 0;
  const server = createServer(async (request, response) => {
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    const text = files.get(new URL(request.url, "http://host").pathname);
    if (text === undefined) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/yaml" }).end(text);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const host = `127.0.0.1:${server.address().port}`;
  return {
    host,
    url: (path) => `http://${host}${path}`,
    put: (path, text) => files.set(path, text),
    remove: (path) => files.delete(path),
    /** Lets every answer wait. */
    slow: (milliseconds) => {
      delay = milliseconds;
    },
    stop: () => new Promise((closed) => server.close(closed) && server.closeAllConnections()),
  };
}

/** A descriptor of a component. */
export function component(name, { description = "Made for a test", owner = "crew" } = {}) {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: ${description}
spec: { type: service, lifecycle: production, owner: ${owner} }
`;
}
