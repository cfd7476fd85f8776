namespace Grpc.Core;

/// <summary>Adds what shows who calls to the metadata of a call.</summary>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
