using System.Text.Json;

namespace Exporter.Geosubmit.Fuzzing;

/// <summary>Where the values, the names and the name-value pairs of a JSON text lie, as far as it is one.</summary>
internal sealed record JsonSeams(IReadOnlyList<Range> Values, IReadOnlyList<Range> Names, IReadOnlyList<Range> Pairs)
{
    public static JsonSeams Of(ReadOnlySpan<byte> body)
    {
        var (values, names, pairs) = (new List<Range>(), new List<Range>(), new List<Range>());
        var open = new Stack<(int Start, int Name)>();
        var name = -1;
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 512 });
        try
        {
            while (json.Read())
            {
                var (start, end) = ((int)json.TokenStartIndex, (int)json.BytesConsumed);
                switch (json.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = start;
                        names.Add(start..(start + json.ValueSpan.Length + 2));
                        break;
                    case JsonTokenType.StartArray or JsonTokenType.StartObject:
                        open.Push((start, name));
                        name = -1;
                        break;
                    case JsonTokenType.EndArray or JsonTokenType.EndObject:
                        var opened = open.Pop();
                        Close(opened.Start, opened.Name, end);
                        break;
                    default:
                        Close(start, name, end);
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // What was found up to here will do.
        }

        return new(values, names, pairs);

        void Close(int start, int before, int end)
        {
            values.Add(start..end);
            if (before >= 0)
                pairs.Add(before..end);
            name = -1;
        }
    }
}
