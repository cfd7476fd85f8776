namespace DotNet.Testcontainers.Configurations;

/// <summary>Something did not come true in as many tries as there were.</summary>
public sealed class RetryLimitExceededException(string message) : Exception(message);
