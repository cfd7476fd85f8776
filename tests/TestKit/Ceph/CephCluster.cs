using System.Diagnostics;
using System.Globalization;
using Exporter.TestKit.Servers;

namespace Exporter.TestKit.Ceph;

/// <summary>A real object store: Ceph's S3 gateway over one monitor and one disk in memory, on free ports, in a temporary folder.</summary>
public sealed class CephCluster : IAsyncDisposable
{
    private static readonly TimeSpan Command = TimeSpan.FromMinutes(2);
    private readonly string folder = Directory.CreateTempSubdirectory("exporter-ceph-").FullName;
    private readonly List<Process> servers = [];
    private readonly int monitorPort = FreePort.Next();
    private readonly int gatewayPort = FreePort.Next();
    private readonly string cluster = Guid.NewGuid().ToString("D");
    private Process? gateway;

    private CephCluster()
    {
    }

    public const string AccessKey = "exporter";

    public const string SecretKey = "exporter-secret";

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{gatewayPort}");

    private string Monitor => string.Create(CultureInfo.InvariantCulture, $"[v1:127.0.0.1:{monitorPort}]");

    private string Configuration => Path.Combine(folder, "ceph.conf");

    /// <summary>Starts it; takes about ten seconds.</summary>
    /// <exception cref="ServerMissingException">A program is not installed.</exception>
    /// <exception cref="InvalidOperationException">A program failed.</exception>
    public static async Task<CephCluster> StartAsync()
    {
        string[] programs = ["ceph-mon", "ceph-osd", "radosgw", "monmaptool", "ceph", "radosgw-admin"];
        if (!programs.All(ServerProgram.IsInstalled))
            throw new ServerMissingException("radosgw");
        var started = new CephCluster();
        try
        {
            await started.StartMonitorAsync();
            await started.StartDiskAsync();
            await started.MakeUserAsync();
            await started.StartGatewayAsync();
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(servers))
            await ServerProgram.StopAsync(server);
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartMonitorAsync()
    {
        await File.WriteAllTextAsync(Configuration, Text());
        Directory.CreateDirectory(Path.Combine(folder, "mon"));
        await RunAsync("monmaptool", "--create", "--clobber", "--addv", "a", Monitor, "--fsid", cluster, Path.Combine(folder, "monmap"));
        await RunAsync("ceph-mon", "-c", Configuration, "--mkfs", "-i", "a", "--monmap", Path.Combine(folder, "monmap"));
        Start("ceph-mon", "-f", "-i", "a");
        await AskMonitorAsync("status");
    }

    private async Task StartDiskAsync()
    {
        var disk = Guid.NewGuid().ToString("D");
        Directory.CreateDirectory(Path.Combine(folder, "osd", "0"));
        await AskMonitorAsync("osd", "new", disk);
        await RunAsync("ceph-osd", "-c", Configuration, "-i", "0", "--mkfs", "--osd-uuid", disk);
        Start("ceph-osd", "-f", "-i", "0");
        await AskMonitorAsync("osd", "crush", "add", "osd.0", "1.0", "host=h", "root=default");
    }

    /// <summary>Kills the gateway, which is the S3 that clients see; what it stored stays.</summary>
    public async Task StopGatewayAsync()
    {
        if (gateway is not { } running)
            return;
        gateway = null;
        servers.Remove(running);
        await ServerProgram.StopAsync(running);
    }

    /// <summary>Starts the gateway on its port, for the first time or again.</summary>
    public async Task StartGatewayAsync()
    {
        gateway = Start("radosgw", "-f", "-n", "client.rgw.a");
        using var http = new HttpClient();
        using var time = new CancellationTokenSource(Command);
        while (!await AnswersAsync(http, time.Token))
        {
            if (gateway.HasExited)
                throw new InvalidOperationException($"radosgw ended: {await File.ReadAllTextAsync(Path.Combine(folder, "radosgw.out"))}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, time.Token);
        }
    }

    private Task<string> MakeUserAsync() =>
        RunAsync("radosgw-admin", "-c", Configuration, "user", "create", "--uid=exporter", "--display-name=exporter", $"--access-key={AccessKey}", $"--secret-key={SecretKey}");

    private async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Endpoint), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Task<string> RunAsync(string name, params string[] arguments) => ServerProgram.RunAsync(folder, Command, name, arguments);

    // A monitor on a busy machine refuses now and then without cause ("problem getting command descriptions").
    private async Task AskMonitorAsync(params string[] command)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System))
        {
            try
            {
                await RunAsync("ceph", ["-c", Configuration, "--connect-timeout", "30", .. command]);
                return;
            }
            catch (InvalidOperationException) when (TimeProvider.System.GetElapsedTime(began) < Command)
            {
                // Once more.
            }
        }
    }

    private Process Start(string name, params string[] arguments)
    {
        var server = ServerProgram.Start(folder, name, ["-c", Configuration, .. arguments]);
        servers.Add(server);
        return server;
    }

    private string Text() =>
        $"""
        [global]
        fsid = {cluster}
        mon host = {Monitor}
        public addr = 127.0.0.1
        cluster addr = 127.0.0.1
        auth cluster required = none
        auth service required = none
        auth client required = none
        osd pool default size = 1
        osd pool default min size = 1
        osd pool default pg num = 4
        osd crush chooseleaf type = 0
        osd crush update on start = false
        osd class update on start = false
        osd objectstore = memstore
        memstore device bytes = 1073741824
        osd class load list = *
        osd class default list = *
        mon data = {folder}/mon/$id
        osd data = {folder}/osd/$id
        keyring = {folder}/keyring
        run dir = {folder}
        admin socket = {folder}/$name.asok
        log file = {folder}/$name.log
        pid file = {folder}/$name.pid
        mon warn on pool no redundancy = false
        mon allow pool size one = true
        paxos propose interval = 0.05
        rgw frontends = beast endpoint=127.0.0.1:{gatewayPort}
        rgw data = {folder}/rgw

        """;
}
