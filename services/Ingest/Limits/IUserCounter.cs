namespace Exporter.Ingest.Limits;

/// <summary>Estimates how many addresses use an API key: in this process alone, or over all instances of Ingest.</summary>
internal interface IUserCounter
{
    /// <summary>Days for which users are known, today among them.</summary>
    const int Days = 8;

    /// <summary>Notes that an address used a key today (UTC). Never waits.</summary>
    void Note(string key, ClientAddress address);

    /// <summary>Keys that this instance noted today, no more than are asked for.</summary>
    IReadOnlyList<string> KeysOfToday(int most);

    /// <summary>How many addresses used a key in the last days, today among them; within a few percent. Null where nobody can say now.</summary>
    Task<long?> CountAsync(string key, int days, CancellationToken cancel);
}
