namespace Exporter.Delivery.Batches;

/// <summary>The right to deliver a batch until the lease ends; the attempt number fences late comers (rule C1).</summary>
/// <param name="Batch">What to deliver.</param>
/// <param name="Attempt">From 1; never given twice.</param>
/// <param name="LeaseUntil">By the store's clock.</param>
public sealed record Claim(Batch Batch, int Attempt, DateTimeOffset LeaseUntil)
{
    /// <summary>Which attempt it is since the batch was sealed or last replayed, from 1: back-off and the most attempts go by it.</summary>
    public int Try { get; init; } = Attempt;

    /// <summary>When the claim was made, by the store's clock.</summary>
    public DateTimeOffset ClaimedAt { get; init; } = LeaseUntil;
}
