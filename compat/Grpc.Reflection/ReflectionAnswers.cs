using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Grpc.Reflection;

/// <summary>What a server says of its services.</summary>
internal sealed class ReflectionAnswers(IEnumerable<string> services, SymbolRegistry symbols)
{
    private readonly List<string> _services = [.. services];

    public ReflectionAnswers(IEnumerable<ServiceDescriptor> services) : this([.. services])
    {
    }

    private ReflectionAnswers(IReadOnlyList<ServiceDescriptor> services)
        : this(services.Select(service => service.FullName), SymbolRegistry.FromFiles(services.Select(service => service.File)))
    {
    }

    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                AddFile(response, symbols.FileByName(request.FileByFilename), "File");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                AddFile(response, symbols.FileContainingSymbol(request.FileContainingSymbol), "Symbol");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var extension = request.FileContainingExtension;
                AddFile(response, symbols.FileContainingExtension(extension.ContainingType, extension.ExtensionNumber), "Extension");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                AddExtensionNumbers(response, request.AllExtensionNumbersOfType);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new() { Service = { _services.Select(name => new ServiceResponse { Name = name }) } };
                break;
            default:
                response.ErrorResponse = Error(StatusCode.Unimplemented, "The request asks for nothing that this server knows of.");
                break;
        }
        return response;
    }

    private static void AddFile(ServerReflectionResponse response, FileDescriptor? file, string wanted)
    {
        if (file is null)
        {
            response.ErrorResponse = Error(StatusCode.NotFound, $"{wanted} not found.");
            return;
        }
        var files = new OrderedDictionary<string, FileDescriptor>();
        Collect(file, files);
        response.FileDescriptorResponse = new() { FileDescriptorProto = { files.Values.Select(each => each.SerializedData) } };
    }

    private static void Collect(FileDescriptor file, OrderedDictionary<string, FileDescriptor> files)
    {
        if (!files.TryAdd(file.Name, file))
            return;
        foreach (var dependency in file.Dependencies)
            Collect(dependency, files);
    }

    private void AddExtensionNumbers(ServerReflectionResponse response, string type)
    {
        if (symbols.ExtensionNumbers(type) is { } numbers)
            response.AllExtensionNumbersResponse = new() { BaseTypeName = type, ExtensionNumber = { numbers } };
        else
            response.ErrorResponse = Error(StatusCode.NotFound, "Type not found.");
    }

    private static ErrorResponse Error(StatusCode code, string message) => new() { ErrorCode = (int)code, ErrorMessage = message };
}
