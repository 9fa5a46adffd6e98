import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { Component, type ReactNode } from "react";
import { PartFailure } from "./PartFailure.tsx";

interface PluginBoundaryProps {
  /** The id of the plugin that the part is from. */
  plugin: string;
  /** What it is called on the page; without it, nothing shows in its place, or what stands in for it. */
  title?: string;
  standIn?: ReactNode;
  /** Where this changes, it is tried again. */
  resetKey?: string;
  children: ReactNode;
}

/** Around a part that a plugin adds: where it breaks, it costs its own place and nothing else. */
export function PluginBoundary(props: PluginBoundaryProps) {
  const { reset } = useQueryErrorResetBoundary();
  return <Boundary {...props} onRetry={reset} />;
}

interface State {
  failure: { error: unknown } | null;
  resetKey: string | undefined;
}

class Boundary extends Component<PluginBoundaryProps & { onRetry: () => void }, State> {
  override state: State = { failure: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failure: { error } };
  }

  static getDerivedStateFromProps({ resetKey }: PluginBoundaryProps, state: State): State | null {
    return resetKey === state.resetKey ? null : { failure: null, resetKey };
  }

  override render() {
    const { failure } = this.state;
    const { plugin, title, standIn = null, children, onRetry } = this.props;
    if (!failure) return children;
    if (title === undefined) return standIn;
    const retry = () => {
      onRetry();
      this.setState({ failure: null });
    };
    return <PartFailure plugin={plugin} title={title} error={failure.error} onRetry={retry} />;
  }
}
