namespace Exporter.Delivery.Keys;

/// <summary>How often an API key was used on a path on one day.</summary>
/// <param name="Key">A known API key.</param>
/// <param name="Path">Such as <c>v2.geosubmit</c> or <c>grpc.stream</c>.</param>
/// <param name="Day">UTC.</param>
/// <param name="Count">HTTP requests, unary calls or stream messages.</param>
public sealed record RequestCount(string Key, string Path, DateOnly Day, long Count);
