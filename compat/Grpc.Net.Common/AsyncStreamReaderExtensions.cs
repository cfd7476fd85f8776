using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>Reads streams with <c>await foreach</c>.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>All messages that are still to come.</summary>
    public static IAsyncEnumerable<T> ReadAllAsync<T>(
        this IAsyncStreamReader<T> streamReader, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return EachAsync(streamReader, cancellationToken);
    }

    private static async IAsyncEnumerable<T> EachAsync<T>(
        IAsyncStreamReader<T> reader, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (await reader.MoveNext(cancel))
            yield return reader.Current;
    }
}
