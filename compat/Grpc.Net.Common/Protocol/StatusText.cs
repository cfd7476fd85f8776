using System.Globalization;
using Grpc.Core;

namespace Grpc.Net.Protocol;

/// <summary>Status codes as decimal numbers.</summary>
internal static class StatusText
{
    private static readonly string[] Known =
        [.. Enumerable.Range(0, 17).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    public static string Of(StatusCode status) => (int)status is >= 0 and <= 16 and var code
        ? Known[code]
        : ((int)status).ToString(CultureInfo.InvariantCulture);
}
