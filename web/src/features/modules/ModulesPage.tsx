import { faultText } from "#kit/modules/ModuleFailure.tsx";
import { type ModuleState, type StatedModule, useModules } from "#kit/modules/moduleStates.ts";
import { sdkVersion } from "#kit/modules/sdkVersion.ts";
import { PageHead } from "#kit/PageHead.tsx";
import { Badge } from "#ui/Badge.tsx";
import { Banner } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { Cell, NameCell, Table } from "#ui/Table.tsx";
import styles from "./Modules.module.css";
import { t } from "./messages.ts";

const badges = {
  waiting: { tone: "neutral", text: () => t("waiting") },
  ready: { tone: "ok", text: () => t("ready") },
  failed: { tone: "danger", text: () => t("failed") },
} as const;

/** The modules of third parties, and what is wrong with those that are not there, for who looks after the portal. */
export function ModulesPage() {
  const modules = useModules();
  const failed = modules.filter(({ state }) => state.status === "failed").length;
  return (
    <>
      <PageHead title={t("modules")} text={t("text")} />
      {failed > 0 && (
        <div className={styles.failures} role="status">
          <Banner tone="danger">{t("failures", { count: failed })}</Banner>
        </div>
      )}
      <Table
        label={t("modules")}
        columns={[
          { title: t("module") },
          { title: t("state") },
          { title: t("adds"), isWide: true },
          { title: t("source"), isWide: true },
        ]}
      >
        {modules.map((one) => (
          <ModuleRow key={one.module.id} {...one} />
        ))}
      </Table>
      <p className={styles.foot}>{t("sdk", { version: sdkVersion })}</p>
    </>
  );
}

function ModuleRow({ module, state }: StatedModule) {
  const version = state.status === "ready" && state.version ? ` ${state.version}` : "";
  return (
    <tr>
      <NameCell
        detail={state.status === "failed" ? <Fault state={state} /> : module.id + version}
        narrow={module.entry}
      >
        {state.status === "ready" ? state.title() : module.id}
      </NameCell>
      <Cell>
        <Badge tone={badges[state.status].tone}>{badges[state.status].text()}</Badge>
      </Cell>
      <Cell isWide isQuiet>
        {state.status === "ready" && <div className={styles.adds}>{addsOf(state)}</div>}
      </Cell>
      <Cell isWide isQuiet>
        <div className={styles.source}>{module.entry}</div>
        {module.integrity && t("checked")}
      </Cell>
    </tr>
  );
}

function Fault({ state: { error } }: { state: Extract<ModuleState, { status: "failed" }> }) {
  return (
    <div className={styles.fault}>
      {faultText(error.fault)}
      <div>
        <Prose text={error.detail} />
      </div>
    </div>
  );
}

const sorts = [
  "navigation",
  "entityTabs",
  "entityCards",
  "homeWidgets",
  "commands",
  "search",
  "searchResultViews",
  "settingsPanels",
] as const;

function addsOf({ feature, pages }: Extract<ModuleState, { status: "ready" }>): string {
  const counts = [
    ...(pages.length > 0 ? [t("pages", { count: pages.length })] : []),
    ...sorts.flatMap((sort) => {
      const count = feature[sort]?.length ?? 0;
      return count > 0 ? [t(sort, { count })] : [];
    }),
  ];
  return counts.join(", ") || t("nothing");
}
