using Amazon.S3;
using Exporter.Delivery.Exports;

namespace Exporter.S3Export.Buckets;

/// <summary>One client an export and revision; an outdated one is disposed when its last attempt has ended.</summary>
internal sealed class S3Clients(Func<ExportDefinition, IAmazonS3> create) : IDisposable
{
    private const int MaxClients = 256;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Entry> entries = [];

    /// <summary>The export's client, to be returned by disposing what this gives.</summary>
    public Rented Rent(ExportDefinition export)
    {
        lock (gate)
        {
            if (entries.TryGetValue(export.Id, out var entry) && entry.Revision == export.Revision)
            {
                entry.Renters++;
                return new(this, entry);
            }

            var made = new Entry(create(export), export.Revision) { Renters = 1 };
            if (entry is not null)
                Retire(export.Id, entry);
            else if (entries.Count >= MaxClients)
                RetireIdle();
            entries[export.Id] = made;
            return new(this, made);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var (id, entry) in entries.ToList())
                Retire(id, entry);
        }
    }

    private void Retire(Guid id, Entry entry)
    {
        entries.Remove(id);
        entry.IsRetired = true;
        if (entry.Renters == 0)
            entry.Client.Dispose();
    }

    private void RetireIdle()
    {
        foreach (var (id, entry) in entries.Where(pair => pair.Value.Renters == 0).ToList())
            Retire(id, entry);
    }

    private void Return(Entry entry)
    {
        lock (gate)
        {
            if (--entry.Renters == 0 && entry.IsRetired)
                entry.Client.Dispose();
        }
    }

    internal sealed class Entry(IAmazonS3 client, long revision)
    {
        public IAmazonS3 Client => client;

        public long Revision => revision;

        public int Renters { get; set; }

        public bool IsRetired { get; set; }
    }

    internal readonly struct Rented(S3Clients owner, Entry entry) : IDisposable
    {
        public IAmazonS3 Client => entry.Client;

        public void Dispose() => owner.Return(entry);
    }
}
