namespace Grpc.Core;

/// <summary>A method of a service, without its message types.</summary>
public interface IMethod
{
    /// <summary>The kind of call.</summary>
    MethodType Type { get; }

    /// <summary>The service's full name.</summary>
    string ServiceName { get; }

    /// <summary>The method's name.</summary>
    string Name { get; }

    /// <summary>The path that is called: "/service/method".</summary>
    string FullName { get; }
}
