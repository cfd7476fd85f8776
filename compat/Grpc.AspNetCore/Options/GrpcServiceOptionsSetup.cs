using System.IO.Compression;
using Grpc.Net.Compression;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server;

/// <summary>The defaults of all services.</summary>
internal sealed class GrpcServiceOptionsSetup : IConfigureOptions<GrpcServiceOptions>
{
    public void Configure(GrpcServiceOptions options)
    {
        options.MaxReceiveMessageSize = GrpcServiceOptions.DefaultMaxReceiveMessageSize;
        options.CompressionProviders.Add(new GzipCompressionProvider(CompressionLevel.Fastest));
    }
}
