using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.S3Export.Files;
using Exporter.TestKit.Batches;

namespace Exporter.S3Export.Tests.Files;

/// <summary>The sender to folders, under a root of its own.</summary>
internal sealed class FolderSender : IDisposable
{
    public FolderSender()
    {
        Root = Directory.CreateTempSubdirectory("exporter-files-").FullName;
        Sender = new(new FileRoots([Root]));
        Export = TestExports.ToFolder(Path.Combine(Root, "objects"));
    }

    public string Root { get; }

    public FileSender Sender { get; }

    public ExportDefinition Export { get; }

    /// <summary>Every file under the root.</summary>
    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Order(StringComparer.Ordinal)];

    public Task<Outcome> SendAsync(TestBatch batch, int number = 1) => Sender.SendAsync(batch.Attempt(Export, number), TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
