using Exporter.ServiceDefaults;
using Exporter.Storage.Postgres;

return await StartFaults.RunAsync(async () =>
{
    var given = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
    var configuration = new ConfigurationBuilder().AddConfiguration(given).AddSettingsFolder(given).Build();
    var (source, options) = configuration.OpenPostgres();
    await using (source)
    {
        var applied = await PostgresMigrations.ApplyWhenUpAsync(source, options.StartTimeout, TimeProvider.System, CancellationToken.None);
        Console.WriteLine(applied.Count == 0 ? "Nothing to apply: the schema goes with this version." : $"Applied {string.Join(", ", applied)}.");
    }
});
