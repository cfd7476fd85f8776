using System.Buffers;
using System.Text;
using Exporter.Delivery.Batches;
using Exporter.Geosubmit;
using Exporter.TestKit.Batches;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Exporter.GeosubmitExport;

public sealed class RequestTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1AndHttp2, "HTTP/2")]
    [InlineData(HttpProtocols.Http1, "HTTP/1.1")]
    public async Task A_request_says_what_it_is_over_HTTP_2_where_that_is_offered_and_one_connection_serves_all(HttpProtocols offered, string spoken)
    {
        await using var stand = await PartnerStand.StartAsync(protocols: offered);
        var export = stand.Export(batch: 10, query: "?key={secret:partner-key}");
        var batch = TestBatch.Seal(export, 25);

        (await stand.SendAsync(batch, export)).ShouldBe(new Outcome.Delivered());

        stand.Partner.Requests.Select(request => request.Key).ShouldBe([$"{batch.Batch.Id}:0-10", $"{batch.Batch.Id}:10-20", $"{batch.Batch.Id}:20-25"]);
        stand.Partner.Requests.Select(request => request.Connection).Distinct().Count().ShouldBe(1);
        foreach (var request in stand.Partner.Requests)
        {
            request.Protocol.ShouldBe(spoken);
            request.Query.ShouldBe("?key=a%20key%20%26%20more");
            request.Headers["content-type"].ShouldBe("application/json");
            request.Headers["content-encoding"].ShouldBe("gzip");
            request.Headers["user-agent"].ShouldMatch(@"^exporter/\d+\.\d+\.\d+$");
            request.Headers["content-length"].ShouldBe($"{request.PackedBytes}");
        }
    }

    [Fact]
    public async Task Reports_arrive_as_they_were_submitted()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export(batch: 7);
        var batch = TestBatch.Seal(export, 20);

        await stand.SendAsync(batch, export);

        stand.Partner.AcceptedIds.ShouldBe(batch.Ids);
        var wanted = TestReports.Make(1, 20).Chunk(7).Select(chunk => $"{{\"items\":[{string.Join(',', chunk.Select(Json))}]}}");
        stand.Partner.Requests.Select(request => request.Text).ShouldBe(wanted);
    }

    private static string Json(Reports.V1.Report report)
    {
        var output = new ArrayBufferWriter<byte>();
        GeosubmitWriter.Write(output, report);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
