using System.Text.Json;
using Exporter.Cli.Calls;
using Exporter.Geosubmit;
using Exporter.Reports.V1;

namespace Exporter.Cli.Reports;

// A file with geosubmit v2 JSON: {"items":[…]}, a bare array of reports, or one report.
internal sealed class ReportFile(string path, TimeProvider clock)
{
    private const int MaxBytes = 64 * 1024 * 1024;

    // A report, or the sentence with which Ingest would reject it.
    public async Task<(Report? Report, string Refusal)> ReadAsync(int? item, CancellationToken cancel)
    {
        var reading = GeosubmitReader.Read(Wrapped(await BytesAsync(cancel)), GeosubmitVersion.V2, clock.GetUtcNow());
        if (reading is not GeosubmitReading.Document document)
            return (null, SentenceFor(reading));

        if (item is null && document.ItemCount != 1)
            throw new CommandFault(
                $"'{path}' holds {document.ItemCount} reports and one is explained at a time. Choose it with --item, from 0.");

        var index = item ?? 0;
        if (index >= document.ItemCount)
            throw new CommandFault($"'{path}' holds {document.ItemCount} report(s), and --item counts from 0, found {index}.");

        return document.Rejected.FirstOrDefault(rejected => rejected.Index == index) is { } refused
            ? (null, $"{refused.FieldPath}: {refused.Detail}")
            : (document.Accepted.First(accepted => accepted.Index == index).Report, "");
    }

    private async Task<byte[]> BytesAsync(CancellationToken cancel)
    {
        try
        {
            using var bytes = new MemoryStream();
            await using var input = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            var buffer = new byte[81_920];
            int read;
            while ((read = await input.ReadAsync(buffer, cancel)) > 0)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > MaxBytes)
                    throw new CommandFault($"'{path}' has more than {MaxBytes} bytes. Give a file with one report.");
            }

            return bytes.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault($"'{path}' can't be read: {e.Message}");
        }
    }

    private byte[] Wrapped(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object when document.RootElement.TryGetProperty("items", out _) => json,
                JsonValueKind.Object => [.. "{\"items\":["u8, .. json, .. "]}"u8],
                JsonValueKind.Array => [.. "{\"items\":"u8, .. json, .. "}"u8],
                _ => throw new CommandFault(
                    $"'{path}' must hold a report or {{\"items\":[…]}}, found a JSON {document.RootElement.ValueKind}."),
            };
        }
        catch (JsonException e)
        {
            throw new CommandFault($"'{path}' is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static string SentenceFor(GeosubmitReading reading) => reading switch
    {
        GeosubmitReading.ParseError { Validation.Count: > 0 } error =>
            string.Join(' ', error.Validation.Select(fault => $"{fault.Key}: {fault.Value}")),
        GeosubmitReading.ParseError error => error.Decode ?? "The body is empty.",
        GeosubmitReading.TooManyItems many => $"The body holds more than {many.Limit} reports.",
        _ => "The body can't be taken.",
    };
}
