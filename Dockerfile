# One file, three images:
#   docker build --target node         -t pinnsweep-node:0.1.0 --build-arg COMMIT=$(eng/revision) .          coordinators, and the command line
#   docker build --target trainer-cpu  -t pinnsweep-trainer-cpu:0.1.0 --build-arg COMMIT=$(eng/revision) .   workers on processors (and all of the above)
#   docker build --target trainer-cuda -t pinnsweep-trainer-cuda:0.1.0 --build-arg COMMIT=$(eng/revision) .  workers on NVIDIA GPUs
# They run as an ordinary user on a read-only root: /data and /tmp are the only places they write to. Nothing secret goes in; tokens,
# certificates and the database's password are mounted or given as variables when a container starts.

# A tag names another image tomorrow; `eng/base-images` asks the registry which one it is today and writes its digest here. These are .NET SDK 10.0.401
# and ASP.NET Core 10.0.12 of October 2026, as several public repositories pin them.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0-noble@sha256:e70cdb7f80b0348f5cb85f19a8f670fca061f033d57eed12fa003d58b0e06317
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble@sha256:222759b391a1aaf241166672c8f99b2d4ada452e7b5319f3c6e8f265a37b5ad4

FROM ${SDK_IMAGE} AS build
WORKDIR /src
COPY . .
# The repository's history stays outside; the commit, with a hash of what differs from it, stands in every result's evidence.
ARG COMMIT=unknown
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
RUN dotnet publish src/PinnSweep/PinnSweep.csproj -c Release -p:SourceRevisionId=$COMMIT -o /out/node

FROM build AS build-trainer-cpu
ARG COMMIT=unknown
RUN dotnet publish src/PinnSweep.Trainer/PinnSweep.Trainer.csproj -c Release -p:SourceRevisionId=$COMMIT -p:TorchBackend=cpu -o /out/trainer

FROM build AS build-trainer-cuda
ARG COMMIT=unknown
RUN dotnet publish src/PinnSweep.Trainer/PinnSweep.Trainer.csproj -c Release -p:SourceRevisionId=$COMMIT -p:TorchBackend=cuda -o /out/trainer

# Ubuntu 24.04: its libstdc++ has what libtorch's wrapper asks for.
FROM ${RUNTIME_IMAGE} AS node
# Of the base image: the user `app`. A number, because Kubernetes cannot tell that a name is not root.
ARG UID=1654
RUN install -d -o $UID -g $UID /data
COPY --from=build /out/node /app
# The diagnostics port of .NET would be a file beside the sockets in /tmp that nobody asked for.
ENV DOTNET_EnableDiagnostics=0 HOME=/tmp PINNSWEEP_STORE=/data/pinnsweep.db PINNSWEEP_WORK=/data/work
WORKDIR /data
VOLUME ["/data", "/tmp"]
# Between nodes, and HTTP.
EXPOSE 4053 8053
USER 1654:1654
STOPSIGNAL SIGTERM
# It asks the node itself, as its variables say; there is nothing else in the image that could.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["/app/pinnsweep", "health"]
ENTRYPOINT ["/app/pinnsweep"]
CMD ["node"]

# libgomp: libtorch's threads.
FROM node AS trainer-base
USER 0:0
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
USER 1654:1654

FROM trainer-base AS trainer-cpu
COPY --from=build-trainer-cpu /out/trainer /app/trainer

FROM trainer-base AS trainer-cuda
COPY --from=build-trainer-cuda /out/trainer /app/trainer
# What the container toolkit of NVIDIA puts in: the driver's own library, and nvidia-smi, by which a node finds its GPUs.
ENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility
