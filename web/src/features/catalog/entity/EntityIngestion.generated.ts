// Written by `npm run codegen` from the public schema; do not edit.

export type EntityIngestionFragment = {
  ref: string;
  displayName: string;
  orphan: boolean;
  ingestion: {
    readAt: string | null;
    stale: boolean;
    error: string | null;
    catalogLocation: {
      id: string;
      target: string;
      removable: boolean;
      entities: {
        totalCount: number;
      };
    } | null;
  };
  conflicts: Array<{
    loser: string;
    document: number;
    since: string;
    message: string;
  }>;
  mayRefresh: boolean | null;
  mayDelete: boolean | null;
};
