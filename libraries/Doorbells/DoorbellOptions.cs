namespace Exporter.Doorbells;

/// <summary>How doorbells are taken from the bus, and how the broker is reached (section <c>Doorbells</c>).</summary>
public sealed record DoorbellOptions
{
    /// <summary>Messages that the broker sends ahead of their acknowledgement, a queue and process.</summary>
    public int Prefetch { get; init; } = 16;

    /// <summary>Messages of a queue that are answered at once in a process.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Deliveries of a message whose taker went away each time, before the broker drops it. Part of a queue's declaration.</summary>
    public int DeliveryLimit { get; init; } = 5;

    /// <summary>How long a message may take to be published and confirmed.</summary>
    public TimeSpan PublishTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The name on the broker's certificate, where it is not the host of the connection string.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>A PEM file with the authorities that alone are trusted to sign the broker's certificate; without it the machine's.</summary>
    public string? TlsAuthorityFile { get; init; }

    /// <summary>Every fault, as a sentence.</summary>
    public IEnumerable<string> Problems(string key)
    {
        foreach (var (name, value, most) in new[]
                 {
                     (nameof(Prefetch), Prefetch, (int)ushort.MaxValue), (nameof(Concurrency), Concurrency, Prefetch), (nameof(DeliveryLimit), DeliveryLimit, 1000),
                 })
        {
            if (value < 1 || value > most)
                yield return $"'{key}:{name}' must be from 1 to {most}, found {value}.";
        }

        if (PublishTimeout <= TimeSpan.Zero)
            yield return $"'{key}:PublishTimeout' must be longer than zero, found {PublishTimeout}.";
        if (TlsAuthorityFile is not null && !File.Exists(TlsAuthorityFile))
            yield return $"'{key}:TlsAuthorityFile' must be a file that can be read, found '{TlsAuthorityFile}'.";
    }
}
