import { portalTitle } from "#lib/page.ts";

/** What the window, the history and a screen reader call this page. */
export function PageTitle({ title }: { title: string }) {
  return <title>{`${title} · ${portalTitle()}`}</title>;
}
