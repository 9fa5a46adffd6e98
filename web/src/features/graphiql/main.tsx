import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./graphiql.css";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createClient } from "graphql-ws";
import { createRoot } from "react-dom/client";
import { loadTexts } from "#languages/loadTexts.ts";
import { startLanguage } from "#lib/i18n/language.ts";
import { apiAddress, portalTitle, socketAddress } from "#lib/page.ts";
import { send } from "#lib/server.ts";
import { CopyLink } from "./CopyLink.tsx";
import { examples } from "./examples.ts";
import { readLink } from "./link.ts";
import { savedQueriesPlugin } from "./SavedQueries.tsx";

const container = document.getElementById("app");
if (!container) throw new Error("the page has no element to draw into");

// A link may carry a query: /graphiql?query=…&variables=…
const { query, variables } = readLink(window.location.search);
const theme = document.documentElement.dataset.theme;

// The editor itself speaks English alone; what the portal adds to it speaks the language of the reader.
container.lang = "en";
void startLanguage(loadTexts).then(() =>
  createRoot(container).render(
    <GraphiQL
      fetcher={createGraphiQLFetcher({
        url: new URL(apiAddress(), window.location.href).href,
        fetch: send,
        wsClient: createClient({ url: socketAddress(), lazy: true }),
      })}
      plugins={[HISTORY_PLUGIN, savedQueriesPlugin()]}
      defaultEditorToolsVisibility="variables"
      defaultQuery={examples[0]?.query ?? ""}
      {...(query ? { initialQuery: query } : {})}
      {...(variables ? { initialVariables: variables } : {})}
      {...(theme === "light" || theme === "dark" ? { forcedTheme: theme } : {})}
    >
      <GraphiQL.Logo>
        <a href="/">{portalTitle()}</a>
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, merge, copy }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <CopyLink />
          </>
        )}
      </GraphiQL.Toolbar>
    </GraphiQL>,
  ),
);
