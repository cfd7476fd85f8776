# Delivers to HTTPS partners; health on 8080.
# Built from the repository's root: docker build -f deploy/images/GeosubmitExport.Dockerfile -t exporter/geosubmitexport .

# The same in every service's file, so that it is built once. What restores comes first: code changes oftener than packages.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS projects
WORKDIR /src
COPY . .
RUN find . -type f -not -name '*.csproj' -not -name '*.props' -not -name '*.targets' -not -name '*.proj' -not -name '*.json' -delete

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY --from=projects /src .
RUN dotnet msbuild deploy/services.proj -t:Restore -v:quiet
COPY . .
RUN dotnet msbuild deploy/services.proj -t:Publish -v:quiet && mkdir /empty \
 && find services/*/bin/Release/net10.0/publish/runtimes -mindepth 1 -maxdepth 1 -not -name linux-x64 -not -name linux-arm64 -exec rm -r {} +

# No shell and no package manager are in this one.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /src/services/GeosubmitExport/bin/Release/net10.0/publish .
# Kestrel listens where Exporter__… says. Diagnostics would write into /tmp, and the root file system may be read-only.
ENV ASPNETCORE_HTTP_PORTS= DOTNET_EnableDiagnostics=0 Exporter__Listen=0.0.0.0
USER 1654:1654
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=15s --start-period=75s CMD ["dotnet", "Exporter.GeosubmitExport.dll", "--probe"]
ENTRYPOINT ["dotnet", "Exporter.GeosubmitExport.dll"]
