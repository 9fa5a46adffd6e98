import { quoted } from "../tryIt/curl.ts";

/** How a client is told of a server. */
export interface Configuration {
  client: "common" | "vscode" | "claudeCode" | "codex";
  /** The file it belongs into; none for a command. */
  file?: string;
  text: string;
  language: "json" | "text";
}

/** Which way to talk to a server a remote's type means; clients know two. */
export function transportOf(type: string): "http" | "sse" {
  return type.toLowerCase() === "sse" ? "sse" : "http";
}

/** What to paste where, for a server at an address. */
export function configurationsOf(entityName: string, type: string, url: string): Configuration[] {
  const transport = transportOf(type);
  // Clients take a name for a key and part of a command.
  const name = entityName.replace(/[^\w-]+/g, "-");
  const json = (value: object) => JSON.stringify(value, null, 2);
  return [
    {
      client: "claudeCode",
      language: "text",
      text: `claude mcp add --transport ${transport} ${quoted(name)} ${quoted(url)}`,
    },
    {
      client: "vscode",
      file: ".vscode/mcp.json",
      language: "json",
      text: json({ servers: { [name]: { type: transport, url } } }),
    },
    {
      client: "codex",
      file: "~/.codex/config.toml",
      language: "text",
      text: `[mcp_servers.${name}]\nurl = ${JSON.stringify(url)}`,
    },
    { client: "common", language: "json", text: json({ mcpServers: { [name]: { type: transport, url } } }) },
  ];
}
