import { useParams } from "@tanstack/react-router";
import { Suspense } from "react";
import { useSettingsPanels } from "#kit/feature.ts";
import { AwaitedPart } from "#kit/modules/AwaitedPart.tsx";
import { useModuleOf } from "#kit/modules/moduleStates.ts";
import { NotFound } from "#kit/NotFound.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { PluginBoundary } from "#kit/PluginBoundary.tsx";
import { paths } from "#kit/paths.ts";
import { TabLinks } from "#kit/TabLinks.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { t } from "./messages.ts";

/** The panels of the settings; the first is the page itself. */
export function SettingsPage() {
  const { panel } = useParams({ strict: false }) as { panel?: string };
  const panels = useSettingsPanels();
  const current = panel === undefined ? panels[0] : panels.find(({ id }) => id === panel);
  const isAwaited = useModuleOf(panel) !== undefined;
  if (!current && !isAwaited) return <NotFound />;
  const [first] = panels;
  return (
    <>
      <PageHead title={t("title")} text={t("text")} />
      <TabLinks
        label={t("panels")}
        tabs={panels.map((one) => ({
          title: one.title(),
          icon: one.icon,
          target: paths.settings(one === first ? undefined : one.id),
          isSection: one !== first,
        }))}
      />
      {current ? (
        <PluginBoundary plugin={current.plugin} title={current.title()} resetKey={current.id}>
          <Suspense fallback={<Waiting />}>
            <current.component />
          </Suspense>
        </PluginBoundary>
      ) : (
        <AwaitedPart id={panel ?? ""}>
          <NotFound />
        </AwaitedPart>
      )}
    </>
  );
}
