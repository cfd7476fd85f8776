using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Exporter.Delivery.Addresses;
using Exporter.Delivery.Answers;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Secrets;
using Exporter.TestKit;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Partners;

namespace Exporter.GeosubmitExport;

/// <summary>docs/http-outcomes.md, row by row.</summary>
public sealed class HttpOutcomeTests
{
    private const string Document = "docs/http-outcomes.md";

    public static TheoryData<int, string, string, string, string> Answers { get; } = new(DocumentedTable
        .Rows(Document, "status", "means")
        .Select(row => (int.Parse(row[0], CultureInfo.InvariantCulture), row[1], row[2], row[3], row[4])));

    public static TheoryData<string, string, string> Silences { get; } = new(DocumentedTable
        .Rows(Document, "what happens", "means")
        .Select(row => (row[1], row[2], row[3])));

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_is_the_outcome_that_the_table_says(int status, string means, string errorType, string fault, string again)
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export(batch: 2);
        var batch = TestBatch.Seal(export, 4);
        stand.Partner.Refuses = request => request.Ids.Contains(batch.Ids[3]) ? status : 0;
        if (means == "Deferred")
            stand.Partner.FailNext(PartnerFault.Answer(status, "7"));

        var outcome = await stand.SendAsync(batch, export);

        if (means == "Deferred")
        {
            var deferred = outcome.ShouldBeOfType<Outcome.Deferred>();
            (deferred.ErrorType, deferred.Fault.ToString()).ShouldBe((errorType, fault));
            deferred.After.ShouldBe(again == "Retry-After" ? TimeSpan.FromSeconds(7) : null);
            deferred.Detail.ShouldStartWith("Partner 'localhost' in export 'daily' ");
            deferred.Detail.ShouldEndWith(".");
            stand.Partner.AcceptedIds.ShouldBeEmpty();
            return;
        }

        outcome.ShouldBeOfType<Outcome.Delivered>();
        var dead = batch.Store.Settled.Where(part => part.Value is not null).ToList();
        if (means == "Divided")
        {
            dead.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                part => part.Key.ShouldBe(new ReportRange(3, 4)), part => part.Value!.ErrorType.ShouldBe(errorType));
            stand.Partner.AcceptedIds.ShouldBe(batch.Ids.Take(3));
        }
        else
        {
            dead.ShouldBeEmpty();
            batch.Store.Settled.Sum(part => part.Key.Count).ShouldBe(4);
        }
    }

    [Theory]
    [MemberData(nameof(Silences))]
    public void No_answer_is_deferred_as_the_table_says(string means, string errorType, string fault)
    {
        means.ShouldBe("Deferred");
        Exception[] thrown = errorType switch
        {
            "connection" => [new HttpRequestException("", new SocketException((int)SocketError.ConnectionRefused)), new IOException(), new HttpRequestException()],
            "timeout" => [new TaskCanceledException(), new TimeoutException(), new HttpRequestException("", new SocketException((int)SocketError.TimedOut))],
            "name" => [new HttpRequestException("", new SocketException((int)SocketError.HostNotFound)), new HttpRequestException(HttpRequestError.NameResolutionError)],
            "tls" => [new HttpRequestException("", new AuthenticationException())],
            "address_refused" => [new HttpRequestException("", new AddressRefusedException("inside"))],
            "secret_missing" => [new SecretException("There is no secret."), new HttpRequestException("", new SecretException("There is no secret."))],
            _ => [],
        };

        thrown.ShouldNotBeEmpty();
        foreach (var exception in thrown)
            NetworkFault.Of(exception, "Partner")!.ShouldSatisfyAllConditions(
                outcome => outcome.ErrorType.ShouldBe(errorType, exception.ToString()), outcome => outcome.Fault.ToString().ShouldBe(fault));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("86400", 3600)]
    [InlineData("99999999999999999", 3600)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("Wed, 01 Jan 2020 00:00:00 GMT", 0)]
    [InlineData("Fri, 01 Jan 2100 00:00:00 GMT", 3600)]
    public async Task A_wish_to_wait_is_taken_in_both_forms_and_bounded(string header, int? seconds)
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export();
        stand.Partner.FailNext(PartnerFault.Answer(503, header));

        var outcome = await stand.SendAsync(TestBatch.Seal(export, 1), export);

        outcome.ShouldBeOfType<Outcome.Deferred>().After.ShouldBe(seconds is null ? null : TimeSpan.FromSeconds(seconds.Value));
    }

    [Fact]
    public void A_date_counts_from_now()
    {
        var clock = new StandingClock(new(2026, 3, 7, 12, 0, 0, TimeSpan.Zero));

        RetryAfter.Read("Sat, 07 Mar 2026 12:02:05 GMT", clock).ShouldBe(TimeSpan.FromSeconds(125));
    }

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
