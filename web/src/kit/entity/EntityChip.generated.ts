// Written by `npm run codegen` from the public schema; do not edit.

export type EntityChipFragment = {
  ref: string;
  kind: string;
  displayName: string;
};
