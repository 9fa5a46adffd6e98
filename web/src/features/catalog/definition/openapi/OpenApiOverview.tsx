import { linkAddress } from "#lib/linkAddress.ts";
import { at, type Json, textAt } from "../json/access.ts";
import type { Outline } from "../outline.ts";
import { Facts, OutlineTiles, Part } from "../parts/Part.tsx";
import parts from "../parts/Parts.module.css";
import { serversOf } from "../tryIt/servers.ts";
import { t } from "./messages.ts";

/** An OpenAPI definition at a glance. */
export function OpenApiOverview({ document, outline }: { document: Json; outline: Outline }) {
  const servers = serversOf(document, []);
  return (
    <Part title={outline.title ?? ""} description={textAt(document, "info", "description")}>
      <Facts
        facts={[
          [t("servers"), servers.length > 0 && <Servers servers={servers} />],
          [t("contact"), contactOf(at(document, "info", "contact"))],
          [
            t("license"),
            linked(textAt(document, "info", "license", "name"), textAt(document, "info", "license", "url")),
          ],
          [t("terms"), linked(textAt(document, "info", "termsOfService"), textAt(document, "info", "termsOfService"))],
          [
            t("documentation"),
            linked(
              textAt(document, "externalDocs", "description") ?? textAt(document, "externalDocs", "url"),
              textAt(document, "externalDocs", "url"),
            ),
          ],
        ]}
      />
      <OutlineTiles outline={outline} />
    </Part>
  );
}

function Servers({ servers }: { servers: ReturnType<typeof serversOf> }) {
  return (
    <ul>
      {servers.slice(0, 20).map(({ url, description }) => (
        <li key={url}>
          <span className={parts.code}>{url}</span> {description && <span className={parts.faint}>{description}</span>}
        </li>
      ))}
    </ul>
  );
}

function contactOf(contact: unknown) {
  const [name, email, url] = [textAt(contact, "name"), textAt(contact, "email"), textAt(contact, "url")];
  return linked(name ?? email ?? url, url ?? (email && `mailto:${email}`));
}

function linked(text: string | undefined, address: string | undefined) {
  if (!text) return undefined;
  const href = linkAddress(address ?? null);
  if (!href) return text;
  return (
    <a className="prose-link" href={href} target="_blank" rel="noreferrer nofollow">
      {text}
    </a>
  );
}
