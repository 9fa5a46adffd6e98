import "#ui/tokens.css";
import "#ui/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Portal } from "#app/Portal.tsx";
import { queries } from "#app/router.tsx";
import { loadTexts } from "#languages/loadTexts.ts";
import { Failure } from "#lib/graphql/failure.ts";
import { startLanguage } from "#lib/i18n/language.ts";

const container = document.getElementById("app");
if (!container) throw new Error("the page has no element to draw into");

// What the server refused is told where it happens; anything else is a mistake of ours, for the console as well.
const onCaughtError = (error: unknown) => {
  if (!(error instanceof Failure)) reportError(error);
};

// Not awaited at the top: the parts that load later import from this one, and would wait for it to end.
void startLanguage(loadTexts).then(() =>
  createRoot(container, { onCaughtError }).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Portal />
      </QueryClientProvider>
    </StrictMode>,
  ),
);
