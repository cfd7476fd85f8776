namespace Exporter.AppHost.Tests.Kit;

/// <summary>The sample application, running.</summary>
public sealed class SampleFixture : IAsyncLifetime
{
    private readonly ScratchFolder folder = new();
    private ApplicationProcess? application;

    internal ApplicationProcess Application => application!;

    public async ValueTask InitializeAsync() => application = await ApplicationProcess.StartSampleAsync(folder.Path);

    public async ValueTask DisposeAsync()
    {
        await Application.DisposeAsync();
        folder.Dispose();
    }
}
