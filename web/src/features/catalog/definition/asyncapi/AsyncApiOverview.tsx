import { at, entriesAt, type Json, textAt } from "../json/access.ts";
import { resolve } from "../json/reference.ts";
import type { Outline } from "../outline.ts";
import { Facts, OutlineTiles, Part } from "../parts/Part.tsx";
import parts from "../parts/Parts.module.css";
import { t } from "./messages.ts";

/** An AsyncAPI definition at a glance. */
export function AsyncApiOverview({ document, outline }: { document: Json; outline: Outline }) {
  const servers = entriesAt(document, "servers").slice(0, 20);
  return (
    <Part title={outline.title ?? ""} description={textAt(document, "info", "description")}>
      <Facts
        facts={[
          [
            t("servers"),
            servers.length > 0 && (
              <ul>
                {servers.map(([name, written]) => {
                  const server = resolve(document, written).value;
                  const path = textAt(server, "pathname") ?? "";
                  return (
                    <li key={name}>
                      <span className={parts.code}>
                        {textAt(server, "url") ?? `${textAt(server, "host") ?? ""}${path}`}
                      </span>{" "}
                      <span className={parts.faint}>
                        {[name, textAt(server, "protocol"), textAt(server, "description")].filter(Boolean).join(" · ")}
                      </span>
                    </li>
                  );
                })}
              </ul>
            ),
          ],
          [t("defaultContentType"), textAt(document, "defaultContentType")],
          [at(document, "id") === undefined ? "" : "id", textAt(document, "id")],
        ]}
      />
      <OutlineTiles outline={outline} />
    </Part>
  );
}
