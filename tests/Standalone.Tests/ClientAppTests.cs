using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Exporter.Ingest.V1;
using Exporter.Samples;
using Exporter.Standalone.Boxes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Exporter.Standalone;

public sealed class ClientAppTests
{
    [Theory]
    [InlineData(Mode.Standalone, "neostumbler-v2.json", "/v2/geosubmit", true)]
    [InlineData(Mode.Services, "neostumbler-v2.json", "/v2/geosubmit", true)]
    [InlineData(Mode.Standalone, "towercollector-v2.json", "/v2/geosubmit", false)]
    [InlineData(Mode.Services, "towercollector-v2.json", "/v2/geosubmit", false)]
    [InlineData(Mode.Standalone, "mozstumbler-v1.json", "/v1/geosubmit", false)]
    [InlineData(Mode.Services, "mozstumbler-v1.json", "/v1/geosubmit", false)]
    public async Task What_an_app_sends_comes_out_with_every_known_field_intact(Mode mode, string sample, string path, bool isPacked)
    {
        await using var box = await Box.StartAsync(mode);
        await box.CreateExportAsync("all");
        var body = ClientSample.Read(sample);

        using var answer = await box.Http.PostAsync($"{path}?key=some-app", Content(body.ToJsonString(), isPacked), Test.Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Test.Cancel)).ShouldBe("{}");

        var expected = ClientSample.Expected(body);
        await Eventually.Of(() => box.ObjectsOf("all").Reports().Count.ShouldBe(expected.Count));
        var found = box.ObjectsOf("all").Reports().OrderBy(TimestampOf).ToList();
        foreach (var (wanted, there) in expected.OrderBy(TimestampOf).Zip(found))
            JsonElement.DeepEquals(wanted, there).ShouldBeTrue($"expected {wanted}\nfound    {there}");
    }

    [Theory]
    [InlineData(Mode.Standalone)]
    [InlineData(Mode.Services)]
    public async Task Reports_over_both_gRPC_calls_come_out(Mode mode)
    {
        await using var box = await Box.StartAsync(mode);
        await box.CreateExportAsync("all");
        var reports = new SampleReports(5, TimeProvider.System.GetUtcNow()).Next(30).Select((report, i) => SampleReports.WithId(report, i)).ToList();
        using var channel = GrpcChannel.ForAddress(box.GrpcAddress);
        var client = new IngestService.IngestServiceClient(channel);

        var answer = await client.SubmitReportsAsync(new() { Reports = { reports.Take(10) } }, cancellationToken: Test.Cancel);
        answer.AcceptedCount.ShouldBe(10);
        using var stream = client.StreamReports(cancellationToken: Test.Cancel);
        await stream.RequestStream.WriteAsync(new() { SequenceNumber = 1, Reports = { reports[10..20] } }, Test.Cancel);
        await stream.RequestStream.WriteAsync(new() { SequenceNumber = 2, Reports = { reports[20..] } }, Test.Cancel);
        await stream.RequestStream.CompleteAsync();
        for (var number = 1; number <= 2; number++)
        {
            (await stream.ResponseStream.MoveNext(Test.Cancel)).ShouldBeTrue();
            stream.ResponseStream.Current.SequenceNumber.ShouldBe(number);
            stream.ResponseStream.Current.Result.AcceptedCount.ShouldBe(10);
        }

        await Eventually.Of(() => box.ObjectsOf("all").Reports().Select(IdOf).Order().ShouldBe(Enumerable.Range(0, 30).Select(id => (long?)id)));
    }

    private static long TimestampOf(JsonElement report) => report.GetProperty("timestamp").GetInt64();

    private static long? IdOf(JsonElement report) => SampleReports.IdOf(report.GetProperty("wifiAccessPoints")[0].GetProperty("ssid").GetString());

    private static ByteArrayContent Content(string json, bool isPacked)
    {
        using var packed = new MemoryStream();
        if (isPacked)
        {
            using var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true);
            gzip.Write(Encoding.UTF8.GetBytes(json));
        }

        var content = new ByteArrayContent(isPacked ? packed.ToArray() : Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (isPacked)
            content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
