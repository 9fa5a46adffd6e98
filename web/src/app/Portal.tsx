import { RouterProvider } from "@tanstack/react-router";
import { useLanguage } from "#lib/i18n/language.ts";
import { router } from "./router.tsx";

/** The whole portal; it is drawn anew in another language. */
export function Portal() {
  const { language } = useLanguage();
  return <RouterProvider key={language} router={router} />;
}
