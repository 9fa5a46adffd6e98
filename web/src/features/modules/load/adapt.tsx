import type { ComponentType } from "react";
import type { EntityFacts, Feature } from "#kit/feature.ts";
import type { EntityPart, ModuleDefinition, ModuleEntity, ModuleParts } from "#kit/modules/definition.ts";
import { type DrawnModule, EntityContext } from "#kit/modules/moduleContext.ts";
import type { ModulePage } from "#kit/modules/moduleStates.ts";
import { paths, targetOf } from "#kit/paths.ts";
import { ModuleCard } from "../ModuleCard.tsx";
import styles from "../Modules.module.css";
import { drawn, entityOf, safeIcon, safeText } from "./guards.tsx";
import { searchOf } from "./search.tsx";

/** Where boxes of modules stand on a home page that nobody arranged: below those of the portal, which are there sooner. */
const afterOurs = 1000;

/** What a module adds, as what any plugin adds. Its ids are below its own, so that no two modules are in each other's way. */
export function featureOf(module: DrawnModule, definition: ModuleDefinition, parts: ModuleParts): Feature {
  const id = (own: string) => `${module.id}.${own}`;
  const icon = (own: Parameters<typeof safeIcon>[1]) => safeIcon(module.id, own);
  const text = (own: Parameters<typeof safeText>[1], otherwise: string) => safeText(module.id, own, otherwise);
  const appliesTo = ({ appliesTo }: EntityPart) =>
    appliesTo && { appliesTo: (facts: EntityFacts) => appliesTo(entityOf(facts)) };
  const ofEntity = (part: EntityPart) => drawnOfEntity(module, definition, part.component);
  return {
    id: module.id,
    navigation: (parts.navigation ?? []).map(({ title, icon: own, path, group, order, permissions }) => ({
      title: text(title, module.id),
      icon: icon(own),
      target: paths.modulePage(module.id, path),
      ...(group && { group }),
      ...(order !== undefined && { order }),
      ...(permissions && { permissions }),
    })),
    entityTabs: (parts.entityTabs ?? []).map((part) => ({
      id: id(part.id),
      title: text(part.title, part.id),
      ...appliesTo(part),
      component: ofEntity(part),
    })),
    entityCards: (parts.entityCards ?? []).map((part) => {
      const title = text(part.title, part.id);
      const Content = ofEntity(part);
      return {
        id: id(part.id),
        title,
        ...appliesTo(part),
        component: (props: { entity: EntityFacts }) => (
          <ModuleCard module={module.id} title={title()} isFlush={part.isFlush ?? false} link={part.link}>
            <Content {...props} />
          </ModuleCard>
        ),
      };
    }),
    homeWidgets: (parts.homeWidgets ?? []).map((part, position) => ({
      id: id(part.id),
      title: text(part.title, part.id),
      text: text(part.text, part.id),
      icon: icon(part.icon),
      ...(part.width && { width: part.width }),
      ...(part.isInitial && { initial: afterOurs + position }),
      ...(part.permissions && { permissions: part.permissions }),
      ...(part.link && { target: targetOf(part.link) }),
      component: boxed(drawn(module, definition, part.component), part.isFlush),
    })),
    commands: (parts.commands ?? []).map(({ id: own, title, icon: ownIcon, words, permissions, isOffered, run }) => ({
      id: own,
      title: text(title, own),
      icon: icon(ownIcon),
      ...(words && { words: text(words, own) }),
      ...(permissions && { permissions }),
      ...(isOffered && { isOffered }),
      run: ({ navigate, queries }) =>
        run({ navigate: (address) => navigate(targetOf(address)), refresh: () => queries.invalidateQueries() }),
    })),
    search: (parts.search ?? []).map((part) => searchOf(module.id, part)),
    searchResultViews: (parts.searchResultViews ?? []).map(({ id: own, appliesTo, component }) => ({
      id: id(own),
      appliesTo,
      component: drawn(module, definition, component),
    })),
    settingsPanels: (parts.settingsPanels ?? []).map((part) => ({
      id: id(part.id),
      title: text(part.title, part.id),
      icon: icon(part.icon),
      component: drawn(module, definition, part.component),
    })),
  };
}

/** The pages of a module. */
export function pagesOf(module: DrawnModule, definition: ModuleDefinition, { pages = [] }: ModuleParts): ModulePage[] {
  return pages.map(({ path, title, text, component }) => ({
    path,
    title: title ? safeText(module.id, title, module.id) : undefined,
    text: text ? safeText(module.id, text, "") : undefined,
    component: drawn(module, definition, component),
  }));
}

/** The content of a box of the home page, away from its edges unless it means to reach them. */
function boxed(Content: ComponentType, isFlush = false): ComponentType {
  if (isFlush) return Content;
  return function Boxed() {
    return (
      <div className={styles.box}>
        <Content />
      </div>
    );
  };
}

function drawnOfEntity(
  module: DrawnModule,
  definition: ModuleDefinition,
  Own: ComponentType<{ entity: ModuleEntity }>,
): ComponentType<{ entity: EntityFacts }> {
  return drawn(module, definition, ({ entity }: { entity: EntityFacts }) => (
    <EntityContext value={entityOf(entity)}>
      <Own entity={entityOf(entity)} />
    </EntityContext>
  ));
}
