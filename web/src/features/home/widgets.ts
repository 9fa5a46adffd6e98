import { LinksWidget } from "./links/LinksWidget.tsx";
import { RecentWidget } from "./RecentWidget.tsx";
import { SearchWidget } from "./SearchWidget.tsx";

/** One piece to fetch for what is on nearly every home page. */
export const widgets = { LinksWidget, RecentWidget, SearchWidget };
