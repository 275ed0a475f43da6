# The version is that of the package "node" in package.json. Whoever wants the very same bytes every time pins the digest
# as well, in both places (node:24.21.0-bookworm-slim@sha256:…); this prints it:
#   docker buildx imagetools inspect node:24.21.0-bookworm-slim
FROM node:24.21.0-bookworm-slim AS files
WORKDIR /app
COPY package.json package-lock.json ./
# No package that runs in production needs an install script; better-sqlite3 brings its binaries.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY cards ./cards
COPY src ./src
# COPY keeps modes: what was cloned under a strict umask could be read by root alone.
RUN chmod -R u=rwX,go=rX .

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
# Nothing is installed from here on, so what installs goes.
RUN rm -rf /opt/yarn* /usr/local/lib/node_modules \
  /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg
WORKDIR /app
COPY --from=files /app/node_modules ./node_modules
COPY --from=files /app/package.json ./
COPY --from=files /app/cards ./cards
COPY --from=files /app/src ./src
RUN install -d -m 0700 -o 1000 -g 1000 data
USER 1000:1000
# The only folder that is written, besides /tmp.
VOLUME /app/data
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["node", "src/cli/health.ts"]
# What "npm start" does, without npm: it would not pass a SIGTERM on.
CMD ["node", "--max-semi-space-size=16", "--max-old-space-size=1024", "--disable-warning=ExperimentalWarning", "src/main.ts"]
