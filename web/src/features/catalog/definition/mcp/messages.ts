import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of MCP servers. */
export const t = defineMessages("mcp", {
  remotes: "Where it is",
  transport_http: "Streamable HTTP",
  transport_sse: "Server-sent events (older clients)",
  connect: "Connect a client",
  configuration: "Configuration",
  remote: "Remote",
  client: "Client",
  client_claudeCode: "Claude Code",
  client_vscode: "VS Code",
  client_codex: "Codex",
  client_common: "Other clients",
  run: "Run this in a terminal:",
  into: "Into `{file}`:",
  commonInto: "Into the client's configuration; most read this:",
  noTools: "Which tools it has a client learns when it connects. It signs in there, not here.",
  badAddress: "This is not an address that a client could connect to.",
});
