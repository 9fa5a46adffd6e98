import { ActivityWidget } from "./ActivityWidget.tsx";
import { AttentionWidget } from "./AttentionWidget.tsx";
import { CreateWidget } from "./CreateWidget.tsx";
import { KindsWidget } from "./KindsWidget.tsx";
import { OwnedWidget } from "./OwnedWidget.tsx";
import { StarredWidget } from "./StarredWidget.tsx";

/** One piece to fetch for what is on nearly every home page. */
export const widgets = { ActivityWidget, AttentionWidget, CreateWidget, KindsWidget, OwnedWidget, StarredWidget };
