// Jest meets TypeScript through Node's own type stripping: types become blanks, so line and branch figures
// of the coverage report are those of the source.
const { createHash } = require('node:crypto');
const { stripTypeScriptTypes } = require('node:module');

module.exports = {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  getCacheKey: (source, path, options) =>
    createHash('sha256')
      .update(`${process.version}\0${path}\0${options.instrument}\0${source}`)
      .digest('hex'),
};
