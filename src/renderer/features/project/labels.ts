/** Everything a person reads when a project is added or removed. */
export const labels = {
  addProject: 'Add a project',
  added: 'Project added.',
  close: 'Close',
  folder: 'Folder',
  folderHint:
    'A git repository. Drop it here, choose it, or type its path. Agents work in copies; the folder is not changed.',
  folderHintBrowser:
    'The path of a git repository on the machine where Drover runs. Agents work in copies; the folder is not changed.',
  folderExample: '/home/you/code/project',
  chooseFolder: 'Choose folder…',
  browserCannotTell: 'A browser cannot tell where a folder is. Type its path, or use the desktop app.',
  folderMissing: 'Give the folder of a git repository.',
  folderIsAddress: 'This is an address. Clone it first, and give the folder it was cloned to.',
  folderNotWhole: 'Give the full path, from the root on, such as /home/you/code/project.',
  trust: 'I trust this repository',
  trustHelp: 'What trust means',
  trustMeaning:
    'Its own hooks, MCP servers and agent settings may run on this machine, with all that you may do. Leave it off for code you have not read: tasks still work, and you can change it later.',
  add: 'Add project',
  removeTitle: (name: string) => `Remove “${name}”?`,
  removeMeaning:
    'Drover forgets the project and its settings. Its folder, its branches and your files stay as they are. This is refused while it has unfinished tasks or workspaces.',
  remove: 'Remove',
  keep: 'Keep',
  removed: (name: string) => `“${name}” was removed from Drover.`,
} as const;
