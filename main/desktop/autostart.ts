/** Text of an XDG autostart file for a program. */
export function autostartEntry(program: string): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Jianying Render Station',
    'Name[zh_CN]=剪映渲染站',
    `Exec=${quote(program)} --hidden`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Quoted as the Desktop Entry specification asks for arguments with reserved characters, `%` doubled. */
function quote(program: string): string {
  const escaped = program.replaceAll(/["`$\\]/g, (character) => `\\${character}`).replaceAll('%', '%%');
  return `"${escaped.replaceAll('\\', '\\\\')}"`;
}
