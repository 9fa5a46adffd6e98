import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./graphiql.css";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createClient } from "graphql-ws";
import { createRoot } from "react-dom/client";
import { apiAddress, portalTitle, socketAddress } from "#lib/page.ts";
import { send } from "#lib/server.ts";

const defaultQuery = `# Every plugin in one graph. Ctrl-Enter runs it.
query Catalog {
  viewer {
    ref
  }
  entities(filter: { kind: ["component"] }, first: 5) {
    totalCount
    nodes {
      ref
      title
      owner {
        ref
      }
      viewerCan(permission: "catalog.entity.read")
    }
  }
}
`;

const container = document.getElementById("app");
if (!container) throw new Error("the page has no element to draw into");

// A link may carry a query: /graphiql?query=…&variables=…
const link = new URLSearchParams(window.location.search);
const query = link.get("query");
const variables = link.get("variables");
const theme = document.documentElement.dataset.theme;

createRoot(container).render(
  <GraphiQL
    fetcher={createGraphiQLFetcher({
      url: new URL(apiAddress(), window.location.href).href,
      fetch: send,
      wsClient: createClient({ url: socketAddress(), lazy: true }),
    })}
    defaultQuery={defaultQuery}
    {...(query ? { initialQuery: query } : {})}
    {...(variables ? { initialVariables: variables } : {})}
    {...(theme === "light" || theme === "dark" ? { forcedTheme: theme } : {})}
  >
    <GraphiQL.Logo>
      <a href="/">{portalTitle()}</a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
