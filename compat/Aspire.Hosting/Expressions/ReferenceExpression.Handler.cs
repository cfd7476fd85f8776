using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <content>The handler of interpolated strings.</content>
public partial class ReferenceExpression
{
    /// <summary>What the compiler makes of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler
    {
        private readonly ReferenceExpressionBuilder builder = new();

        /// <summary>Begins.</summary>
        public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
        {
        }

        /// <summary>Adds text.</summary>
        public void AppendLiteral(string value) => builder.AppendLiteral(value);

        /// <summary>Adds text.</summary>
        public void AppendFormatted(string? value) => builder.AppendFormatted(value);

        /// <summary>Adds a value that is known later.</summary>
        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => builder.AppendFormatted(valueProvider);

        /// <summary>Adds a value that a resource has.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => builder.AppendFormatted(valueProvider.Resource);

        internal ReferenceExpression Build() => builder.Build();
    }
}
