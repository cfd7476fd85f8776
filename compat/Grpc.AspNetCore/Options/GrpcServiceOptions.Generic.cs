using System.Diagnostics.CodeAnalysis;

namespace Grpc.AspNetCore.Server;

/// <summary>How one service answers; what is not set here comes from <see cref="GrpcServiceOptions"/>.</summary>
[SuppressMessage("Major Code Smell", "S2326", Justification = "The type is the key of the options.")]
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class;
