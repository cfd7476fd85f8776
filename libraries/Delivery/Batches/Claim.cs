namespace Exporter.Delivery.Batches;

/// <summary>The right to deliver a batch until the lease ends; the attempt number fences late comers (rule C1).</summary>
/// <param name="Batch">What to deliver.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="LeaseUntil">By the store's clock.</param>
public sealed record Claim(Batch Batch, int Attempt, DateTimeOffset LeaseUntil);
