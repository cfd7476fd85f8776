using Exporter.Delivery.Exports;
using Exporter.Router.Admin;
using Exporter.Storage;

namespace Exporter.Standalone;

/// <summary>What a new data folder gets: the admin token, and an example export that is made only once, so that deleting it lasts.</summary>
internal static class FirstStart
{
    private const string ExampleName = "archive-example";

    public static async Task PrepareAsync(IServiceProvider services, DataFolder folder)
    {
        AdminTokenFile.EnsureExists(Path.Combine(folder.Path, "admin.token"));
        var exports = services.GetRequiredService<IExportStore>();
        if (await exports.ReadRevisionAsync(CancellationToken.None) > 0)
            return;

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await exports.CreateAsync(
            new ExportDefinition(
                Guid.CreateVersion7(now),
                ExampleName,
                ExportKind.S3,
                IsEnabled: true,
                new ExportSettings
                {
                    Url = $"file://{folder.Path}/objects/{{source}}/{{api_key}}/{{year}}/{{month}}/{{day}}",
                    BatchReports = 1000,
                    MaxDelay = TimeSpan.FromSeconds(5),
                },
                ConditionalPut.Honoured,
                now,
                now,
                Revision: 0),
            CancellationToken.None);
    }
}
