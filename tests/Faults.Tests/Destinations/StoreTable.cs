using Exporter.Faults.Matrix;
using Exporter.Faults.Stores;

namespace Exporter.Faults.Destinations;

/// <summary>The faults of the store and of the process, by the calls that a delivery makes.</summary>
internal static class StoreTable
{
    public const string Claim = "claim";
    public const string ReadSettled = "read what is settled";
    public const string ReadReports = "read reports";
    public const string FirstPart = "record the first part";
    public const string LaterPart = "record a later part";
    public const string Outcome = "record the outcome";

    public static MatrixTable Of(IMatrixDestination destination, FaultyStore store) => new(
        "store and process",
        destination.StoreStages,
        [
            Fault("the store fails before it", StoreEffect.FailBefore, store),
            Fault("done, and its answer is lost", StoreEffect.FailAfter, store),
            Fault("killed before it", StoreEffect.KillBefore, store),
            Fault("killed after it", StoreEffect.KillAfter, store),
        ]);

    private static MatrixFault Fault(string name, StoreEffect effect, FaultyStore store) => new(name, stage =>
    {
        var (call, skip) = CallOf(stage);
        store.FailNext(call, effect, skip);
        return Task.FromResult(true);
    })
    {
        LosesAnswer = stage => stage is FirstPart or LaterPart && effect is StoreEffect.FailBefore or StoreEffect.KillBefore,
    };

    private static (StoreCall Call, int Skip) CallOf(string stage) => stage switch
    {
        Claim => (StoreCall.Claim, 0),
        ReadSettled => (StoreCall.ReadSettled, 0),
        ReadReports => (StoreCall.ReadReports, 0),
        FirstPart => (StoreCall.RecordPart, 0),
        LaterPart => (StoreCall.RecordPart, 1),
        _ => (StoreCall.RecordOutcome, 0),
    };
}
