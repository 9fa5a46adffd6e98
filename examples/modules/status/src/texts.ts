import { defineTexts } from "@callboard/sdk";

export const t = defineTexts({
  en: {
    title: "Status page",
    status: "Its status",
    operational: "operational",
    degraded: "degraded",
    outage: "outage",
    updated: "Told",
    page: "Open the status page",
  },
  de: {
    title: "Statusseite",
    status: "Sein Zustand",
    operational: "in Betrieb",
    degraded: "eingeschränkt",
    outage: "ausgefallen",
    updated: "Gemeldet",
    page: "Statusseite öffnen",
  },
});
