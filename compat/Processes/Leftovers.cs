using System.Globalization;
using System.Text;

namespace Compat.Processes;

/// <summary>Finds what a process left behind, wherever it went: the variable that every process of a run inherits tells.</summary>
internal static class Leftovers
{
    public const string RunVariable = "COMPAT_RUN";
    public const string ProcessVariable = "COMPAT_PROCESS";

    public static void Kill(string variable, string value)
    {
        foreach (var id in Find(variable, value))
            Signals.ToProcess(id, Signal.Kill);
    }

    public static IEnumerable<int> Find(string variable, string value)
    {
        var wanted = Encoding.UTF8.GetBytes($"{variable}={value}\0");
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Carries(folder, wanted))
                yield return id;
        }
    }

    private static bool Carries(string folder, byte[] wanted)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(wanted) >= 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to somebody else: not ours in either case.
            return false;
        }
    }
}
