namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value from outside.</summary>
/// <param name="name">Its name; the configuration has it under <c>Parameters</c>.</param>
/// <param name="callback">Reads it, given what it is when the configuration says nothing.</param>
/// <param name="secret">Whether it is shown nowhere.</param>
public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
    : Resource(name), IResourceWithoutLifetime, IManifestExpressionProvider, IValueProvider
{
    private readonly Lock reading = new();
    private string? value;

    /// <summary>Whether it is shown nowhere.</summary>
    public bool Secret { get; } = secret;

    /// <summary>What it is when the configuration says nothing.</summary>
    public ParameterDefault? Default { get; set; }

    /// <inheritdoc />
    public string ValueExpression => $"{{{Name}.value}}";

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <inheritdoc />
    /// <exception cref="MissingParameterValueException">It has no value.</exception>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        lock (reading)
            return new(value ??= callback(Default));
    }
}
