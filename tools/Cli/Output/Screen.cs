using Google.Protobuf;
using Spectre.Console;

namespace Exporter.Cli.Output;

// Where answers go: tables for people, JSON for machines, complaints to the error stream.
internal sealed class Screen(TextWriter output, TextWriter error, bool json)
{
    // Piped tables are never cut or wrapped.
    private const int Unbounded = 1_000_000;

    private static readonly JsonFormatter Formatter = new(new JsonFormatter.Settings(formatDefaultValues: true).WithIndentation());

    public bool IsJson => json;

    public void Json(IMessage answer) => output.WriteLine(Formatter.Format(answer));

    public void Raw(string text) => output.WriteLine(text);

    public void Say(string sentence)
    {
        if (!json)
            output.WriteLine(Clean(sentence));
    }

    public void Complain(string sentence) => error.WriteLine(Clean(sentence));

    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var header in headers)
            table.AddColumn(new TableColumn(new Text(header)) { NoWrap = Console.IsOutputRedirected, Padding = new Padding(0, 0, 2, 0) });
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(Clean(cell))));
        Write(table);
    }

    public void Facts(params (string Name, string Value)[] facts)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var (name, value) in facts)
        {
            if (value.Length > 0)
                grid.AddRow(new Text(name), new Text(Clean(value)));
        }

        Write(grid);
    }

    private void Write(Spectre.Console.Rendering.IRenderable renderable)
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Console.IsOutputRedirected ? Unbounded : Console.WindowWidth;
        console.Write(renderable);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
            output.WriteLine(line.TrimEnd());
    }

    // Names and error texts come from others: they must not steer the terminal.
    private static string Clean(string text) => string.Create(text.Length, text, (cleaned, raw) =>
    {
        for (var index = 0; index < raw.Length; index++)
            cleaned[index] = char.IsControl(raw[index]) ? ' ' : raw[index];
    });
}
