using System.Text;

namespace Exporter.Geosubmit.Reading;

/// <summary>Finds a field by the bytes of its name: one hash, one comparison.</summary>
internal sealed class FieldTable
{
    private const int Slots = 128;
    private readonly KnownField?[] slots;
    private readonly uint seed;

    public FieldTable(params IReadOnlyList<(string Name, Field Field)> fields)
    {
        var known = fields.Select(field => new KnownField(Encoding.UTF8.GetBytes(field.Name), field.Name, field.Field)).ToArray();
        LongestName = known.Max(field => field.Utf8.Length);
        for (seed = 1; !TryPlace(known, seed, out slots); seed += 2)
        {
        }
    }

    public int LongestName { get; }

    public KnownField? Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return null;
        var found = slots[Slot(name, seed)];
        return found is not null && name.SequenceEqual(found.Utf8) ? found : null;
    }

    private static bool TryPlace(KnownField[] known, uint seed, out KnownField?[] slots)
    {
        slots = new KnownField?[Slots];
        foreach (var field in known)
        {
            ref var slot = ref slots[Slot(field.Utf8, seed)];
            if (slot is not null)
                return false;
            slot = field;
        }

        return true;
    }

    private static int Slot(ReadOnlySpan<byte> name, uint seed)
    {
        var shape = (uint)name.Length | (uint)name[0] << 8 | (uint)name[name.Length / 2] << 16 | (uint)name[^1] << 24;
        return (int)(shape * (seed * 0x9E3779B1u) >> 25);
    }
}

internal sealed record KnownField(byte[] Utf8, string Name, Field Field);
