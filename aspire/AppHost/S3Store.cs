using System.ComponentModel;
using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Exporter.AppHost;

/// <summary>
/// The object store of <c>s3://</c> exports: one that the configuration names, else a container where Docker has its image at hand,
/// else Ceph's gateway where Debian's packages are installed, else none. <c>S3:Store</c> decides otherwise.
/// </summary>
internal static class S3Store
{
    public const string Bucket = "exporter";
    public const string AccessKey = "exporter";
    private const string Image = "docker.io/minio/minio";
    private const string Tag = "RELEASE.2025-09-07T16-13-09Z";
    private const string Endpoint = "http";
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(5);
    private static readonly string[] Programs = ["ceph-mon", "ceph-osd", "radosgw", "monmaptool", "ceph", "radosgw-admin"];

    /// <summary>Adds it, and tells its users where it is and who they are there.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="folder">Where Ceph keeps its data.</param>
    /// <param name="users">The services that bring objects there.</param>
    public static void AddS3Store(this IDistributedApplicationBuilder builder, string name, string folder, params IResourceBuilder<ProjectResource>[] users)
    {
        if (builder.Configuration["Parameters:S3Host"] is not null)
        {
            Tell(users, builder.AddParameter("S3AccessKey"), builder.AddParameter("S3SecretKey", secret: true), builder.AddParameter("S3Host"));
            return;
        }

        var kind = builder.Configuration["S3:Store"] ?? Found();
        if (kind == "none")
        {
            Console.WriteLine($"There is no S3 store: Docker does not have image '{Image}:{Tag}' at hand, and Debian's packages 'radosgw', 'ceph-mon', 'ceph-osd', 'ceph-mgr' and 'ceph-common' are not installed, or 'S3:Store' is 'none'. Exports go to 'file://' or to the store that 'Parameters:S3Host' names.");
            return;
        }

        var port = builder.Configuration["S3:Port"] is { } text ? int.Parse(text) : 9000;
        var secret = builder.AddParameter($"{name}-secret-key", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
        var gateway = kind switch
        {
            "container" => builder.AddMinio(name, port, secret),
            "ceph" => builder.AddCeph(name, port, folder, secret),
            _ => throw new InvalidOperationException($"'S3:Store' must be 'container', 'ceph' or 'none', found '{kind}'."),
        };
        Tell(users, builder.AddParameter($"{name}-access-key", AccessKey), secret, builder.AddParameter($"{name}-host", "localhost"));
        builder.Services.AddHostedService(provider => ActivatorUtilities.CreateInstance<S3Bucket>(provider, gateway, secret.Resource, TimeProvider.System));
    }

    private static EndpointReference AddMinio(this IDistributedApplicationBuilder builder, string name, int port, IResourceBuilder<ParameterResource> secret) =>
        builder.AddContainer(name, Image, Tag)
            .WithArgs("server", "/data")
            .WithEnvironment("MINIO_ROOT_USER", AccessKey)
            .WithEnvironment("MINIO_ROOT_PASSWORD", secret)
            .WithVolume($"{name}-data", "/data")
            .WithHttpEndpoint(port: port, targetPort: 9000, name: Endpoint)
            .WithHttpHealthCheck("/minio/health/ready", endpointName: Endpoint)
            .GetEndpoint(Endpoint);

    private static EndpointReference AddCeph(this IDistributedApplicationBuilder builder, string name, int port, string folder, IResourceBuilder<ParameterResource> secret) =>
        builder.AddExecutable(name, "bash", builder.AppHostDirectory, "ceph.sh", folder)
            .WithHttpEndpoint(port: port, name: Endpoint, env: "S3_PORT")
            .WithEndpoint(name: "monitor", scheme: "tcp", env: "MONITOR_PORT")
            .WithEnvironment("S3_ACCESS_KEY", AccessKey)
            .WithEnvironment("S3_SECRET_KEY", secret)
            .WithHttpHealthCheck("/", endpointName: Endpoint)
            .GetEndpoint(Endpoint);

    private static void Tell(IEnumerable<IResourceBuilder<ProjectResource>> users, IResourceBuilder<ParameterResource> key, IResourceBuilder<ParameterResource> secret, IResourceBuilder<ParameterResource> host)
    {
        foreach (var user in users)
            user.WithEnvironment("Exporter__AllowedHosts__0", host).WithEnvironment("AWS_ACCESS_KEY_ID", key).WithEnvironment("AWS_SECRET_ACCESS_KEY", secret);
    }

    private static string Found()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return HasImage() ? "container" : Programs.All(program => path.Any(folder => File.Exists(Path.Combine(folder, program)))) ? "ceph" : "none";
    }

    private static bool HasImage()
    {
        try
        {
            using var docker = Process.Start(new ProcessStartInfo("docker", ["image", "inspect", "--format", "{{.Id}}", $"{Image}:{Tag}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var has = docker.WaitForExit(LongestQuestion) && docker.ExitCode == 0;
            if (!docker.HasExited)
                docker.Kill();
            return has;
        }
        catch (Win32Exception)
        {
            return false; // There is no Docker.
        }
    }
}
