namespace Exporter.Delivery.Batches;

/// <summary>An attempt wanted to record something after its claim had become another's; nothing was recorded.</summary>
public sealed class ClaimLostException(Claim claim)
    : Exception($"Attempt {claim.Attempt} at batch {claim.Batch.Id} no longer holds its claim.");
