using System.Globalization;

namespace Exporter.Bench.Runs;

/// <summary>How a run is made; the defaults are those of the results page.</summary>
internal sealed record RunOptions
{
    public const string Usage =
        """

          --write           append the figures to bench/results/
          --seconds N       how long a load is measured (each command's own)
          --warm-up N       seconds of load before that (15)
          --rate N          reports a second, where a load is paced (as fast as it goes)
          --streams N       gRPC streams, each with its own connection and API key (4)
          --message N       reports in a stream message (500)
          --batch N         reports at which a batch is sealed in end-to-end (10000)
          --level LEVEL     gzip level of the objects: fastest or optimal (fastest)
          --reports N       reports of batch-memory (1000000)
          --folder PATH     where data folders are made (the temporary folder)
          --keep            keep the data folder
        """;

    public bool Write { get; init; }

    public int? Seconds { get; init; }

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(15);

    public int? Rate { get; init; }

    public int Streams { get; init; } = 4;

    public int Message { get; init; } = 500;

    public int Batch { get; init; } = 10_000;

    public string Level { get; init; } = "fastest";

    public int Reports { get; init; } = 1_000_000;

    public string Folder { get; init; } = Path.GetTempPath();

    public bool Keep { get; init; }

    public static RunOptions? Parse(ReadOnlySpan<string> args)
    {
        var options = new RunOptions();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--write" or "--keep")
                options = args[i] == "--write" ? options with { Write = true } : options with { Keep = true };
            else if (i + 1 == args.Length || options.With(args[i], args[++i]) is not { } next)
                return null;
            else
                options = next;
        }

        return options;
    }

    private RunOptions? With(string name, string value)
    {
        if (name == "--folder")
            return this with { Folder = Path.GetFullPath(value) };
        if (name == "--level")
            return value is "fastest" or "optimal" ? this with { Level = value } : null;
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return null;
        return name switch
        {
            "--seconds" => this with { Seconds = number },
            "--warm-up" => this with { WarmUp = TimeSpan.FromSeconds(number) },
            "--rate" => this with { Rate = number },
            "--streams" => this with { Streams = number },
            "--message" => this with { Message = number },
            "--batch" => this with { Batch = number },
            "--reports" => this with { Reports = number },
            _ => null,
        };
    }
}
