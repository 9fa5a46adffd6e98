import { Navigate, Outlet, useLocation } from "@tanstack/react-router";
import { Forbidden } from "#kit/Forbidden.tsx";
import { PageTitle } from "#kit/PageTitle.tsx";
import { paths } from "#kit/paths.ts";
import { useGranted } from "#kit/permissions.ts";
import { TabLinks } from "#kit/TabLinks.tsx";
import { defineMessages } from "#lib/i18n/messages.ts";
import { adminSections } from "./features.ts";

const t = defineMessages("admin", { sections: "Administration" });

/** What stays around the pages of the admin area; its navigation names only what the viewer may see. */
export function AdminFrame() {
  const granted = useGranted();
  const { pathname } = useLocation();
  // None before all are known, so that nothing moves.
  const sections = adminSections.filter(({ permission }) => granted && (!permission || granted.has(permission)));
  const section = adminSections.find(({ target }) => pathname === target.to || pathname.startsWith(`${target.to}/`));
  const isRefused = granted && section?.permission !== undefined && !granted.has(section.permission);
  const [first] = sections;
  if (pathname.replace(/\/$/, "") === paths.admin().to && granted && first)
    return <Navigate {...first.target} replace />;
  return (
    <>
      <TabLinks
        label={t("sections")}
        tabs={sections.map(({ title, icon, target }) => ({ title: title(), icon, target }))}
      />
      {isRefused && section.permission ? (
        <>
          <PageTitle title={section.title()} />
          <h1 className="visually-hidden">{section.title()}</h1>
          <Forbidden permission={section.permission} />
        </>
      ) : (
        <Outlet />
      )}
    </>
  );
}
