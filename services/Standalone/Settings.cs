using Microsoft.Extensions.Options;

namespace Exporter.Standalone;

/// <summary>What the command line and the environment say.</summary>
internal sealed class Settings(string[] args)
{
    private static readonly Dictionary<string, string> KeyBySwitch = new()
    {
        ["--data"] = "Exporter:DataFolder",
        ["--listen"] = "Exporter:Listen",
        ["--http-port"] = "Exporter:HttpPort",
        ["--grpc-port"] = "Exporter:GrpcPort",
        ["--admin-listen"] = "Exporter:AdminListen",
        ["--admin-port"] = "Exporter:AdminPort",
    };

    public const string Usage =
        """
        Exporter in one process: takes reports in, and delivers them to every export that is configured.

          --data FOLDER         where everything is kept (./data)
          --listen ADDRESS      for reports (127.0.0.1)
          --http-port PORT      geosubmit over HTTP, /health, /alive (8080)
          --grpc-port PORT      IngestService over cleartext HTTP/2 (8081)
          --admin-listen ADDRESS
          --admin-port PORT     AdminService for the 'exporter' command (127.0.0.1, 8082)

        Each also by environment: Exporter__DataFolder, Exporter__HttpPort and so on.
        """;

    /// <summary>A builder that knows the settings; the names that other parts read get their defaults here.</summary>
    public WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "Exporter.Standalone" });
        builder.Configuration.AddCommandLine(args, KeyBySwitch);
        var options = Read(builder.Configuration);
        var folder = Path.GetFullPath(options.DataFolder);
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Exporter:DataFolder"] = folder,
                ["Exporter:AdminPort"] = $"{options.AdminPort}",
                ["Exporter:AdminTokenFile"] = Path.Combine(folder, "admin.token"),
                ["Exporter:SecretsFolder"] = Path.Combine(folder, "secrets"),
                ["Exporter:FileRoots:0"] = folder,
            },
        });
        return builder;
    }

    public static StandaloneOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection("Exporter").Get<StandaloneOptions>() ?? new();
        var problems = options.Problems().ToList();
        return problems.Count == 0 ? options : throw new OptionsValidationException("Exporter", typeof(StandaloneOptions), problems);
    }

    /// <summary>The first argument that is not known, or null.</summary>
    public string? Unknown()
    {
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].Split('=')[0];
            if (!KeyBySwitch.ContainsKey(name) || (!args[i].Contains('=', StringComparison.Ordinal) && ++i == args.Length))
                return name;
        }

        return null;
    }
}
