import { notifications } from '@mantine/notifications';

export function notifyProblem(message: string): void {
  notifications.show({ message, color: 'red', autoClose: 8000, withBorder: true });
}

export function notifyDone(message: string): void {
  notifications.show({ message, autoClose: 4000, withBorder: true });
}
