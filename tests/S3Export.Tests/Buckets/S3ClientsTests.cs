using Amazon.Runtime;
using Amazon.S3;
using Exporter.S3Export.Buckets;
using Exporter.TestKit.Batches;

namespace Exporter.S3Export.Tests.Buckets;

public sealed class S3ClientsTests : IDisposable
{
    private readonly List<CountedClient> made = [];
    private readonly S3Clients clients;

    public S3ClientsTests() => clients = new(_ =>
    {
        made.Add(new());
        return made[^1];
    });

    public void Dispose() => clients.Dispose();

    [Fact]
    public void A_revision_has_one_client_and_an_outdated_one_goes_when_its_last_attempt_ends()
    {
        var export = TestExports.ToBucket("http://127.0.0.1:1");
        var first = clients.Rent(export);
        clients.Rent(export).Dispose();
        var second = clients.Rent(export with { Revision = 2 });

        made.Count.ShouldBe(2);
        made[0].IsDisposed.ShouldBeFalse();
        first.Dispose();
        made[0].IsDisposed.ShouldBeTrue();
        second.Dispose();
        made[1].IsDisposed.ShouldBeFalse();
    }

    [Fact]
    public void Clients_of_exports_long_gone_do_not_pile_up()
    {
        for (var i = 0; i < 600; i++)
            clients.Rent(TestExports.ToBucket("http://127.0.0.1:1")).Dispose();

        made.Count(client => !client.IsDisposed).ShouldBeLessThanOrEqualTo(256);
    }

    private sealed class CountedClient() : AmazonS3Client(new AnonymousAWSCredentials(), new AmazonS3Config { ServiceURL = "http://127.0.0.1:1" })
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
