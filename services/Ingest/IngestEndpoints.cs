namespace Exporter.Ingest;

/// <summary>Ingest's two doors.</summary>
public sealed record IngestEndpoints(IEndpointConventionBuilder Http, IEndpointConventionBuilder Grpc);
