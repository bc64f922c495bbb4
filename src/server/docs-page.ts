import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageFolder } from './package-folder.ts';
import { servedType } from './static-files.ts';

const ROOT = '/api/docs';

/** The page is ours: the one in the package has an inline script, and shows a shop's example. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Drover API</title>
<link rel="icon" href="${ROOT}/favicon-32x32.png">
<link rel="stylesheet" href="${ROOT}/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="${ROOT}/swagger-ui-bundle.js"></script>
<script src="${ROOT}/start.js"></script>
</body>
</html>
`;

/** \`validatorUrl: null\` keeps it from asking a server on the internet. */
const START = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#api',
  validatorUrl: null,
  defaultModelsExpandDepth: -1,
  docExpansion: 'list',
});
`;

/** All that is taken from the package. */
const FILES = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']);

/** What belongs to the page of the API at a path, or null. */
export async function docsContent(pathname: string): Promise<{ type: string; content: string | Buffer } | null> {
  if (pathname === ROOT) return { type: 'text/html; charset=utf-8', content: PAGE };
  if (pathname === `${ROOT}/start.js`) return { type: 'text/javascript; charset=utf-8', content: START };
  const file = pathname.slice(ROOT.length + 1);
  const folder = packageFolder('swagger-ui-dist');
  if (!FILES.has(file) || folder === null) return null;
  return { type: servedType(file), content: await readFile(path.join(folder, file)) };
}
