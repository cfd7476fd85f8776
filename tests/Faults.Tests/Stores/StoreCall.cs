namespace Exporter.Faults.Stores;

/// <summary>The calls by which a delivery depends on the store.</summary>
internal enum StoreCall
{
    Claim,
    ReadSettled,
    ReadReports,
    RecordPart,
    RecordOutcome,
}

/// <summary>How a call goes wrong.</summary>
internal enum StoreEffect
{
    /// <summary>Nothing is done, and an error says so.</summary>
    FailBefore,

    /// <summary>It is done, and an error says that it was not.</summary>
    FailAfter,

    /// <summary>The process ends before it; nothing of the attempt follows, and its lease stands.</summary>
    KillBefore,

    /// <summary>The process ends after it.</summary>
    KillAfter,
}
