# Build with everything, run with what is needed: no compiler, no tests, not root.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
COPY src src
COPY adapters adapters
# Installs and builds (the "prepare" script), without development tools; what only the compiler needs stays behind.
RUN NODE_ENV=production npm ci --no-audit --no-fund \
  && rm -rf node_modules/typescript node_modules/@typescript node_modules/@types

FROM node:20-bookworm-slim
ENV NODE_ENV=production FREBOT_HOST=0.0.0.0 FREBOT_DATA=/data
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY knowledge knowledge
COPY adapters/web/page adapters/web/page
COPY adapters/web/samples adapters/web/samples
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=3s --start-period=15s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3978/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/src/main.js", "serve"]
