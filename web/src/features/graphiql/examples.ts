import { defineMessages } from "#lib/i18n/messages.ts";

const t = defineMessages("graphiqlExamples", {
  catalog: "What there is, and who owns it",
  mine: "What I own",
  search: "Find by words",
  facets: "How many of each kind and lifecycle",
  neighbours: "Around one entity",
  apis: "APIs with their providers and consumers",
  problems: "What the catalog has problems with",
  changes: "Changes as they happen",
});

/** A query to start from. */
export interface Example {
  title: () => string;
  query: string;
  variables?: object;
}

/** What shows most of the graph soonest; a test asks the server all of them. */
export const examples: readonly Example[] = [
  {
    title: () => t("catalog"),
    query: `# Every plugin in one graph. Ctrl-Enter runs it.
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
`,
  },
  {
    title: () => t("mine"),
    query: `query Mine {
  viewer {
    ref
    ownershipRefs
  }
  entities(filter: { ownedByViewer: true }, first: 50) {
    totalCount
    nodes {
      ref
      type
      lifecycle
    }
  }
}
`,
  },
  {
    title: () => t("search"),
    query: `query Find($text: String!) {
  entities(text: $text, first: 20) {
    totalCount
    nodes {
      ref
      displayName
      description
    }
  }
}
`,
    variables: { text: "train" },
  },
  {
    title: () => t("neighbours"),
    query: `query Around($ref: EntityRef!) {
  entity(ref: $ref) {
    displayName
    owner {
      ref
    }
    relations(first: 50) {
      totalCount
      nodes {
        type
        targetRef
        target {
          displayName
        }
      }
    }
  }
}
`,
    variables: { ref: "component:default/booking-service" },
  },
  {
    title: () => t("apis"),
    query: `query Apis {
  entities(filter: { kind: ["api"] }, first: 20) {
    nodes {
      ref
      type
      ... on API {
        providers(first: 5) {
          nodes {
            ref
          }
        }
        consumers(first: 5) {
          totalCount
        }
      }
    }
  }
}
`,
  },
  {
    title: () => t("problems"),
    query: `query Problems {
  entities(first: 100) {
    nodes {
      ref
      status {
        level
        type
        message
      }
      ingestion {
        stale
        error
      }
    }
  }
}
`,
  },
  {
    title: () => t("facets"),
    query: `query Facets {
  entities(first: 0) {
    totalCount
    facets(fields: ["kind", "spec.lifecycle"]) {
      field
      values {
        value
        count
      }
    }
  }
}
`,
  },
  {
    title: () => t("changes"),
    query: `subscription Changes {
  entityChanged {
    kind
    ref
  }
}
`,
  },
];
