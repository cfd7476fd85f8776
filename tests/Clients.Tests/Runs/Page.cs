using System.Text.RegularExpressions;
using Exporter.TestKit.Processes;

namespace Exporter.Clients.Runs;

/// <summary>docs/clients/README.md, and the commands on it that are marked for the tests.</summary>
internal static partial class Page
{
    private static readonly string Text = File.ReadAllText(RepositoryFolder.PathOf("docs/clients/README.md"));

    /// <summary>The commands between the fences below the mark <c>&lt;!-- test: mark --&gt;</c>.</summary>
    public static string Commands(string mark) =>
        MarkedCommands().Matches(Text).Single(match => match.Groups["mark"].Value == mark).Groups["commands"].Value;

    /// <summary>The packages that the page has installed.</summary>
    public static string[] DebianPackages => Installation().Match(Text).Groups["packages"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("<!-- test: (?<mark>[^\n]+) -->\n```sh\n(?<commands>.*?)```", RegexOptions.Singleline)]
    private static partial Regex MarkedCommands();

    [GeneratedRegex("apt-get install -y (?<packages>.*)")]
    private static partial Regex Installation();
}
