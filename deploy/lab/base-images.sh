#!/usr/bin/env bash
# Base images for machines that can't pull: Debian by debootstrap and this machine's SDK, tagged with the names that the Dockerfiles use.
# The one for running has what Microsoft's chiseled one has: glibc, OpenSSL, certificates, a user of number 1654, .NET, and no shell.
set -euo pipefail
work=$1
sdk=mcr.microsoft.com/dotnet/sdk:10.0
runtime=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
root=$work/rootfs

for image in "$sdk" "$runtime" exporter-lab/debian; do
  docker image inspect "$image" >/dev/null 2>&1 || missing=1
done
[ -n "${missing:-}" ] || exit 0

[ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase --include=ca-certificates,libicu72,libssl3 bookworm "$root" >"$work/debootstrap.log"
# What a restore inside a build trusts, and where apt looks, is what this machine does.
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
cp -rL /etc/apt/apt.conf.d "$root/etc/apt/"
tar -C "$root" -c . | docker import - exporter-lab/debian >/dev/null

mkdir -p "$work/sdk" "$work/runtime/usr/share/dotnet"
cp -al "$dotnet" "$work/sdk/dotnet" 2>/dev/null || cp -a "$dotnet" "$work/sdk/dotnet"
printf 'FROM exporter-lab/debian\nCOPY dotnet /usr/share/dotnet\nRUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet\nENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_RUNNING_IN_CONTAINER=true NUGET_CERT_REVOCATION_MODE=offline\n' >"$work/sdk/Dockerfile"
DOCKER_BUILDKIT=0 docker build -q --network host -t "$sdk" "$work/sdk" >/dev/null

bare=$work/runtime
mkdir -p "$bare"/{etc/ssl/certs,tmp,usr/bin,usr/lib,usr/lib64} && chmod 1777 "$bare/tmp"
ln -sfn usr/lib "$bare/lib" && ln -sfn usr/lib64 "$bare/lib64" && ln -sfn ../share/dotnet/dotnet "$bare/usr/bin/dotnet"
(cd "$root" && cp -a --parents usr/lib64/ld-linux-x86-64.so.2 usr/lib/x86_64-linux-gnu/{ld-linux-x86-64.so.2,libc.so.6,libm.so.6,libdl.so.2,libpthread.so.0,librt.so.1,libgcc_s.so.1,libssl.so.3,libcrypto.so.3,libnss_files.so.2,libnss_dns.so.2,libresolv.so.2} "$bare/")
(cd "$root" && cp -a --parents usr/lib/x86_64-linux-gnu/libstdc++.so.6* "$bare/")
cp -L /etc/ssl/certs/ca-certificates.crt "$bare/etc/ssl/certs/"
printf 'root:x:0:0:root:/root:/usr/sbin/nologin\napp:x:1654:1654::/home/app:/usr/sbin/nologin\n' >"$bare/etc/passwd"
printf 'root:x:0:\napp:x:1654:\n' >"$bare/etc/group"
cp -a "$dotnet/dotnet" "$dotnet/host" "$bare/usr/share/dotnet/"
mkdir -p "$bare/usr/share/dotnet/shared"
cp -a "$dotnet/shared/Microsoft.NETCore.App" "$dotnet/shared/Microsoft.AspNetCore.App" "$bare/usr/share/dotnet/shared/"
tar -C "$bare" -c . | docker import \
  -c 'ENV APP_UID=1654' -c 'ENV ASPNETCORE_HTTP_PORTS=8080' -c 'ENV DOTNET_RUNNING_IN_CONTAINER=true' -c 'ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true' \
  -c 'ENV PATH=/usr/bin' -c 'USER 1654' - "$runtime" >/dev/null
