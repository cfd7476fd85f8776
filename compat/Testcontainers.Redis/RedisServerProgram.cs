using System.Globalization;
using Compat.Processes;
using Compat.Servers;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Engine;

namespace Testcontainers.Redis;

/// <summary>This machine's Redis in the place of the image <c>redis</c>.</summary>
internal sealed class RedisServerProgram : IContainerProgram
{
    private const string Client = "redis-cli";
    private readonly RedisProgram server = new(_ => new((string?)null), () => []);

    public string Repository => "redis";

    public IReadOnlyDictionary<ushort, string> Endpoints { get; } = new Dictionary<ushort, string> { [RedisBuilder.RedisPort] = ServerContext.Primary };

    public bool Knows(string variable) => true;

    public string? Missing() => server.Missing();

    public async Task<ContainerPlan> PrepareAsync(ContainerConfiguration described, ServerContext context, CancellationToken cancel)
    {
        var launch = await server.PrepareAsync(context, cancel).ConfigureAwait(false);
        string[] words = [.. context.Arguments.SkipWhile((word, index) => index == 0 && word == "redis-server")];
        var tools = await MakeClientAsync(context, cancel).ConfigureAwait(false);
        return new(launch with { Arguments = [.. launch.Arguments, .. words] }, new Dictionary<string, string>
        {
            ["PATH"] = $"{tools}:{Environment.GetEnvironmentVariable("PATH")}",
        });
    }

    // No variable tells redis-cli the port, so that in this folder it knows it by itself.
    private static async Task<string> MakeClientAsync(ServerContext context, CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(Path.Combine(context.Folder, "bin")).FullName;
        var script = Path.Combine(folder, Client);
        var port = context.Ports[ServerContext.Primary].ToString(CultureInfo.InvariantCulture);
        await OwnFile.WriteAsync(script, ["#!/bin/sh", $"exec '{ProgramPath.Find(Client) ?? Client}' -p {port} \"$@\""], cancel).ConfigureAwait(false);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return folder;
    }
}
