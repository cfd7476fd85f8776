using System.Globalization;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes a <see cref="ReferenceExpression"/> piece by piece.</summary>
public class ReferenceExpressionBuilder
{
    private readonly StringBuilder format = new();
    private readonly List<IValueProvider> valueProviders = [];
    private readonly List<string> manifestExpressions = [];

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty => format.Length == 0;

    /// <summary>Adds an interpolated string.</summary>
    public void Append(in ReferenceExpression.ExpressionInterpolatedStringHandler handler)
    {
        var part = handler.Build();
        AppendFormatted(part);
    }

    /// <summary>Adds text.</summary>
    public void AppendLiteral(string value) => format.Append(value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    /// <summary>Adds text.</summary>
    public void AppendFormatted(string? value) => AppendLiteral(value ?? "");

    /// <summary>Adds a value that is known later.</summary>
    public void AppendFormatted<T>(T valueProvider)
        where T : IValueProvider, IManifestExpressionProvider
    {
        format.Append(CultureInfo.InvariantCulture, $"{{{valueProviders.Count}}}");
        valueProviders.Add(valueProvider);
        manifestExpressions.Add(valueProvider.ValueExpression);
    }

    /// <summary>The whole.</summary>
    public ReferenceExpression Build() => ReferenceExpression.Of(format.ToString(), [.. valueProviders], [.. manifestExpressions]);
}
