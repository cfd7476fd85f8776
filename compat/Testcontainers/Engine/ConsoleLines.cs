using System.Globalization;
using System.Text;

namespace DotNet.Testcontainers.Engine;

/// <summary>The latest lines that a program said.</summary>
internal sealed class ConsoleLines
{
    private const int Most = 10_000;
    private readonly Lock adding = new();
    private readonly Queue<(DateTime At, string Text, bool IsError)> lines = new();

    public void Add(string text, bool isError)
    {
        lock (adding)
        {
            if (lines.Count == Most)
                lines.Dequeue();
            lines.Enqueue((TimeProvider.System.GetUtcNow().UtcDateTime, text, isError));
        }
    }

    /// <summary>The lines between two times; without an end when <paramref name="until"/> is not set.</summary>
    public (string Stdout, string Stderr) Read(DateTime since, DateTime until, bool withTimes)
    {
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        lock (adding)
        {
            foreach (var (at, text, isError) in lines.Where(line => line.At >= since && (until == default || line.At <= until)))
                (isError ? errors : output).Append(withTimes ? at.ToString("O", CultureInfo.InvariantCulture) + " " : "").Append(text).Append('\n');
        }

        return (output.ToString(), errors.ToString());
    }
}
