namespace Grpc.Core.Utils;

/// <summary>Reads and writes whole streams.</summary>
public static class AsyncStreamExtensions
{
    /// <summary>Calls a function for each message that is still to come.</summary>
    public static async Task ForEachAsync<T>(this IAsyncStreamReader<T> streamReader, Func<T, Task> asyncAction)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        ArgumentNullException.ThrowIfNull(asyncAction);
        while (await streamReader.MoveNext(CancellationToken.None))
            await asyncAction(streamReader.Current);
    }

    /// <summary>All messages that are still to come, as a list.</summary>
    public static async Task<List<T>> ToListAsync<T>(this IAsyncStreamReader<T> streamReader)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        var messages = new List<T>();
        while (await streamReader.MoveNext(CancellationToken.None))
            messages.Add(streamReader.Current);
        return messages;
    }

    /// <summary>Writes requests one after another, and then, unless told otherwise, that they were all.</summary>
    public static async Task WriteAllAsync<T>(this IClientStreamWriter<T> streamWriter, IEnumerable<T> elements, bool complete = true)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamWriter);
        ArgumentNullException.ThrowIfNull(elements);
        foreach (var element in elements)
            await streamWriter.WriteAsync(element);
        if (complete)
            await streamWriter.CompleteAsync();
    }

    /// <summary>Writes responses one after another.</summary>
    public static async Task WriteAllAsync<T>(this IServerStreamWriter<T> streamWriter, IEnumerable<T> elements)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamWriter);
        ArgumentNullException.ThrowIfNull(elements);
        foreach (var element in elements)
            await streamWriter.WriteAsync(element);
    }
}
