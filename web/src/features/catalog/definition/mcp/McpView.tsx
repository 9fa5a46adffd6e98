import { useState } from "react";
import { linkAddress } from "#lib/linkAddress.ts";
import { Badge } from "#ui/Badge.tsx";
import { CodeBlock } from "#ui/CodeBlock.tsx";
import { CopyButton } from "#ui/CopyButton.tsx";
import { Choice, Select } from "#ui/Field.tsx";
import { HighlightedCode } from "#ui/HighlightedCode.tsx";
import { Prose } from "#ui/Prose.tsx";
import { PartSection } from "../parts/Part.tsx";
import parts from "../parts/Parts.module.css";
import { isWholeAddress } from "../tryIt/servers.ts";
import { type Configuration, configurationsOf, transportOf } from "./configurations.ts";
import { t } from "./messages.ts";

interface Remote {
  type: string;
  url: string;
}

/** A server that is reached at its remotes, and how clients are told of it. */
export function McpView({ name, type, remotes }: { name: string; type: string; remotes: readonly Remote[] }) {
  const reachable = remotes.filter(({ url }) => isWholeAddress(url));
  return (
    <div className={parts.part}>
      <PartSection title={t("remotes")} isAlone>
        <ul className={parts.list}>
          {remotes.map((remote, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a remote may stand there twice
            <li key={position} className={parts.row}>
              <div className={parts.rowHead}>
                <Badge>{remote.type}</Badge>
                <code className={parts.code}>{remote.url}</code>
                <CopyButton text={remote.url} what={remote.url} />
              </div>
              <p className={parts.faint}>
                {linkAddress(remote.url) ? t(`transport_${transportOf(remote.type)}`) : t("badAddress")}
              </p>
            </li>
          ))}
        </ul>
      </PartSection>
      {type.toLowerCase() === "mcp-server" && reachable.length > 0 && <Connect name={name} remotes={reachable} />}
    </div>
  );
}

const clients = ["claudeCode", "vscode", "codex", "common"] as const satisfies Configuration["client"][];

function Connect({ name, remotes }: { name: string; remotes: readonly Remote[] }) {
  const [number, setNumber] = useState(0);
  const [client, setClient] = useState<Configuration["client"]>("claudeCode");
  const remote = remotes[number] ?? remotes[0];
  const configuration = remote && configurationsOf(name, remote.type, remote.url).find((one) => one.client === client);
  if (!configuration) return null;
  const { file, text, language } = configuration;
  const intro = file ? t("into", { file }) : client === "common" ? t("commonInto") : t("run");
  return (
    <PartSection title={t("connect")} isAlone>
      {remotes.length > 1 && (
        <Select aria-label={t("remote")} value={number} onChange={(event) => setNumber(Number(event.target.value))}>
          {remotes.map(({ url }, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a remote may stand there twice
            <option key={position} value={position}>
              {url}
            </option>
          ))}
        </Select>
      )}
      <Choice
        label={t("client")}
        isLabelHidden
        value={client}
        options={clients.map((value) => ({ value, label: t(`client_${value}`) }))}
        onChange={setClient}
      />
      <p className={parts.muted}>
        <Prose text={intro} />
      </p>
      {language === "json" ? (
        <HighlightedCode text={text} language="json" label={t("configuration")} />
      ) : (
        <CodeBlock text={text} label={t("configuration")} />
      )}
      <p className={parts.faint}>{t("noTools")}</p>
    </PartSection>
  );
}
