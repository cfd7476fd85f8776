using System.Text;
using Exporter.Delivery.Batches;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Partners;

namespace Exporter.S3Export.Tests.Buckets;

public sealed class AuthorityTests
{
    [Theory]
    [InlineData("authority", "slow_down", FaultOf.Destination)]
    [InlineData("", "tls", FaultOf.SetUp)]
    [InlineData("forgotten", "secret_missing", FaultOf.SetUp)]
    public async Task A_store_is_trusted_by_the_authorities_that_its_export_names(string secret, string errorType, FaultOf fault)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue(["localhost"]);
        await using var store = new RawPartner(certificate, async (stream, cancel) =>
        {
            _ = await stream.ReadAsync(new byte[64 * 1024], cancel);
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), cancel);
        });
        using var bucket = new BucketSender(allowedHosts: "localhost") { AuthorityPem = authority.Pem };
        var export = TestExports.ToBucket(store.Url);
        export = export with { Settings = export.Settings with { AuthoritySecret = secret } };

        var outcome = await bucket.Sender.SendAsync(TestBatch.Seal(export, 1).Attempt(export), TestContext.Current.CancellationToken);

        var deferred = outcome.ShouldBeOfType<Outcome.Deferred>();
        (deferred.ErrorType, deferred.Fault).ShouldBe((errorType, fault));
    }
}
