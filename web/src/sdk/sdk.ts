// All that modules of third parties may use, under the name `@callboard/sdk`. What is here is a promise: `web/sdk` has its
// types and its version, and the compiler compares the two in `published.ts`.
export { sdkVersion } from "#kit/modules/sdkVersion.ts";
export { Failure, reason as reasonOf } from "#lib/graphql/failure.ts";
export { defineTexts, formatNumber } from "#lib/i18n/messages.ts";
export { Badge } from "#ui/Badge.tsx";
export { Button } from "#ui/Button.tsx";
export { Card } from "#ui/Card.tsx";
export { CodeBlock } from "#ui/CodeBlock.tsx";
export { CopyButton } from "#ui/CopyButton.tsx";
export { Dialog } from "#ui/Dialog.tsx";
export { Checkbox, Choice, Field, Select, TextArea, TextInput } from "#ui/Field.tsx";
export { Markdown } from "#ui/Markdown.tsx";
export { Banner } from "#ui/Notice.tsx";
export { Skeleton } from "#ui/Skeleton.tsx";
export { ActionsCell, Cell, NameCell, Table } from "#ui/Table.tsx";
export { Time } from "#ui/Time.tsx";
export { toast } from "#ui/toasts.ts";
export { Waiting } from "#ui/Waiting.tsx";
export { useMutation, useQuery, useSubscription } from "./data.ts";
export { defineModule } from "./definition.ts";
export { useEntity, useLanguage, useLocale, useModule, useNavigate, useSetting } from "./module.ts";
export { ButtonLink, EmptyState, EntityLink, ErrorNotice, Fetched, Icon, Link, PageHead, svgIcon } from "./parts.tsx";
export { places } from "./places.ts";
export { proxyFetch, useProxy } from "./proxy.ts";
export { usePermission, useViewer } from "./viewer.ts";
