namespace Exporter.Delivery.Blocks;

/// <summary>What became of a submission.</summary>
public abstract record CommitReceipt
{
    private CommitReceipt()
    {
    }

    /// <summary>It is stored now.</summary>
    public sealed record Stored : CommitReceipt
    {
        /// <summary>The one instance.</summary>
        public static readonly Stored Instance = new();
    }

    /// <summary>The same request was stored before under this key; nothing was stored again.</summary>
    /// <param name="Answer">The first answer, as it was recorded.</param>
    public sealed record Repeated(ReadOnlyMemory<byte> Answer) : CommitReceipt;

    /// <summary>The key was used for another request in the last 24 hours; nothing was stored.</summary>
    public sealed record KeyReused : CommitReceipt
    {
        /// <summary>The one instance.</summary>
        public static readonly KeyReused Instance = new();
    }
}
