import type { Translation } from "#lib/i18n/messages.ts";

export const german: Record<string, Translation> = {
  mcp: {
    remotes: "Erreichbar unter",
    transport_http: "Streamable HTTP",
    transport_sse: "Server-Sent Events (ältere Clients)",
    connect: "Client verbinden",
    configuration: "Konfiguration",
    remote: "Adresse",
    client: "Client",
    client_claudeCode: "Claude Code",
    client_vscode: "VS Code",
    client_codex: "Codex",
    client_common: "Andere Clients",
    run: "Im Terminal ausführen:",
    into: "In `{file}` eintragen:",
    commonInto: "In die Konfiguration des Clients eintragen; die meisten lesen dies:",
    noTools: "Welche Tools der Server hat, erfährt ein Client beim Verbinden. Er meldet sich dort an, nicht hier.",
    badAddress: "Mit dieser Adresse kann sich kein Client verbinden.",
  },
};
