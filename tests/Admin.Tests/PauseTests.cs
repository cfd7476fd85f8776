using Exporter.Admin.V1;
using Grpc.Core;

namespace Exporter.Admin.Tests;

public sealed class PauseTests : AdminFixture
{
    [Fact]
    public async Task An_export_is_paused_and_resumed_by_name_or_id()
    {
        var export = await CreateAsync("daily");
        export.Paused.ShouldBeFalse();

        (await Client.PauseExportAsync(new() { Export = "daily" }, cancellationToken: Cancel)).Paused.ShouldBeTrue();
        (await Server.Exports.LoadAsync(Cancel)).Find("daily")!.IsPaused.ShouldBeTrue();
        (await Client.ResumeExportAsync(new() { Export = export.Id }, cancellationToken: Cancel)).Paused.ShouldBeFalse();
        (await Server.Exports.LoadAsync(Cancel)).Find("daily")!.IsPaused.ShouldBeFalse();
        Server.Log.ShouldContain("Export 'daily' was paused at revision 2.");
        Server.Log.ShouldContain("Export 'daily' was resumed at revision 3.");
        await RefusedAsync(StatusCode.NotFound, async () => await Client.PauseExportAsync(new() { Export = "x" }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Pausing_a_paused_export_changes_nothing()
    {
        await CreateAsync("daily", change: offered => offered.Paused = true);
        (await Client.PauseExportAsync(new() { Export = "daily" }, cancellationToken: Cancel)).Revision.ShouldBe(1);
    }

    [Fact]
    public async Task An_update_that_says_nothing_of_it_leaves_an_export_paused()
    {
        var export = await CreateAsync("daily", change: offered => offered.Paused = true);
        export.ClearPaused();
        (await Client.UpdateExportAsync(new() { Export = export }, cancellationToken: Cancel)).Export.Paused.ShouldBeTrue();
        export.Paused = false;
        (await Client.UpdateExportAsync(new() { Export = export }, cancellationToken: Cancel)).Export.Paused.ShouldBeFalse();
    }
}
