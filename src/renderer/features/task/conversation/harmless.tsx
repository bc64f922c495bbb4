import { Component, type ReactNode } from 'react';

interface HarmlessProps {
  /** Shown in place of what cannot be drawn. */
  instead: ReactNode;
  children: ReactNode;
}

/** Keeps what cannot be drawn from taking the whole window with it. */
export class Harmless extends Component<HarmlessProps, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError() {
    return { broken: true };
  }
  override render() {
    return this.state.broken ? this.props.instead : this.props.children;
  }
}
