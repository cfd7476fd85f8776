using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Exporter.ServiceDefaults;

/// <summary>Which gRPC services answer at which door.</summary>
internal sealed class DoorServices(EndpointDataSource endpoints)
{
    public IEnumerable<ServiceDescriptor> At(string? door) => endpoints.Endpoints
        .Where(endpoint => DoorGate.Answers(endpoint, door))
        .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
        .OfType<Type>()
        .Distinct()
        .Select(DescriptorOf)
        .OfType<ServiceDescriptor>()
        .OrderBy(service => service.FullName, StringComparer.Ordinal);

    private static ServiceDescriptor? DescriptorOf(Type service) =>
        service.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)?.BindType
            .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ServiceDescriptor;
}
