export default function TaskDrawer(_: { taskId: string }) {
  return null;
}
