// Modules that tests write: folders beside a portal, and a host of scripts elsewhere.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Writes a folder for each module, of files by their names; gives what the config says of them. */
export async function writeModules(modules) {
  const root = await mkdtemp(join(tmpdir(), "callboard-modules-"));
  const config = [];
  for (const [id, files] of Object.entries(modules)) {
    for (const [name, text] of Object.entries(files)) {
      const path = join(root, id, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
    config.push({ id, folder: join(root, id) });
  }
  return { config, remove: () => rm(root, { recursive: true, force: true }) };
}

/** A host of scripts, which any page may read; `asked` tells what was asked for. */
export async function startScriptHost(files) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    const text = files[request.url];
    const type = request.url.endsWith(".js") ? "text/javascript" : "application/json";
    const headers = { "content-type": type, "access-control-allow-origin": "*" };
    response.writeHead(text === undefined ? 404 : 200, headers).end(text);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, asked, stop: () => new Promise((closed) => server.close(closed) && server.closeAllConnections()) };
}
