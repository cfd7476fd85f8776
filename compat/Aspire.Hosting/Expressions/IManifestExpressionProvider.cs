namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that a manifest names by an expression, such as <c>{redis.connectionString}</c>.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>The expression.</summary>
    string ValueExpression { get; }
}
