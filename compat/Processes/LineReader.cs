using System.Text;

namespace Compat.Processes;

/// <summary>Reads lines, cutting those that are too long: a process that writes without end must not fill the memory.</summary>
internal static class LineReader
{
    public const int LongestLine = 4096;
    private const string Cut = " […]";

    public static async Task ReadAsync(StreamReader source, Action<string> take)
    {
        var line = new StringBuilder();
        var cut = false;
        var buffer = new char[4096];
        for (int read; (read = await source.ReadAsync(buffer.AsMemory()).ConfigureAwait(false)) > 0;)
        {
            foreach (var character in buffer.AsSpan(0, read))
            {
                if (character == '\n')
                    (line, cut) = (Hand(line, cut, take), false);
                else if (line.Length < LongestLine)
                    line.Append(character);
                else
                    cut = true;
            }
        }

        if (line.Length > 0)
            Hand(line, cut, take);
    }

    private static StringBuilder Hand(StringBuilder line, bool cut, Action<string> take)
    {
        var text = line.ToString().TrimEnd('\r');
        take(cut ? text + Cut : text);
        return line.Clear();
    }
}
