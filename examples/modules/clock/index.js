// A module that lives in the browser alone, written by hand: what it imports, the portal gives it.
import { createElement as h, useEffect, useState } from "react";
import {
  Badge,
  Button,
  Cell,
  Checkbox,
  NameCell,
  Table,
  defineModule,
  defineTexts,
  toast,
  useLocale,
  useModule,
  useSetting,
} from "@callboard/sdk";

const t = defineTexts({
  en: {
    title: "World clock",
    text: "What time it is where the others are, and who of them is at work.",
    widgetText: "What time it is where the others are.",
    city: "Place",
    time: "Time",
    day: "Day",
    atWork: "at work",
    off: "off",
    copy: "Copy the time as UTC",
    copied: "{time} is on the clipboard",
    places: "Places of the clock",
    placesText: "Which places your clock shows. Without any, it shows all of them.",
    search: "Time zones",
  },
  de: {
    title: "Weltuhr",
    text: "Wie spät es bei den anderen ist, und wer von ihnen gerade arbeitet.",
    widgetText: "Wie spät es bei den anderen ist.",
    city: "Ort",
    time: "Zeit",
    day: "Tag",
    atWork: "bei der Arbeit",
    off: "frei",
    copy: "Die Zeit als UTC kopieren",
    copied: "{time} ist in der Zwischenablage",
    places: "Orte der Uhr",
    placesText: "Welche Orte Ihre Uhr zeigt. Ohne Auswahl zeigt sie alle.",
    search: "Zeitzonen",
  },
});

/**
 * @typedef {{ name: string, zone: string }} Place
 * @typedef {{ places: Place[] }} Settings
 */

/** @param {unknown} settings @returns {Settings} */
function readSettings(settings) {
  const { places } = /** @type {{ places?: unknown }} */ (settings);
  if (!Array.isArray(places) || places.length === 0) {
    throw new Error("`settings.places` must be a list of places, each with a `name` and a `zone`");
  }
  return {
    places: places.map(({ name, zone }, position) => {
      try {
        new Intl.DateTimeFormat("en", { timeZone: zone });
      } catch {
        throw new Error(`\`settings.places[${position}].zone\` is no time zone: ${zone}`);
      }
      return { name: String(name), zone: String(zone) };
    }),
  };
}

/** The time, told anew at every full minute. */
function useMinute() {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setTimeout(() => setNow(new Date()), 60_000 - (now.getTime() % 60_000));
    return () => clearTimeout(timer);
  }, [now]);
  return now;
}

/** @param {Date} now @param {string} zone */
function isWorkTime(now, zone) {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", weekday: "short" }).formatToParts(
    now,
  );
  const part = (/** @type {string} */ type) => parts.find((one) => one.type === type)?.value ?? "";
  const hour = Number(part("hour"));
  return hour >= 9 && hour < 17 && !["Sat", "Sun"].includes(part("weekday"));
}

function Clocks() {
  const now = useMinute();
  const locale = useLocale();
  const { settings } = /** @type {import("@callboard/sdk").Module<Settings>} */ (useModule());
  const { value: chosen } = /** @type {{ value: string[] | null }} */ (useSetting("zones"));
  const places = settings.places.filter(({ zone }) => !chosen?.length || chosen.includes(zone));
  /** @param {string} zone @param {Intl.DateTimeFormatOptions} options */
  const format = (zone, options) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(now);
  return h(
    Table,
    {
      label: t("title"),
      columns: [{ title: t("city") }, { title: t("day"), isWide: true }, { title: t("time"), isNumber: true }],
    },
    places.map(({ name, zone }) =>
      h(
        "tr",
        { key: zone },
        h(NameCell, null, name, " ", isWorkTime(now, zone) && h(Badge, { tone: "ok" }, t("atWork"))),
        h(Cell, { isWide: true, isQuiet: true }, format(zone, { weekday: "long" })),
        h(Cell, { isNumber: true }, format(zone, { hour: "2-digit", minute: "2-digit" })),
      ),
    ),
  );
}

function Places() {
  const { settings } = /** @type {import("@callboard/sdk").Module<Settings>} */ (useModule());
  const { value, isKnown, set } =
    /** @type {{ value: string[] | null, isKnown: boolean, set: (value: string[] | null) => void }} */ (
      useSetting("zones")
    );
  const chosen = value ?? [];
  return h(
    "fieldset",
    { style: { display: "grid", gap: 12, maxWidth: 480 }, disabled: !isKnown },
    h("legend", { style: { marginBottom: 12, color: "var(--text-muted)" } }, t("placesText")),
    settings.places.map(({ name, zone }) =>
      h(Checkbox, {
        key: zone,
        label: name,
        hint: zone,
        checked: chosen.includes(zone),
        onChange: (event) => {
          const others = chosen.filter((one) => one !== zone);
          set(event.target.checked ? [...others, zone] : others);
        },
      }),
    ),
  );
}

async function copyTime() {
  const time = new Date().toISOString().slice(0, 16) + "Z";
  await navigator.clipboard.writeText(time);
  toast(t("copied", { time }));
}

export default defineModule({
  sdk: "1.0",
  title: () => t("title"),
  version: "1.0.0",
  readSettings,
  parts: ({ settings }) => ({
    pages: [{ path: "/", title: () => t("title"), text: () => t("text"), component: Page }],
    navigation: [{ title: () => t("title"), icon: "clock", group: "tools" }],
    homeWidgets: [
      {
        id: "clocks",
        title: () => t("title"),
        text: () => t("widgetText"),
        icon: "clock",
        isInitial: true,
        isFlush: true,
        link: "/x/clock",
        component: Clocks,
      },
    ],
    commands: [{ id: "utc", title: () => t("copy"), icon: "clock", words: "time now zulu", run: copyTime }],
    search: [
      {
        id: "zones",
        title: () => t("search"),
        find: async (words) =>
          settings.places
            .filter(({ name, zone }) => `${name} ${zone}`.toLowerCase().includes(words.toLowerCase()))
            .map(({ name, zone }) => ({ id: zone, title: name, detail: zone, icon: "clock", address: "/x/clock" })),
      },
    ],
    settingsPanels: [{ id: "places", title: () => t("places"), icon: "clock", component: Places }],
  }),
});

function Page() {
  return h(
    "div",
    { style: { display: "grid", gap: 16 } },
    h(Clocks),
    h("div", null, h(Button, { onClick: () => void copyTime() }, t("copy"))),
  );
}
