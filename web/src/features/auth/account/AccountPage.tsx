import { useParams } from "@tanstack/react-router";
import { CircleUserRound, KeyRound, Link2, MonitorSmartphone } from "lucide-react";
import { NotFound } from "#kit/NotFound.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { paths } from "#kit/paths.ts";
import { TabLinks } from "#kit/TabLinks.tsx";
import { OwnSessions } from "../sessions/OwnSessions.tsx";
import { OwnTokens } from "../tokens/OwnTokens.tsx";
import { ConnectionsTab } from "./ConnectionsTab.tsx";
import { t } from "./messages.ts";
import { ProfileTab } from "./ProfileTab.tsx";

const parts = [
  { id: undefined, title: () => t("profile"), icon: CircleUserRound, component: ProfileTab },
  { id: "sessions", title: () => t("sessions"), icon: MonitorSmartphone, component: OwnSessions },
  { id: "tokens", title: () => t("tokens"), icon: KeyRound, component: OwnTokens },
  { id: "connections", title: () => t("connections"), icon: Link2, component: ConnectionsTab },
];

/** Who one is here, where one is signed in, and what acts in one's name. */
export function AccountPage() {
  const { tab } = useParams({ strict: false }) as { tab?: string };
  const current = parts.find(({ id }) => id === tab);
  if (!current) return <NotFound />;
  const Content = current.component;
  return (
    <>
      <PageHead title={t("title")} />
      <TabLinks
        label={t("parts")}
        tabs={parts.map(({ id, title, icon }) => ({
          title: title(),
          icon,
          target: paths.account(id),
          isSection: id !== undefined,
        }))}
      />
      <Content />
    </>
  );
}
