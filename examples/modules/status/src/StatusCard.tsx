import { Badge, Fetched, Link, type ModuleEntity, Time, useModule, useProxy } from "@callboard/sdk";
import { readStatus } from "./status.ts";
import { t } from "./texts.ts";

/** What an entity says which service it is at the other company. */
export const annotation = "status.example.org/service";

/** What the config says to the module. */
export interface Settings {
  endpoint: string;
  page: string | undefined;
}

const tones = { operational: "ok", degraded: "warning", outage: "danger" } as const;

/** How a service is that another company runs for us. */
export function StatusCard({ entity }: { entity: ModuleEntity }) {
  const { settings } = useModule<Settings>();
  const service = encodeURIComponent(entity.annotations[annotation] ?? "");
  const query = useProxy(settings.endpoint, `/v1/services/${service}`, { read: readStatus, refreshEvery: 60_000 });
  return (
    <Fetched query={query} what={t("status")}>
      {({ state, message, updatedAt }) => (
        <div style={{ display: "grid", gap: 8, justifyItems: "start" }}>
          <Badge tone={tones[state]}>{t(state)}</Badge>
          {message !== "" && <p>{message}</p>}
          <p style={{ color: "var(--text-muted)", fontSize: 12 }}>
            {t("updated")} <Time at={updatedAt} />
          </p>
          {settings.page && (
            <Link to={settings.page} className="prose-link">
              {t("page")}
            </Link>
          )}
        </div>
      )}
    </Fetched>
  );
}
