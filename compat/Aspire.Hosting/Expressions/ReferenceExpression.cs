using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with values in it that are known when the application runs.</summary>
public partial class ReferenceExpression : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    private readonly string[] manifestExpressions;

    private ReferenceExpression(string format, IValueProvider[] valueProviders, string[] manifestExpressions)
    {
        Format = format;
        ValueProviders = valueProviders;
        this.manifestExpressions = manifestExpressions;
    }

    /// <summary>The text, with <c>{0}</c> where a value stands.</summary>
    public string Format { get; }

    /// <summary>The values.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>The values as a manifest names them.</summary>
    public IReadOnlyList<string> ManifestExpressions => manifestExpressions;

    /// <inheritdoc />
    public string ValueExpression => string.Format(CultureInfo.InvariantCulture, Format, manifestExpressions);

    IEnumerable<object> IValueWithReferences.References => ValueProviders;

    /// <summary>Makes one of an interpolated string.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var values = new object?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = await ValueProviders[i].GetValueAsync(cancellationToken).ConfigureAwait(false);
        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    internal static ReferenceExpression Of(string format, IValueProvider[] valueProviders, string[] manifestExpressions) =>
        new(format, valueProviders, manifestExpressions);
}
