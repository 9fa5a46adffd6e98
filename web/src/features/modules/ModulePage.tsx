import { useParams } from "@tanstack/react-router";
import { ModuleFailure } from "#kit/modules/ModuleFailure.tsx";
import { type ModulePage as Page, useModuleOf } from "#kit/modules/moduleStates.ts";
import { NotFound } from "#kit/NotFound.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { PageTitle } from "#kit/PageTitle.tsx";
import { PluginBoundary } from "#kit/PluginBoundary.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { pageAt } from "./matchPath.ts";

/** A page of a module, which may be on its way still when somebody comes by a link. */
export function ModulePage() {
  const { module = "", _splat: path = "" } = useParams({ strict: false }) as Record<string, string | undefined>;
  const known = useModuleOf(module);
  if (!known) return <NotFound />;
  const { state } = known;
  if (state.status === "waiting") return <Waiting />;
  if (state.status === "failed") {
    return (
      <>
        <PageTitle title={module} />
        <h1 className="visually-hidden">{module}</h1>
        <ModuleFailure error={state.error} />
      </>
    );
  }
  const found = pageAt(state.pages, path);
  if (!found) return <NotFound />;
  return (
    <PluginBoundary plugin={module} title={(found.page.title ?? state.title)()} resetKey={path}>
      <Found page={found.page} params={found.params} key={found.page.path} />
    </PluginBoundary>
  );
}

function Found({ page, params }: { page: Page; params: Record<string, string> }) {
  const { title, text, component: Content } = page;
  return (
    <>
      {title && <PageHead title={title()} text={text?.()} />}
      <Content params={params} />
    </>
  );
}
