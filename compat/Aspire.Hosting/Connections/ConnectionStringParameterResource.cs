namespace Aspire.Hosting.ApplicationModel;

/// <summary>A connection string that the configuration has.</summary>
internal sealed class ConnectionStringParameterResource(string name, Func<ParameterDefault?, string> callback, string? environmentVariableName)
    : ParameterResource(name, callback, secret: true), IResourceWithConnectionString
{
    public string? ConnectionStringEnvironmentVariable { get; } = environmentVariableName;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{new Itself(this)}");

    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(cancellationToken);

    private sealed class Itself(ParameterResource parameter) : IValueProvider, IManifestExpressionProvider
    {
        public string ValueExpression => $"{{{parameter.Name}.value}}";

        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => parameter.GetValueAsync(cancellationToken);
    }
}
