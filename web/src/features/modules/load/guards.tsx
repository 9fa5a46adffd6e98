import { Blocks, type LucideIcon } from "lucide-react";
import { type ComponentType, type ReactNode, Suspense } from "react";
import type { EntityFacts } from "#kit/feature.ts";
import type { ModuleDefinition, ModuleEntity, ModuleIcon, Text } from "#kit/modules/definition.ts";
import { iconNamed } from "#kit/modules/icons.ts";
import { type DrawnModule, ModuleContext } from "#kit/modules/moduleContext.ts";
import { PluginBoundary } from "#kit/PluginBoundary.tsx";
import { Waiting } from "#ui/Waiting.tsx";

const told = new Set<string>();

/** A text of a module; where it cannot say it, what stands in for it. */
export function safeText(module: string, text: Text, otherwise: string): () => string {
  if (typeof text === "string") return () => text;
  return () => {
    try {
      const said: unknown = text();
      if (typeof said === "string") return said;
      throw new Error(`module ${module}: a text of it is ${said === null ? "null" : typeof said}`);
    } catch (error) {
      // Asked at every drawing, told once.
      if (!told.has(`${module} ${otherwise}`)) reportError(error);
      told.add(`${module} ${otherwise}`);
      return otherwise;
    }
  };
}

/** An icon of a module: one of the portal's, or the module's own, which may break without breaking what it stands in. */
export function safeIcon(module: string, icon: ModuleIcon): LucideIcon {
  if (typeof icon === "string") return iconNamed(icon);
  const Own = icon;
  // biome-ignore lint/correctness/noComponentHookFactories: it is made once, when the module is loaded
  const Safe = ({ size }: { size?: number | string }) => (
    <PluginBoundary plugin={module} standIn={<Blocks {...(size !== undefined && { size })} aria-hidden />}>
      <Own {...(size !== undefined && { size })} />
    </PluginBoundary>
  );
  // The portal draws its icons by their size alone.
  return Safe as unknown as LucideIcon;
}

/** A component as the portal draws it: it knows which module it is of, and may wait for itself. */
export function drawn<Props extends object>(
  module: DrawnModule,
  { wrapper: Wrapper }: ModuleDefinition,
  Content: ComponentType<Props>,
): ComponentType<Props> {
  return function Drawn(props: Props) {
    const content = <Content {...props} />;
    return (
      <ModuleContext value={module}>
        <Suspense fallback={<Waiting />}>{Wrapper ? <Wrapper>{content}</Wrapper> : (content as ReactNode)}</Suspense>
      </ModuleContext>
    );
  };
}

const known = new WeakMap<EntityFacts, ModuleEntity>();

/** What a module knows of an entity: what is promised to it, and always the same object of the same entity. */
export function entityOf(facts: EntityFacts): ModuleEntity {
  const before = known.get(facts);
  if (before) return before;
  const { ref, kind, namespace, name, displayName, type, lifecycle, tags, annotations } = facts;
  const entity: ModuleEntity = {
    ref,
    kind,
    namespace,
    name,
    displayName,
    type,
    lifecycle,
    tags,
    annotations: Object.fromEntries(annotations.map(({ key, value }) => [key, value])),
  };
  known.set(facts, entity);
  return entity;
}
