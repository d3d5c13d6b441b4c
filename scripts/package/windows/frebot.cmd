@echo off
rem Runs Frebot with the Node.js beside it. The settings come from the environment and from a file .env in the current folder.
"%~dp0node.exe" "%~dp0app\dist\src\main.js" %*
exit /b %ERRORLEVEL%
