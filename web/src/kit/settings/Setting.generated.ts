// Written by `npm run codegen` from the public schema; do not edit.
import type { TypedDocument } from "#lib/graphql/document.ts";
import type { UpdateViewerSettingsInput } from "#lib/graphql/schema.generated.ts";

export type KeepSettingMutationVariables = {
  input: UpdateViewerSettingsInput;
};

export type KeepSettingMutation = {
  updateViewerSettings: {
    viewer: {
      ref: string;
    };
  } | null;
};

export const KeepSettingDocument = "mutation KeepSetting($input:UpdateViewerSettingsInput!){updateViewerSettings(input:$input){viewer{ref}}}" as TypedDocument<KeepSettingMutation, KeepSettingMutationVariables>;
