namespace Grpc.Core;

/// <summary>The call that another is made on behalf of; the stand-in makes none.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
