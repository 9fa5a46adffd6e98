import { defineModule } from "@callboard/sdk";
import { annotation, type Settings, StatusCard } from "./StatusCard.tsx";
import { t } from "./texts.ts";

export default defineModule<Settings>({
  sdk: "1.0",
  title: () => t("title"),
  version: "1.0.0",
  readSettings: (settings) => {
    const { endpoint = "status", page } = settings as Record<string, unknown>;
    if (typeof endpoint !== "string") throw new Error("`settings.endpoint` must be the name of a proxy endpoint");
    return { endpoint, page: typeof page === "string" ? page : undefined };
  },
  parts: {
    entityCards: [
      {
        id: "status",
        title: () => t("title"),
        appliesTo: (entity) => annotation in entity.annotations,
        component: StatusCard,
      },
    ],
  },
});
