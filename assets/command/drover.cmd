@echo off
setlocal
set ELECTRON_RUN_AS_NODE=1
"%~dp0..\..\Drover.exe" "%~dp0..\app.asar\out\cli\main.js" %*
