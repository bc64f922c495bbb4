// What Electron itself costs: one window with one word in it. Says on stdout when it is ready to be shown, in
// milliseconds since 1970. With --hidden the window is hidden again at once.
const path = require('node:path');
const { app, BrowserWindow } = require('electron');

app.setPath('userData', String(process.env.EMPTY_APP_PROFILE));
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false, webPreferences: { sandbox: true } });
  window.once('ready-to-show', () => {
    process.stdout.write(`ready ${Date.now()}\n`);
    window.show();
    if (process.argv.includes('--hidden')) window.hide();
  });
  window.loadFile(path.join(__dirname, 'index.html'));
});
